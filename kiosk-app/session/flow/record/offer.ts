import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import { deviceCode } from '../menu.ts';
import { slipNumberNow, startSlip } from '../print.ts';
import { slipState } from '../print-view.ts';
import type { CloseReason, State } from '../state.ts';
import { type Step, step, then } from '../step.ts';
import { recordLines } from './lines.ts';

export type RecordOffer = NonNullable<ScreenOf<'rate'>['record']>;

const GONE: readonly CloseReason[] = ['idle', 'cap', 'lost'];

/** Whoever leaves may take along what was read, printed and kept; null: there is nothing to tell, or no printer for it. */
export function recordOffer(state: State): RecordOffer | null {
  const { stage } = state;
  const { read, asked, requests, slip } = state.record;
  const printed = slipState(state, slip);
  if (printed !== 'none') return printed;
  // Whoever stands there now may be somebody else.
  if (stage.at === 'goodbye' && GONE.includes(stage.reason)) return null;
  const something = read.length + asked.length + requests.length > 0;
  return something && deviceCode(state, 'slipPrinter') === null ? 'offered' : null;
}

/** Prints the record, once. */
export function printRecord(state: State): Step {
  if (recordOffer(state) !== 'offered') return step(state);
  const [slip, printing] = startSlip(state, { kind: 'session', number: slipNumberNow(state), ...recordLines(state) });
  return then(printing, (s) => step({ ...s, record: { ...s.record, slip } }));
}
