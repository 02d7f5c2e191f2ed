import type { PlatformRoutes } from '@kiosk/contract/platform/api.ts';

/**
 * Which routes pass the gates, and for which item; null: before one is chosen. What a terminal owes the centre does not:
 * a stopped channel still delivers its journal, hears what comes down, is reconciled, and ends the session it has.
 */
export const GATED: { readonly [R in keyof PlatformRoutes]?: string | null } = {
  sendCode: null,
  checkCode: null,
  account: 'Q01',
  details: 'Q02',
  issueStatement: 'P01',
};
