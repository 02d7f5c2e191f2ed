import type { Outcome } from '@kiosk/contract/services/common.ts';
import { deviceOf } from './menu.ts';
import { documentSettled } from './print.ts';
import type { AnswerTo, Command, Event } from './messages.ts';
import { type Job, LIMITS, type Operation, type State } from './state.ts';
import { type Step, record, step, takeOperationId, then } from './step.ts';

/**
 * The write-ahead rule: first the journal keeps the intent, then the device moves, then the journal keeps the outcome.
 * Operations live beside the stages, so that a slip settles in order whatever the person does meanwhile.
 */
export function startOperation(state: State, job: Job, operationId?: string): readonly [string, Step] {
  const [id, counted] = operationId === undefined ? takeOperationId(state) : ([operationId, state] as const);
  const call = counted.nextCall;
  const operation: Operation = {
    id,
    job,
    phase: 'intending',
    call,
    cancelled: false,
    printed: 0,
    stoppedBy: null,
    outcome: null,
    code: null,
    waitUntil: null,
    askAt: 0,
  };
  const subject =
    job.kind === 'document'
      ? { kind: 'printDocument' as const, documentNumber: job.document.documentNumber, pages: job.document.pages }
      : { kind: 'printSlip' as const, slipNumber: slipNumber(job.slip) };
  const data = { type: 'operation.intended' as const, sessionId: state.sessionId, operationId: id, ...subject };
  return [id, step(put({ ...counted, nextCall: call + 1 }, operation), { do: 'intend', call, data })];
}

/** A slip carries the number of what it tells about. */
export function slipNumber(slip: Extract<Job, { kind: 'slip' }>['slip']): string {
  switch (slip.kind) {
    case 'statement':
      return slip.document.documentNumber;
    case 'sheet':
    case 'session':
      return slip.number;
    case 'request':
    case 'appointment':
      return slip.requestNumber;
    case 'progress':
      return slip.line.number;
    case 'resume':
      return slip.code;
  }
}

export function openOperations(state: State): readonly Operation[] {
  return Object.values(state.operations).filter((operation) => operation.phase !== 'settled');
}

export function intended(state: State, { call, result }: AnswerTo<'intend'>): Step {
  const operation = waitingFor(state, 'intending', call);
  if (!operation) return step(state);
  // Nothing moved. Should the intent be in the journal after all, the agent finds that the device-host never heard of it.
  if (!result.ok) return conclude(state, operation, { outcome: 'failed', code: result.error.code, printed: 0 });
  if (operation.cancelled) return settle(state, operation, { outcome: 'failed', code: 'E4111', printed: 0 });
  return moveDevice(state, operation);
}

function moveDevice(state: State, operation: Operation): Step {
  const call = state.nextCall;
  const { id: operationId, job } = operation;
  const command: Command =
    job.kind === 'document'
      ? {
          do: 'printDocument',
          call,
          operationId,
          documentNumber: job.document.documentNumber,
          pages: job.document.pages,
        }
      : { do: 'printSlip', call, operationId, slip: job.slip };
  return step(put({ ...state, nextCall: call + 1 }, { ...operation, phase: 'moving', call }), command);
}

export function printProgress(state: State, event: Extract<Event, { type: 'printProgress' }>): Step {
  const operation = state.operations[event.operationId];
  if (operation?.phase !== 'moving') return step(state);
  const printed = Math.max(operation.printed, event.printed);
  return step(put(state, { ...operation, printed, stoppedBy: event.stoppedBy ?? null }));
}

/** Failures after which nobody can say whether the device moved: the answer got lost, not the print. */
const ANSWER_LOST = ['E9001', 'E9002', 'E9003', 'E9006', 'E9008'];

export function moved(state: State, { call, result }: AnswerTo<'printDocument' | 'printSlip'>): Step {
  const operation = waitingFor(state, 'moving', call);
  if (!operation) return step(state);
  if (result.ok) return settle(state, operation, result.value);
  const { code } = result.error;
  if (!ANSWER_LOST.includes(code)) return settle(state, operation, { outcome: 'failed', code, printed: 0 });
  const waitUntil = state.time.mono + LIMITS.hostReturn;
  return askWhenPossible(put(state, { ...operation, phase: 'waiting', stoppedBy: null, waitUntil }));
}

