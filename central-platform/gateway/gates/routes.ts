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
};
const DOCUMENT_ITEMS = [...new Set(Object.values(ITEM_OF_DOCUMENT))];

/**
 * Which routes pass the gates, and for which items; null: none is chosen yet, or it is about papers that are out already. What a
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
  // B09 is not published yet.
  authorise: null,
  authorisations: null,
  withdrawAuthorisation: null,
  account: 'Q01',
  details: 'Q02',
  accounts: 'Q01',
  history: 'Q02',
  // Not among the items yet that the catalogue publishes (Q03, Q04, Q05, B06, Q07).
  interest: null,
  loans: null,
  loanPlan: null,
  loanHistory: null,
  earlyRepaymentTrial: null,
  withdrawalReasons: null,
  withdrawalCheck: null,
  issueStatement: 'P01',
  previewDocument: DOCUMENT_ITEMS,
  issueDocument: DOCUMENT_ITEMS,
  reprintDocument: null,
  ownDocuments: null,
  cancelCertificate: null,
  verifyDocument: null,
  // By the item the call names.
  confirmRequest: null,
  requestOutcome: null,
  completeIdentity: null,
  progress: 'Q06',
  sendContactCode: 'B01',
  checkContactCode: 'B01',
  // For B02, and on the way of every withdrawal.
  verifyPayoutCard: null,
  leave: null,
  takeUp: null,
};

const Asking = z.object({ ask: DocumentAsk });
const Naming = z.object({ item: z.string() });

/** The item a call is for; `request` has passed the route's schema. undefined: it passes no gate. */
export function itemOf(route: keyof PlatformRoutes, request: unknown): string | null | undefined {
  const items = GATED[route];
  if (route === 'confirmRequest') return Naming.safeParse(request).data?.item ?? null;
  if (items === undefined || items === null || typeof items === 'string') return items;
  const asking = Asking.safeParse(request);
  return asking.success ? ITEM_OF_DOCUMENT[asking.data.ask.kind] : (items[0] ?? null);
}
