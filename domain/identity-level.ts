import type { FactorKind, IdentityLevel } from '@kiosk/contract/platform/identity.ts';

/**
 * What kind of thing proves it. Two factors that stand or fall together are one: whoever holds a phone has its messages and
 * the app on it.
 */
const PROVEN_BY: Readonly<Record<FactorKind, 'document' | 'phone' | 'bank' | 'body'>> = {
  idCard: 'document',
  smsCode: 'phone',
  appCode: 'phone',
  bankCard: 'bank',
  face: 'body',
};

/** What must have been proven before: a code goes to somebody's phone, a face is compared with the picture on a card. */
const AFTER: Readonly<Partial<Record<FactorKind, readonly FactorKind[]>>> = {
  smsCode: ['idCard', 'bankCard'],
  face: ['idCard'],
};

const RANK: Readonly<Record<IdentityLevel, number>> = { L0: 0, L1: 1, L2: 2, L3: 3 };

export const isAtLeast = (level: IdentityLevel, wanted: IdentityLevel): boolean => RANK[level] >= RANK[wanted];

/** True when this factor may come next: on its own, or behind one that it leans on. */
export function mayFollow(kind: FactorKind, proven: readonly FactorKind[]): boolean {
  const needed = AFTER[kind];
  return needed === undefined || needed.some((other) => proven.includes(other));
}

/** Level of a set of factors: one is L1, two of different kind are L2. A factor whose ground is missing counts for nothing. */
export function levelOf(factors: readonly FactorKind[]): 'L0' | 'L1' | 'L2' {
  const standing = factors.filter((kind) => mayFollow(kind, factors));
  const kinds = new Set(standing.map((kind) => PROVEN_BY[kind]));
  return kinds.size === 0 ? 'L0' : kinds.size === 1 ? 'L1' : 'L2';
}

/** An act of level L3 wants a factor proven this recently, ms. */
export const FRESH_MS = 10 * 60_000;

/** The level with freshness: L3 while the newest of the factors that make L2 is recent. Times are UTC ms of one clock. */
export function levelAt(
  factors: readonly { readonly kind: FactorKind; readonly at: number }[],
  now: number,
): IdentityLevel {
  const level = levelOf(factors.map(({ kind }) => kind));
  const newest = Math.max(...factors.map(({ at }) => at));
  return level === 'L2' && now - newest < FRESH_MS ? 'L3' : level;
}

/** Ways that would raise what is proven, the face last: it never is the only one where the machine has another. */
export function waysToRaise(proven: readonly FactorKind[]): readonly FactorKind[] {
  const order: readonly FactorKind[] = ['smsCode', 'bankCard', 'appCode', 'idCard', 'face'];
  const from = levelOf(proven);
  return order.filter((kind) => mayFollow(kind, proven) && levelOf([...proven, kind]) !== from);
}
