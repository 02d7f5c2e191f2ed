import type { ItemId } from '../state.ts';
import type { AnyFlow } from './item-flow.ts';
import { appointmentFlow } from './appointment/flow.ts';
import { consentFlow } from './consent/flow.ts';
import { contactFlow } from './contact/flow.ts';
import { handoverFlow } from './handover/flow.ts';
import { branchFlow } from './branches/flow.ts';
import { calculatorFlow } from './calculators/flow.ts';
import { guideFlow } from './guides/flow.ts';
import { interestFlow } from './interest/flow.ts';
import { loanFlows } from './loans/flow.ts';
import { depositCertificateFlow } from './papers/certificates.ts';
import { crossRegionFlow } from './papers/cross-region.ts';
import { sheetFlow } from './papers/sheets.ts';
import { verifyFlow } from './papers/verify.ts';
import { earlyRepaymentFlow } from './early-repayment/flow.ts';
import { helpFlow } from './help/flow.ts';
import { payoutCardFlow } from './payout-card/flow.ts';
import { progressFlow } from './progress/flow.ts';
import { transferFlow } from './transfer/flow.ts';
import { withdrawalFlow } from './withdrawals/flow.ts';
import { voiceFlow } from './voice/flow.ts';
import { withdrawableFlow } from './withdrawable/flow.ts';

/** Every journey that is written as an item flow. The platform's catalogue decides which of them are open. */
const FLOWS: readonly AnyFlow[] = [
  ...loanFlows,
  interestFlow,
  withdrawableFlow,
  calculatorFlow,
  guideFlow,
  branchFlow,
  depositCertificateFlow,
  crossRegionFlow,
  sheetFlow,
  verifyFlow,
  contactFlow,
  consentFlow,
  appointmentFlow,
  earlyRepaymentFlow,
  helpFlow,
  payoutCardFlow,
  progressFlow,
  transferFlow,
  withdrawalFlow,
  voiceFlow,
  handoverFlow,
];
const BY_ITEM = new Map(FLOWS.flatMap((one) => one.items.map((item) => [item, one] as const)));

export const flowOf = (item: ItemId): AnyFlow | undefined => BY_ITEM.get(item);