/** Asks the device-host about operations whose answer was lost, as soon as it is there. */
export function askWhenPossible(state: State): Step {
  return openOperations(state)
    .filter((operation) => operation.phase === 'waiting')
    .reduce<Step>((before, operation) => then(before, (s) => askOne(s, operation)), step(state));
}

function askOne(state: State, operation: Operation): Step {
  const overdue = operation.waitUntil !== null && state.time.mono >= operation.waitUntil;
  if (overdue) return settle(state, operation, { outcome: 'unknown', code: unknownCode(operation) });
  if (!state.host || state.time.mono < operation.askAt) return step(state);
  const call = state.nextCall;
  return step(put({ ...state, nextCall: call + 1 }, { ...operation, phase: 'asking', call }), {
    do: 'findOperation',
    call,
    operationId: operation.id,
  });
}

export function found(state: State, { call, result }: AnswerTo<'findOperation'>): Step {
  const operation = waitingFor(state, 'asking', call);
  if (!operation) return step(state);
  if (!result.ok) return askLater(state, operation, result.error.code === 'E9003');
  const { state: known, code, printed, sheets } = result.value;
  switch (known) {
    case 'never':
      return settle(state, operation, { outcome: 'failed', code: 'E9003', printed: 0 });
    case 'done':
    case 'failed':
      return settle(state, operation, { outcome: known, code, printed, sheets });
    case 'started':
      return askLater(state, operation, isWorking(state, operation));
    case 'unknown':
      return settle(state, operation, { outcome: 'unknown', code: code ?? unknownCode(operation), printed, sheets });
  }
}

const isWorking = (state: State, { job }: Operation): boolean =>
  deviceOf(state, job.kind === 'document' ? 'documentPrinter' : 'slipPrinter')?.state === 'busy';

/** Asks once more while there is hope and time; then nobody knows, and a person decides. */
function askLater(state: State, operation: Operation, hope: boolean): Step {
  const { mono } = state.time;
  const overdue = operation.waitUntil !== null && mono >= operation.waitUntil;
  if (!hope || overdue) return settle(state, operation, { outcome: 'unknown', code: unknownCode(operation) });
  return step(put(state, { ...operation, phase: 'waiting', askAt: mono + LIMITS.askAgain }));
}

/** Takes back what is still to come of a print; its own completion tells what was out by then. */
export function cancelOperation(state: State, id: string): Step {
  const operation = state.operations[id];
  if (!operation || operation.phase === 'settled' || operation.cancelled) return step(state);
  const cancelled = put(state, { ...operation, cancelled: true });
  return operation.phase === 'intending'
    ? step(cancelled)
    : step(cancelled, { do: 'cancelOperation', operationId: id });
}

interface Ending {
  readonly outcome: Outcome;
  readonly code?: string | undefined;
  readonly printed?: number | undefined;
  readonly sheets?: number | undefined;
}

/** The outcome goes to the journal. Should the journal not take it, the intent stays open and the agent settles it. */
function settle(state: State, operation: Operation, ending: Ending): Step {
  const printed = ending.printed ?? operation.printed;
  const settled = record({
    type: 'operation.settled',
    sessionId: state.sessionId,
    operationId: operation.id,
    outcome: ending.outcome,
    ...(ending.code === undefined ? {} : { code: ending.code }),
    printed,
    ...(ending.sheets === undefined ? {} : { sheets: ending.sheets }),
  });
  return then(step(state, settled), (s) => conclude(s, operation, { ...ending, printed }));
}

function conclude(state: State, operation: Operation, ending: Ending): Step {
  const done: Operation = {
    ...operation,
    phase: 'settled',
    outcome: ending.outcome,
    code: ending.code ?? null,
    printed: ending.printed ?? operation.printed,
    stoppedBy: null,
  };
  const known = put(state, done);
  return done.job.kind === 'document' ? documentSettled(known, done, done.job.document) : step(known);
}

const unknownCode = ({ job }: Operation): string => (job.kind === 'document' ? 'E4107' : 'E4207');

function waitingFor(state: State, phase: Operation['phase'], call: number): Operation | undefined {
  return Object.values(state.operations).find((operation) => operation.phase === phase && operation.call === call);
}

function put(state: State, operation: Operation): State {
  return { ...state, operations: { ...state.operations, [operation.id]: operation } };
}
