import type { Screen } from '@kiosk/contract/screen/view.ts';
import { data, fact, facts, press, said, words } from '../items/parts.ts';
import { leaveFor } from '../items/handover/leave.ts';
import { issue } from '../print.ts';
import { slipState } from '../print-view.ts';
import type { StageOf, State } from '../state.ts';
import { type Step, step } from '../step.ts';
import { CERTIFICATE, bundleBlock, bundlePresses } from './bundle.ts';
import { toldOf } from './told.ts';

type Accepted = StageOf<'accepted'>;

/** The number, and honestly how far it is: received, decided, a person's case, or what is still missing. */
export function acceptedScreen(state: State, stage: Accepted): Screen {
  const { requestNumber, offline, request, outcome, slip } = stage;
  const { item, facts: asked, replyTo } = request;
  const bundle = bundleBlock(state, stage);
  const { tone, title, lead, blocks } = toldOf(state, {
    outcome: bundle ? withoutParts(outcome) : outcome,
    offline,
    item,
  });
  const reply = fact(
    words('回复方式', 'Answer'),
    replyTo === null ? said(words('凭受理号查询', 'By the number')) : data(replyTo),
  );
  // Whoever reads what was decided needs not read again what was asked.
  const decided = outcome?.state === 'decided';
  return {
    screen: 'accepted',
    requestNumber,
    item,
    tone,
    title,
    lead,
    offline,
    blocks: [bundle, ...blocks, decided ? null : facts([...asked.slice(0, 5), reply])]
      .filter((one) => one !== null)
      .slice(0, 4),
    slip: slipState(state, slip),
    presses: [
      ...(outcome?.state === 'needs' ? [press('phone', words('用手机补材料', 'Send them by phone'))] : []),
      ...bundlePresses(state, stage),
    ],
  };
}

/** What became of each part stands among the parts already. */
function withoutParts(outcome: Accepted['outcome']): Accepted['outcome'] {
  if (!outcome || !('results' in outcome) || !outcome.results) return outcome;
  const { parts: _, ...results } = outcome.results;
  return { ...outcome, results };
}

/** Papers that are missing are photographed with the phone: the case goes on there. */
export function actAtAccepted(state: State, stage: Accepted, id: string): Step {
  const { outcome } = stage;
  if (bundlePresses(state, stage).some((one) => one.id === id)) return issue(state, CERTIFICATE, stage);
  if (id !== 'phone' || outcome?.state !== 'needs') return step(state);
  const { caseNumber, missing } = outcome;
  const form = { caseNumber, materials: missing.map(({ material }) => material) };
  return leaveFor(state, { item: 'Q06', step: 'supply', form }, 'phone');
}
