import type { MenuItem } from '@kiosk/contract/screen/view.ts';

/** Sorts of items, by the first letter of their id; `often`: what most people come for. */
export type Group = 'often' | 'Q' | 'P' | 'B' | 'S';
const SORTS = ['Q', 'P', 'B', 'S'] as const;

/** More items than this stand in groups. */
export const MOST_UNGROUPED = 9;
/** As many as one reads at a glance. */
export const FEW = 4;
/** What stands under `often`: the first of the catalogue also when closed, with the reason, then what can be done now. */
const ALWAYS = 5;
const OFTEN = 9;

export const groupsOf = (items: readonly MenuItem[]): Group[] => [
  'often',
  ...SORTS.filter((sort) => items.some(({ id }) => id.startsWith(sort))),
];

/** The platform publishes its items in the order in which they are wanted. */
export function itemsOfGroup(items: readonly MenuItem[], group: Group): readonly MenuItem[] {
  if (group !== 'often') return items.filter(({ id }) => id.startsWith(group));
  const open = items.slice(ALWAYS).filter(({ available }) => available);
  return [...items.slice(0, ALWAYS), ...open].slice(0, OFTEN);
}
