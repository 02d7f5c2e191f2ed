import type { LineItem, ReaderAnswer, ReaderCommand } from '../../codec/f2.ts';

/**
 * The handshake of the F2 families as (state, event) → (state, effects): command, ACK, answer, ACK. Pure; `now` is
 * monotonic, in ms, and time is an event. Which bytes all that is, the dialect knows.
 */
export interface LineTimes {
  /** No ACK within this: the command is sent again. Both families: 300. */
  readonly ackMs: number;
  /** Sendings of one command, and NAKs to one answer, before the reader counts as silent. */
  readonly tries: number;
  /** A frame whose next byte takes longer is given up. ICT: 250. */
  readonly gapMs: number;
  /** Rest between an answer and the next command. ICT: 5. */
  readonly restMs: number;
}

/**
 * Why a command has no answer. silent: no ACK; garbled: answers with wrong checks; late: ACK, but no answer in time;
 * cancelled: we cancelled and the reader agreed; down: the connection was lost or let go.
 */
export interface LineFailure {
  readonly reason: 'silent' | 'garbled' | 'late' | 'cancelled' | 'down';
  readonly detail: string;
}

export type LineResult =
  { readonly ok: true; readonly value: ReaderAnswer } | { readonly ok: false; readonly error: LineFailure };

interface Running {
  readonly id: number;
  readonly command: ReaderCommand;
  readonly answerMs: number;
}

type Phase =
  | { readonly is: 'idle' }
  | { readonly is: 'resting'; readonly running: Running; readonly until: number }
  | { readonly is: 'sent'; readonly running: Running; readonly tries: number; readonly until: number }
  | { readonly is: 'acknowledged'; readonly running: Running; readonly naks: number; readonly until: number }
  | {
      readonly is: 'cancelling';
      readonly running: Running;
      readonly why: 'late' | 'cancelled';
      readonly tries: number;
      readonly until: number;
    };

export interface LineState {
  readonly phase: Phase;
  /** Before this the reader wants its rest. */
  readonly readyAt: number;
  /** A frame is cut and its rest must come by then. */
  readonly gapUntil: number | undefined;
}

export const QUIET: LineState = { phase: { is: 'idle' }, readyAt: 0, gapUntil: undefined };

export type HeardItem =
  Exclude<LineItem, { type: 'text' }> | { readonly type: 'answer'; readonly answer: ReaderAnswer };

export type LineEvent =
  | { readonly type: 'send'; readonly id: number; readonly command: ReaderCommand; readonly answerMs: number }
  /** `cut`: the last frame is not whole yet. */
  | { readonly type: 'heard'; readonly items: readonly HeardItem[]; readonly cut: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'tick' }
  | { readonly type: 'down'; readonly detail: string };

export type LineEffect =
  | { readonly type: 'write'; readonly command: ReaderCommand }
  | { readonly type: 'ack' | 'nak' | 'writeCancel' | 'forgetCut' }
  | { readonly type: 'settle'; readonly id: number; readonly result: LineResult };

export interface LineStep {
  readonly state: LineState;
  readonly effects: readonly LineEffect[];
}

const stay = (state: LineState, ...effects: readonly LineEffect[]): LineStep => ({ state, effects });

/** When the reducer wants a tick although nothing happened. */
export function wakeAt({ phase, gapUntil }: LineState): number | undefined {
  const phaseEnd = phase.is === 'idle' ? undefined : phase.until;
  if (phaseEnd === undefined) return gapUntil;
  return gapUntil === undefined ? phaseEnd : Math.min(phaseEnd, gapUntil);
}

export function reduceLine(state: LineState, event: LineEvent, now: number, times: LineTimes): LineStep {
  const { phase } = state;
  switch (event.type) {
    case 'send': {
      if (phase.is !== 'idle') throw new Error('one command at a time: the line is half duplex');
      const running: Running = { id: event.id, command: event.command, answerMs: event.answerMs };
      if (now < state.readyAt) return stay({ ...state, phase: { is: 'resting', running, until: state.readyAt } });
      return send(state, running, 1, now, times);
    }
    case 'heard':
      return heard(state, event.items, event.cut, now, times);
    case 'cancel':
      if (phase.is === 'resting')
        return settle(state, phase.running, failed('cancelled', 'before it was sent'), now, times);
      if (phase.is !== 'sent' && phase.is !== 'acknowledged') return stay(state);
      return cancel(state, phase.running, 'cancelled', 1, now, times);
    case 'down':
      if (phase.is === 'idle') return stay(QUIET, { type: 'forgetCut' });
      return stay(
        QUIET,
        { type: 'forgetCut' },
        { type: 'settle', id: phase.running.id, result: failed('down', event.detail) },
      );
    case 'tick':
      return tick(state, now, times);
  }
}

