import type { Period } from '@kiosk/contract/platform/api.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import { addMonths, isCalendarMonth, monthOf, shanghaiDate } from '@kiosk/domain/dates.ts';
import { partsOf, rowsOf, yearsOf } from './details-parts.ts';
import { identityEnded } from './identity/sms-code.ts';
import { failed } from './failures.ts';
import type { AnswerTo } from './messages.ts';
import type { StageOf, State } from './state.ts';
import { issue, statement } from './print.ts';
import { type Step, ask, go, record, step } from './step.ts';

export const ROWS_PER_PAGE = 9;

/** First and last month that can be chosen: from the account's opening to the running month. */
export function choosable(state: State): Period {
  const to = monthOf(shanghaiDate(state.time.now));
  const opened = state.person?.overview?.openedOn;
  const from = opened ? monthOf(opened) : to;
  return from <= to ? { from, to } : { from: to, to };
}

/** Periods people ask for, clipped to the account's life; one that lies before it is not offered. */
export function presets(state: State): ScreenOf<'period'>['presets'] {
  const { from, to } = choosable(state);
  const year = Number(to.slice(0, 4));
  const wished = [
    { id: 'last12', period: { from: addMonths(to, -11), to } },
    { id: 'thisYear', period: { from: `${year}-01`, to } },
    { id: 'lastYear', period: { from: `${year - 1}-01`, to: `${year - 1}-12` } },
    { id: 'all', period: { from, to } },
  ] as const;
  return wished
    .filter(({ period }) => period.to >= from)
    .map(({ id, period }) => ({ id, period: { from: period.from < from ? from : period.from, to: period.to } }));
}

export function choosePeriod(state: State, stage: StageOf<'period'>, period: Period): Step {
  const bounds = choosable(state);
  const sound = isCalendarMonth(period.from) && isCalendarMonth(period.to) && period.from <= period.to;
  if (!sound || period.from < bounds.from || period.to > bounds.to) return step(state);
  return stage.purpose === 'print' ? issue(state, statement(period), stage) : loadDetails(state, period);
}

export function loadDetails(state: State, period: Period): Step {
  const token = state.person?.token;
  if (!token) return step(state);
  return ask(state, (call) => ({
    stage: { at: 'loadingDetails', call, period },
    command: { do: 'details', call, token, period },
  }));
}

export function detailsAnswered(state: State, { call, result }: AnswerTo<'details'>): Step {
  const { stage } = state;
  if (stage.at !== 'loadingDetails' || stage.call !== call) return step(state);
  if (result.ok) {
    return go(
      { ...state, served: true },
      { at: 'details', details: result.value, part: 'all', page: 0 },
      record({ type: 'query.answered', sessionId: state.sessionId, item: 'Q02', period: stage.period }),
    );
  }
  const { code } = result.error;
  if (code === 'E1206') return identityEnded(state, 'Q02');
  if (code === 'E5203') {
    const again: StageOf<'period'> = { at: 'period', purpose: 'details' };
    return failed(state, code, 'query', { retry: { kind: 'stage', stage: again } });
  }
  return failed(state, code, 'query', { retry: { kind: 'details', period: stage.period } });
}

export function pageCount(rows: readonly unknown[]): number {
  return Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE));
}

/** Rows of the part that is shown, or its years. */
export const shownOf = ({ details, part }: StageOf<'details'>): readonly unknown[] =>
  part === 'years' ? yearsOf(details) : rowsOf(details, part);

export function turnPage(state: State, stage: StageOf<'details'>, by: 1 | -1): Step {
  const page = stage.page + by;
  return page >= 0 && page < pageCount(shownOf(stage)) ? go(state, { ...stage, page }) : step(state);
}

/** One kind of entries alone, or year by year. */
export function choosePart(state: State, stage: StageOf<'details'>, id: string): Step {
  const part = partsOf(stage.details).find((one) => one === id);
  return part ? go({ ...state, served: true }, { ...stage, part, page: 0 }) : step(state);
}
