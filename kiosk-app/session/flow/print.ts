import type { Period } from '@kiosk/contract/platform/api.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { identityEnded } from './identity/sms-code.ts';
import { endSession } from './closing.ts';
import { failed } from './failures.ts';
import { closedBecause, deviceCode, findItem } from './menu.ts';
import type { AnswerTo } from './messages.ts';
import { cancelOperation, startOperation } from './operations.ts';
import type { Issued, Operation, Paper, Retry, SlipJob, Stage, StageOf, State } from './state.ts';
import { type Step, ask, go, record, step, takeOperationId, then } from './step.ts';

/**
 * Asks for a paper and prints it. The same operation id gives the same document again, so that a lost answer costs
 * nothing. `back`: where one comes back to.
 */
export function issue(state: State, paper: Paper, back: Stage, again?: string): Step {
  const token = state.person?.token;
  if (!token) return step(state);
  const item = findItem(state, paper.item);
  const closed = (item && closedBecause(state, item)) ?? withoutPrinter(state);
  if (closed) {
    // A paper that was asked for may have its number already: trying again must not take another one.
    const retry: Retry =
      again === undefined ? { kind: 'stage', stage: back } : { kind: 'issue', paper, operationId: again, back };
    return failed(state, closed.code, 'issue', { retry });
  }
  const [operationId, counted] = again === undefined ? takeOperationId(state) : ([again, state] as const);
  return ask(counted, (call) => ({
    stage: { at: 'issuing', call, operationId, paper, back },
    command: { do: 'issueDocument', call, token, operationId, ask: paper.ask, masked: paper.masked },
  }));
}

function withoutPrinter(state: State): { readonly code: string } | null {
  const code = deviceCode(state, 'documentPrinter');
  return code === null ? null : { code };
}

/** The deposit statement of some months. */
export const statement = (period: Period): Paper => ({
  item: 'P01',
  title: STATEMENT,
  masked: true,
  ask: { kind: 'depositStatement', period },
});
/** As on the paper. */
const STATEMENT = { zh: '住房公积金缴存明细对账单', en: 'Deposit statement' };

export function issued(state: State, { call, result }: AnswerTo<'issueDocument'>): Step {
  const { stage, sessionId } = state;
  if (stage.at !== 'issuing' || stage.call !== call) return step(state);
  const { operationId, paper } = stage;
  if (!result.ok) return notIssued(state, result.error.code, stage);
  const document: Issued = { ...result.value, title: paper.title, period: periodOf(paper) };
  const { documentNumber, sha256, pages } = document;
  const noted = record({ type: 'document.issued', sessionId, operationId, documentNumber, sha256, pages });
  const back = stage.back.at === 'accepted' ? stage.back : undefined;
  return then(step(state, noted), (s) => print(s, document, operationId, back));
}

export const periodOf = ({ ask: wanted }: Paper): Period | null => ('period' in wanted ? wanted.period : null);

/** Refusals that the person can mend where they come from: another period, another paper. */
const MENDED_BEFORE = ['E5203'];

function notIssued(state: State, code: string, { operationId, paper, back }: StageOf<'issuing'>): Step {
  if (code === 'E1206') return identityEnded(state, paper.item);
  if (MENDED_BEFORE.includes(code)) return failed(state, code, 'issue', { retry: { kind: 'stage', stage: back } });
  return failed(state, code, 'issue', { retry: { kind: 'issue', paper, operationId, back } });
}

/** Prints an issued document; a second try is another operation of the same document. */
export function print(state: State, document: Issued, operationId?: string, back?: StageOf<'accepted'>): Step {
  const [id, started] = startOperation(state, { kind: 'document', document }, operationId);
  return then(started, (s) =>
    go(s, { at: 'printing', operationId: id, document, ending: false, ...(back ? { back } : {}) }),
  );
}

export function cancelPrint(state: State, stage: StageOf<'printing'>): Step {
  return cancelOperation(state, stage.operationId);
}

/** Ending while paper moves: what is still to come is taken back, and the session closes when the printer has settled. */
export function endPrinting(state: State, stage: StageOf<'printing'>): Step {
  return then(go(state, { ...stage, ending: true }), (s) => cancelOperation(s, stage.operationId));
}

/** Called when the outcome of a document is known. */
export function documentSettled(state: State, operation: Operation, document: Issued): Step {
  const { stage } = state;
  if (stage.at !== 'printing' || stage.operationId !== operation.id) return step(state);
  if (stage.ending) return endSession(state, 'ended');
  if (operation.outcome === 'done') return documentDone(state, document, stage.back);
  const code = operation.code ?? (operation.outcome === 'unknown' ? 'E4107' : 'E4106');
  return failed(state, operation.outcome === 'unknown' ? 'E4107' : code, 'print', {
    printed: operation.printed,
    pages: document.pages,
    number: document.documentNumber,
    retry: operation.outcome === 'failed' ? { kind: 'print', document } : null,
  });
}

function documentDone(state: State, document: Issued, back?: StageOf<'accepted'>): Step {
  const heard = step(
    { ...state, served: true },
    { do: 'forgetDocument', documentNumber: document.documentNumber },
    { do: 'sound', name: 'done' },
  );
  return then(heard, (s) => {
    const [slip, slipped] = startSlip(s, { kind: 'statement', document });
    return then(slipped, (after) => go(after, { at: 'printed', document, slip, ...(back ? { back } : {}) }));
  });
}

/** Of a slip that tells of no paper and no request: the machine and the second. */
export function slipNumberNow(state: State): string {
  const stamp = shanghaiDateTime(state.time.now).replace(/\D/g, '');
  return `${(state.agent?.terminal ?? state.identity).terminalId}${stamp}`;
}

/** A slip is a courtesy: it is tried when its printer is there, and its failure fails nothing else. */
export function startSlip(state: State, slip: SlipJob): readonly [string | null, Step] {
  if (deviceCode(state, 'slipPrinter') !== null) return [null, step(state)];
  return startOperation(state, { kind: 'slip', slip });
}
