import type { Period } from '@kiosk/contract/platform/api.ts';
import { identityEnded } from './identify.ts';
import { endSession } from './closing.ts';
import { failed } from './failures.ts';
import { closedBecause, deviceCode, findItem } from './menu.ts';
import type { AnswerTo } from './messages.ts';
import { cancelOperation, startOperation } from './operations.ts';
import type { Issued, Operation, Retry, SlipJob, StageOf, State } from './state.ts';
import { type Step, ask, go, record, step, takeOperationId, then } from './step.ts';

/** Asks for the statement. The same operation id gives the same document again, so that a lost answer costs nothing. */
export function issue(state: State, period: Period, again?: string): Step {
  const token = state.person?.token;
  const item = findItem(state, 'P01');
  if (!token || !item) return step(state);
  const closed = closedBecause(state, item);
  if (closed) {
    // A statement that was asked for may have its number already: trying again must not take another one.
    const retry: Retry =
      again === undefined ? { kind: 'open', item: 'P01' } : { kind: 'issue', period, operationId: again };
    return failed(state, closed.code, 'issue', { retry });
  }
  const [operationId, counted] = again === undefined ? takeOperationId(state) : ([again, state] as const);
  return ask(counted, (call) => ({
    stage: { at: 'issuing', call, operationId, period },
    command: { do: 'issueStatement', call, token, operationId, period },
  }));
}

export function issued(state: State, { call, result }: AnswerTo<'issueStatement'>): Step {
  const { stage, sessionId } = state;
  if (stage.at !== 'issuing' || stage.call !== call) return step(state);
  const { operationId, period } = stage;
  if (!result.ok) return notIssued(state, result.error.code, stage);
  const document: Issued = { ...result.value, period };
  const { documentNumber, sha256, pages } = document;
  const noted = record({ type: 'document.issued', sessionId, operationId, documentNumber, sha256, pages });
  return then(step(state, noted), (s) => print(s, document, operationId));
}

function notIssued(state: State, code: string, { operationId, period }: StageOf<'issuing'>): Step {
  if (code === 'E1206') return identityEnded(state, 'P01');
  if (code === 'E5203') {
    const again: StageOf<'period'> = { at: 'period', purpose: 'print' };
    return failed(state, code, 'issue', { retry: { kind: 'stage', stage: again } });
  }
  return failed(state, code, 'issue', { retry: { kind: 'issue', period, operationId } });
}

/** Prints an issued document; a second try is another operation of the same document. */
export function print(state: State, document: Issued, operationId?: string): Step {
  const [id, started] = startOperation(state, { kind: 'document', document }, operationId);
  return then(started, (s) => go(s, { at: 'printing', operationId: id, document, ending: false }));
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
  if (operation.outcome === 'done') return documentDone(state, document);
  const code = operation.code ?? (operation.outcome === 'unknown' ? 'E4107' : 'E4106');
  return failed(state, operation.outcome === 'unknown' ? 'E4107' : code, 'print', {
    printed: operation.printed,
    pages: document.pages,
    number: document.documentNumber,
    retry: operation.outcome === 'failed' ? { kind: 'print', document } : null,
  });
}

function documentDone(state: State, document: Issued): Step {
  const heard = step(
    { ...state, served: true },
    { do: 'forgetDocument', documentNumber: document.documentNumber },
    { do: 'sound', name: 'done' },
  );
  return then(heard, (s) => {
    const [slip, slipped] = startSlip(s, { kind: 'statement', document });
    return then(slipped, (after) => go(after, { at: 'printed', document, slip }));
  });
}

/** A slip is a courtesy: it is tried when its printer is there, and its failure fails nothing else. */
export function startSlip(state: State, slip: SlipJob): readonly [string | null, Step] {
  if (deviceCode(state, 'slipPrinter') !== null) return [null, step(state)];
  return startOperation(state, { kind: 'slip', slip });
}
