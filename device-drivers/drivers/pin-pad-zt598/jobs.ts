import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { type PadAnswer, RTN, describeRtn, isSuccess } from '../../codec/zt598.ts';
import {
  BLOCK_ANSWER,
  type PadRequest,
  authKey,
  authProof,
  authRandom,
  beepOn,
  clearKey,
  clearTextEntry,
  installFlag,
  keyboardOff,
  maxDigits,
  minDigits,
  padCharacter,
  proofOf,
  readBlock,
  startPin,
  status,
} from '../../codec/zt598-commands.ts';
import { pinKey } from '../../codec/zt598-keys.ts';
import { working } from '../line/link.ts';
import type { Job, JobKind, KeyboardKind, PadSetup, PadState, PadStep, PinWish } from './state.ts';
import { type Step, endJob, setHealth, stay, tampered, then } from './step.ts';

const send = (request: PadRequest): PadStep => ({ is: 'send', request });

/** Before a 3DES key is used the host proves the pad's user id under that key; the SM4 commands ask for no such thing. */
export function authenticate(setup: PadSetup, slot: number): readonly PadStep[] {
  return [send(authRandom(setup.uid)), { is: 'authKey', slot }, { is: 'authProof' }];
}

export function initSteps(setup: PadSetup): readonly PadStep[] {
  // A pad that kept its power may still be in the middle of an entry.
  return [status, installFlag, keyboardOff, beepOn, padCharacter, clearKey(setup.backspace)].map(send);
}

export const HEARTBEAT: readonly PadStep[] = [send(status)];

export function openingSteps(setup: PadSetup, kind: KeyboardKind): readonly PadStep[] {
  if (kind.is === 'keys') return [send(clearTextEntry)];
  return [minDigits(kind.wish.minDigits), maxDigits(kind.wish.maxDigits), startPin(setup.backspace)].map(send);
}

function readingSteps(setup: PadSetup, { format, panDigits }: PinWish): readonly PadStep[] {
  const slot = setup.pinSlots[format];
  const read = send(readBlock(format, slot, panDigits));
  return format === 'sm4' ? [read] : [...authenticate(setup, slot), read];
}

/** The bytes of a step, from what the step before it answered. */
export function requestOf(setup: PadSetup, step: PadStep, last: string): PadRequest {
  switch (step.is) {
    case 'send':
      return step.request;
    case 'authKey':
      return authKey(step.slot, last);
    case 'authProof':
      return authProof(proofOf(setup.uid, last));
  }
}

/** The pad answered the first step of the running job; that it was opened or removed is told before (reducer.ts). */
export function onJobAnswer(
  state: PadState,
  job: Job,
  request: PadRequest,
  answer: PadAnswer,
  tries: number,
  now: number,
): Step {
  const { rtn } = answer;
  const last = Buffer.from(answer.data).toString('latin1');
  if (isSuccess(rtn) && request.name === installFlag.name && last[2] === '1') {
    return tampered(state, 'the pad is not in its place', now);
  }
  if (!isSuccess(rtn)) return refused(state, job, request, rtn, tries);
  const steps = job.steps.slice(1);
  const on: Job = { ...job, steps, last };
  const next: PadState = { ...state, job: on };
  return steps.length > 0 ? stay(next) : finished(next, on, now);
}

/** A job's steps are through: the keyboard is on, or the block was read, or all is done. */
function finished(state: PadState, job: Job, now: number): Step {
  const { kind, last } = job;
  switch (kind.is) {
    case 'init':
      return ready({ ...state, job: undefined }, now);
    case 'heartbeat':
    case 'closing':
      return stay({ ...state, job: undefined });
    case 'ask':
      return endJob(state, job, ok({ is: 'data', data: last }));
    case 'keys':
      return stay({ ...state, job: { ...job, kind: { ...kind, phase: 'listening' } } });
    case 'pin':
      if (kind.phase === 'opening') return stay({ ...state, job: { ...job, kind: { ...kind, phase: 'typing' } } });
      return blockRead(state, job, kind.wish);
  }
}

function blockRead(state: PadState, job: Job, { format }: PinWish): Step {
  const [, digits, blockHex] = BLOCK_ANSWER.exec(job.last) ?? [];
  if (digits === undefined || blockHex === undefined)
    return endJob(state, job, fail('E1401', 'read block: answer has no block'));
  const step = endJob(state, job, ok({ is: 'block', block: { format, blockHex, digits: Number(digits) } }));
  return then(step, (s) => stay(s, { type: 'emit', event: { type: 'counted', counter: 'pins', by: 1 } }));
}

