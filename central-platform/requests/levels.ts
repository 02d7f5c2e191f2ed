import type { RequestLevel } from '@kiosk/contract/journal/request-form.ts';

/**
 * What has to be known of the person before anything is decided (domain facts section 8). A terminal's word for it is not enough:
 * from L2 on the platform itself noted the confirmation.
 */
const LEVELS: Readonly<Record<string, RequestLevel>> = {
  B01: 'L3',
  B02: 'L3',
  B03: 'L3',
  B04: 'L3',
  B05: 'L3',
  B06: 'L3',
  B07: 'L3',
  B08: 'L1',
  B09: 'L2',
  P03: 'L2',
  Q06: 'L2',
  S01: 'L0',
  S03: 'L0',
};

/** An item nobody described needs the most. */
export const levelOf = (item: string): RequestLevel => LEVELS[item] ?? 'L3';
export const needsIdentity = (item: string): boolean => ['L2', 'L3'].includes(levelOf(item));

const MONEY: readonly string[] = ['B03', 'B04', 'B05', 'B06', 'B07'];
/** Granting one of these books money out of an account or into it: two members of the staff do it together. */
export const movesMoney = (item: string): boolean => MONEY.includes(item);