function failed(reason: LineFailure['reason'], detail: string): LineResult {
  return { ok: false, error: { reason, detail } };
}

function send(state: LineState, running: Running, tries: number, now: number, times: LineTimes): LineStep {
  const phase = { is: 'sent', running, tries, until: now + times.ackMs } as const;
  return stay({ ...state, phase }, { type: 'write', command: running.command });
}

function cancel(
  state: LineState,
  running: Running,
  why: 'late' | 'cancelled',
  tries: number,
  now: number,
  times: LineTimes,
): LineStep {
  const phase = { is: 'cancelling', running, why, tries, until: now + times.ackMs } as const;
  return stay({ ...state, phase }, { type: 'writeCancel' });
}

function settle(state: LineState, { id }: Running, result: LineResult, now: number, times: LineTimes): LineStep {
  const idle: LineState = { ...state, phase: { is: 'idle' }, readyAt: now + times.restMs };
  return stay(idle, { type: 'settle', id, result });
}

function heard(state: LineState, items: readonly HeardItem[], cut: boolean, now: number, times: LineTimes): LineStep {
  let step = stay({ ...state, gapUntil: cut ? now + times.gapMs : undefined });
  // Noise may look like many broken frames; one NAK a chunk is enough.
  let garbled = false;
  for (const item of items) {
    if (item.type === 'garbled') {
      garbled = true;
      continue;
    }
    const next = hear(step.state, item, now, times);
    step = { state: next.state, effects: [...step.effects, ...next.effects] };
  }
  if (!garbled) return step;
  const next = onGarbled(step.state, now, times);
  return { state: next.state, effects: [...step.effects, ...next.effects] };
}

function hear(
  state: LineState,
  item: Exclude<HeardItem, { type: 'garbled' }>,
  now: number,
  times: LineTimes,
): LineStep {
  const { phase } = state;
  switch (item.type) {
    case 'ack': {
      if (phase.is !== 'sent') return stay(state);
      const { running } = phase;
      return stay({ ...state, phase: { is: 'acknowledged', running, naks: 0, until: now + running.answerMs } });
    }
    case 'nak':
      return phase.is === 'sent' ? again(state, phase, 'the reader refuses the command', now, times) : stay(state);
    case 'cancel':
      if (phase.is !== 'cancelling') return stay(state);
      return settle(state, phase.running, failed(phase.why, 'cancelled'), now, times);
    case 'answer': {
      const { answer } = item;
      // Every answer is acknowledged, also one that nobody waits for: otherwise the reader repeats it.
      if (phase.is === 'idle' || phase.is === 'resting') return stay(state, { type: 'ack' });
      const { running } = phase;
      if (answer.cm !== running.command.cm || answer.pm !== running.command.pm) return stay(state, { type: 'ack' });
      const done = settle(state, running, { ok: true, value: answer }, now, times);
      return { state: done.state, effects: [{ type: 'ack' }, ...done.effects] };
    }
  }
}

function onGarbled(state: LineState, now: number, times: LineTimes): LineStep {
  const { phase } = state;
  // Before the ACK it may be the ACK that is spoilt: the missing ACK decides.
  if (phase.is !== 'acknowledged') return stay(state);
  if (phase.naks + 1 >= times.tries) {
    return settle(state, phase.running, failed('garbled', 'answers come with wrong checks'), now, times);
  }
  return stay({ ...state, phase: { ...phase, naks: phase.naks + 1 } }, { type: 'nak' });
}

function again(
  state: LineState,
  phase: Extract<Phase, { is: 'sent' }>,
  why: string,
  now: number,
  times: LineTimes,
): LineStep {
  if (phase.tries < times.tries) return send(state, phase.running, phase.tries + 1, now, times);
  return settle(state, phase.running, failed('silent', why), now, times);
}

function tick(state: LineState, now: number, times: LineTimes): LineStep {
  const { phase } = state;
  if (state.gapUntil !== undefined && now >= state.gapUntil) {
    const step = onGarbled({ ...state, gapUntil: undefined }, now, times);
    return { state: step.state, effects: [{ type: 'forgetCut' }, ...step.effects] };
  }
  if (phase.is === 'idle' || now < phase.until) return stay(state);
  switch (phase.is) {
    case 'resting':
      return send(state, phase.running, 1, now, times);
    case 'sent':
      return again(state, phase, 'no ACK', now, times);
    case 'acknowledged':
      return cancel(state, phase.running, 'late', 1, now, times);
    case 'cancelling': {
      const { running, why, tries } = phase;
      if (tries < times.tries) return cancel(state, running, why, tries + 1, now, times);
      return settle(state, running, failed('silent', 'no answer, and none to its cancelling'), now, times);
    }
  }
}