function ready(state: PadState, now: number): Step {
  const reset = { type: 'emit', event: { type: 'counted', counter: 'resets', by: 1 } } as const;
  const { worked } = state.link;
  const step = settled({ ...state, link: working(), lastHeard: now });
  return worked ? then(step, (s) => stay(s, reset)) : step;
}

/** Connected: ready, or in want of keys. */
export function settled(state: PadState): Step {
  const { identity, warnings } = state.health;
  if (!state.keysMissing) return setHealth(state, { state: 'ready', warnings, identity });
  return setHealth(state, { state: 'fault', code: 'E1402', warnings, identity });
}

/** Answers that a key must be loaded before this can work; after any other refusal the next attempt may succeed. */
const KEY_IN_WANT: ReadonlySet<number> = new Set([RTN.emptySlot, RTN.wrongUse, RTN.badKey]);

function refused(state: PadState, job: Job, request: PadRequest, rtn: number, tries: number): Step {
  const detail = `${request.name}, ${describeRtn(rtn)}`;
  const log = { type: 'log', level: 'warn', message: 'PIN pad refused a command', detail } as const;
  const { kind } = job;
  if (kind.is === 'init' || kind.is === 'heartbeat' || kind.is === 'closing') {
    // It answers, so it is there; a setting it does not know is no reason to be without a pad.
    const steps = job.steps.slice(1);
    const on: PadState = { ...state, job: { ...job, steps } };
    return then(steps.length > 0 ? stay(on) : finished(on, { ...job, steps }, state.lastHeard), (s) => stay(s, log));
  }
  if (kind.is === 'pin' && request.name === 'read block' && rtn === RTN.other) {
    // Empty because nothing was typed; after a repeat, because the lost answer already had it.
    return endJob(state, job, tries > 1 ? fail('E1401', `${detail}, after a lost answer`) : fail('E1404', detail));
  }
  if (rtn === RTN.timeout) return endJob(state, job, fail('E9002', detail));
  const step = endJob(state, job, fail('E1402', detail));
  const known =
    kind.is === 'pin' && KEY_IN_WANT.has(rtn) ? then(step, (s) => settled({ ...s, keysMissing: true })) : step;
  return then(known, (s) => stay(s, log));
}

/** A job is running. */
type AtWork = PadState & { readonly job: Job };

/**
 * A key while the command that switches the keyboard on is unanswered: it is on, only its answer was lost. Sending the
 * command again would throw away what was typed.
 */
export function opened(state: AtWork, byte: number): AtWork {
  const { job } = state;
  const { kind } = job;
  const { layout } = state.setup;
  const last = job.steps.length === 1 && state.inFlight !== undefined && !state.inFlight.orphan;
  if (!last || (kind.is !== 'pin' && kind.is !== 'keys') || kind.phase !== 'opening') return state;
  const isKey = (kind.is === 'pin' ? pinKey(layout, byte) : layout[byte]) !== undefined;
  if (!isKey) return state;
  const on: JobKind = kind.is === 'pin' ? { ...kind, phase: 'typing' } : { ...kind, phase: 'listening' };
  return { ...state, inFlight: undefined, job: { ...job, steps: [], kind: on } };
}

/** A byte outside the frames while a keyboard is on. */
export function onByte(state: PadState, job: Job, byte: number, now: number): Step {
  const { kind, id } = job;
  const { layout } = state.setup;
  if (kind.is === 'keys' && kind.phase === 'listening') {
    const key = layout[byte];
    // A pad whose own time for a key is up switches the keyboard off: whoever comes later presses, and must be heard.
    if (key === 'timeout')
      return stay({
        ...state,
        job: { ...job, kind: { is: 'keys', phase: 'opening' }, steps: openingSteps(state.setup, kind) },
      });
    return key === undefined ? stay(state) : stay(state, { type: 'key', id, key });
  }
  if (kind.is !== 'pin' || kind.phase !== 'typing') return stay(state);
  const typed = (count: number): Step =>
    stay({ ...state, job: { ...job, kind: { ...kind, count } } }, { type: 'digits', id, count });
  switch (pinKey(layout, byte)) {
    case 'digit':
      // This pad, or what poses as it, must get no further PIN.
      return tampered(state, 'a digit came in the clear while a PIN was typed', now);
    case 'masked':
      return kind.count < kind.wish.maxDigits ? typed(kind.count + 1) : stay(state);
    case 'clear':
      return typed(state.setup.backspace ? Math.max(0, kind.count - 1) : 0);
    case 'cancel':
      return endJob(state, job, fail('E1404'));
    case 'timeout':
      return endJob(state, job, fail('E9002', 'the pad ended the entry'));
    case 'enter': {
      const steps = readingSteps(state.setup, kind.wish);
      return stay({ ...state, job: { ...job, kind: { ...kind, phase: 'reading' }, steps } });
    }
    default:
      return stay(state);
  }
}
