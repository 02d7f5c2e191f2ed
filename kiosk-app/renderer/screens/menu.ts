import type { MenuItem, ScreenOf } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';

type Menu = ScreenOf<'menu'>;
/** Of the catalogue; `often`: what most people come for. */
export interface Group {
  readonly id: string;
  /** null: the renderer's own word. */
  readonly name: Words | null;
}

export const OFTEN = 'often';
/** Items of a group the catalogue does not name. */
export const OTHER = 'other';
/** More items than this stand in groups. */
const MOST_UNGROUPED = 9;
/** As many as one reads at a glance, where the catalogue names none that suit. */
const FEW = 4;
/** More than these are not few, whatever the catalogue says. */
const MOST_FEW = 8;
/** What stands under `often`: the first of the catalogue also when closed, with the reason, then what can be done now. */
const ALWAYS = 5;
const MOST_OFTEN = 9;

const groupOf = ({ groups = [] }: Menu, { group }: MenuItem): string =>
  group !== undefined && groups.some(({ id }) => id === group) ? group : OTHER;

/** The tabs; none where the items are few, or where the catalogue has no groups and its order is all there is. */
export function groupsOf(menu: Menu): readonly Group[] {
  if (menu.items.length <= MOST_UNGROUPED || !menu.groups?.length) return [];
  const used = new Set(menu.items.map((item) => groupOf(menu, item)));
  const named = menu.groups.filter(({ id }) => used.has(id)).toSorted((a, b) => a.order - b.order);
  return [{ id: OFTEN, name: null }, ...named, ...(used.has(OTHER) ? [{ id: OTHER, name: null }] : [])];
}

export function itemsOfGroup(menu: Menu, group: string): readonly MenuItem[] {
  if (group !== OFTEN) {
    return menu.items
      .filter((item) => groupOf(menu, item) === group)
      .toSorted((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || 0);
  }
  const open = menu.items.slice(ALWAYS).filter(({ available }) => available);
  return [...menu.items.slice(0, ALWAYS), ...open].slice(0, MOST_OFTEN);
}

/** The few for who wants few choices: those the catalogue made for it, which stay in sight when closed. */
export function fewOf({ items }: Menu): readonly MenuItem[] {
  const suited = items.filter(({ suits }) => suits?.includes('elderly')).slice(0, MOST_FEW);
  return suited.length > 0 ? suited : items.filter(({ available }) => available).slice(0, FEW);
}
