import type { PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { DocumentAsk } from '@kiosk/contract/platform/documents.ts';
import { z } from 'zod';

/** The item of the catalogue under which each kind of paper is printed. */
export const ITEM_OF_DOCUMENT: Readonly<Record<DocumentAsk['kind'], string>> = {
  depositStatement: 'P01',
  depositCertificate: 'P02',
  crossRegionCertificate: 'P03',
  repaymentHistory: 'P04',
  repaymentSchedule: 'P04',
  loanSettlement: 'P05',
  annualStatement: 'P06',
  accountSheet: 'P07',
  loanSheet: 'P07',
  acceptance: 'Q06',
};
const DOCUMENT_ITEMS = [...new Set(Object.values(ITEM_OF_DOCUMENT))];

/**
 * Which routes pass the gates, and for which items: of several one that is open is enough. null: none is chosen yet, or it is about papers that are out already. What a
 * terminal owes the centre is not here: a stopped channel still delivers its journal, hears what comes down, is reconciled,
 * and ends the session it has.
 */
export const GATED: { readonly [R in keyof PlatformRoutes]?: string | readonly string[] | null } = {
  sendCode: null,
  checkCode: null,
  prove: null,
  requestCode: null,
  bankCardTerms: null,
  identityState: null,
  actFor: null,
  authorise: 'B09',
  // What somebody allowed can always be seen and taken back.
  authorisations: null,
  withdrawAuthorisation: null,
  account: 'Q01',
  details: ['Q02', 'P01'],
  accounts: ['Q01', 'Q02', 'Q03', 'Q07', 'P01', 'P02', 'P03', 'P06', 'P07', 'B03', 'B04', 'B05'],
  history: ['Q02', 'P01'],
  interest: ['Q03', 'P06'],
  loans: ['Q04', 'Q05', 'B05', 'B06', 'P04', 'P05', 'P07'],
  loanPlan: ['Q05', 'Q04', 'P04'],
  loanHistory: ['Q05', 'Q04', 'P04'],
  earlyRepaymentTrial: 'B06',
  withdrawalReasons: ['Q07', 'B03', 'B04', 'B05'],
  withdrawalCheck: ['Q07', 'B03', 'B04', 'B05'],
  issueStatement: 'P01',
  previewDocument: DOCUMENT_ITEMS,
  issueDocument: DOCUMENT_ITEMS,
  reprintDocument: null,
  ownDocuments: null,
  cancelCertificate: null,
  verifyDocument: 'P08',
  // By the item the call names.
  confirmRequest: null,
  requestOutcome: null,
  completeIdentity: null,
  progress: 'Q06',
  sendContactCode: 'B01',
  checkContactCode: 'B01',
  verifyPayoutCard: ['B02', 'B03', 'B04', 'B05'],
  // As with authorisations.
  consents: null,
  branchesNow: 'Q09',
  appointmentSlots: 'B08',
  leave: null,
  takeUp: null,
};

const Asking = z.object({ ask: DocumentAsk });
const DOCUMENT_ROUTES: readonly (keyof PlatformRoutes)[] = ['previewDocument', 'issueDocument'];
const Naming = z.object({ item: z.string() });

/** The items a call may be for; `request` has passed the route's schema. undefined: it passes no gate; none: before one is chosen. */
export function itemsOf(route: keyof PlatformRoutes, request: unknown): readonly string[] | undefined {
  const items = GATED[route];
  if (items === undefined) return undefined;
  const named = route === 'confirmRequest' ? Naming.safeParse(request).data?.item : undefined;
  const whole = [items ?? []].flat();
  const forItem = Naming.partial().safeParse(request).data?.item;
  // One of several items, by a terminal that says which.
  if (named === undefined && forItem !== undefined && whole.length > 1 && whole.includes(forItem)) return [forItem];
  const asking = DOCUMENT_ROUTES.includes(route) ? Asking.safeParse(request).data : undefined;
  if (named !== undefined) return [named];
  return asking ? [ITEM_OF_DOCUMENT[asking.ask.kind]] : whole;
}
