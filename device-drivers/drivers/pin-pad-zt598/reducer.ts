import { fail } from '@kiosk/contract/kernel/result.ts';
import { RTN, describeRtn, isSuccess, type PadAnswer } from '../../codec/zt598.ts';
import { type LinkStep, doubt, isConnected, onLinkEvent, onLinkTick } from '../line/link.ts';
import { HEARTBEAT, initSteps, onByte, onJobAnswer, opened, openingSteps, requestOf, settled } from './jobs.ts';
import { type InFlight, type Job, type PadEvent, type PadState, TRIES, initialState } from './state.ts';
import { type Step, endJob, failEverything, giveUp, settle, setHealth, stay, tampered, then } from './step.ts';

/**
 * The whole behaviour of the pad: (state, event) → (state, commands). `now` is monotonic, in ms. Everything that is said
 * to the pad is a job of steps, one job at a time, because the line is half duplex.
 */
export function reduce(state: PadState, event: PadEvent, now: number): Step {
  return then(onEvent(state, event, now), (s) => next(s, now));
}

/** When the reducer wants to be called although nothing happened. undefined: not by itself. */
export function wakeAt(state: PadState): number | undefined {
  const { link, inFlight, job, waiting, lastHeard, quietUntil } = state;
  if (inFlight) return inFlight.deadline;
  if (link.at.name === 'resting') return link.at.until;
  if (!isConnected(link)) return undefined;
  const hasWork = job ? job.steps.length > 0 : waiting.length > 0;
  return hasWork ? quietUntil : Math.max(quietUntil, lastHeard + state.setup.times.heartbeat);
}

function onEvent(state: PadState, event: PadEvent, now: number): Step {
  switch (event.type) {
    case 'stop': {
      const step = failEverything(state, 'E1401', 'PIN pad is being stopped');
      return then(step, () => stay(initialState(state.setup), { type: 'close' }));
    }
    case 'tick':
      if (state.inFlight && now >= state.inFlight.deadline) return missed(state, state.inFlight, now);
      return onLink(state, onLinkTick(state.link, now));
    case 'answer':
      return onAnswer(state, event.answer, now);
    case 'byte': {
      const { job } = state;
      if (!isConnected(state.link) || !job) return stay(state);
      const on = opened({ ...state, job, lastHeard: now }, event.byte);
      return onByte(on, on.job, event.byte, now);
    }
    case 'wanted':
      return wanted(state, event);
    case 'givenUp':
      return givenUp(state, event.id, event.code);
    case 'pinKeyLoaded':
      return isConnected(state.link)
        ? settled({ ...state, keysMissing: false })
        : stay({ ...state, keysMissing: false });
    default:
      return onLink(state, onLinkEvent(state.link, event, now, state.setup.times));
  }
}

function onLink(state: PadState, { link, commands, news }: LinkStep): Step {
  const step = stay({ ...state, link }, ...commands);
  switch (news?.is) {
    case undefined:
      return step;
    case 'connected': {
      const job: Job = { id: 0, kind: { is: 'init' }, steps: initSteps(state.setup), last: '' };
      return then(step, (s) => stay({ ...s, job, inFlight: undefined, quietUntil: 0 }));
    }
    case 'doubted': {
      const log = { type: 'log', level: 'warn', message: 'connection in doubt', detail: news.detail } as const;
      // Half-way through an entry nobody can carry on: what was typed is in a pad that cannot be asked.
      return then(
        then(step, (s) => failEverything(s, 'E1401', news.detail)),
        (s) => stay(s, log),
      );
    }
    case 'reopening':
      return then(step, (s) => setHealth(s, { ...s.health, state: 'starting', code: undefined }));
    case 'offline':
      return giveUp(state, 'offline', 'E1401', news.detail, { link, commands });
  }
}

/** Sends what is next, if the line is free. */
function next(state: PadState, now: number): Step {
  const { link, inFlight, setup } = state;
  if (!isConnected(link) || inFlight || now < state.quietUntil) return stay(state);
  const { job } = state;
  const [first] = job?.steps ?? [];
  if (job && first) {
    const request = requestOf(setup, first, job.last);
    return stay(
      { ...state, inFlight: { request, tries: 1, deadline: now + setup.times.answer } },
      { type: 'send', request },
    );
  }
  if (!job) {
    const [head, ...waiting] = state.waiting;
    if (head) return next({ ...state, job: head, waiting }, now);
  }
  if (now < state.lastHeard + setup.times.heartbeat) return stay(state);
  if (!job) return next({ ...state, job: { id: 0, kind: { is: 'heartbeat' }, steps: HEARTBEAT, last: '' } }, now);
  // While somebody types nothing is said to the pad; whether it is still there is asked of the port.
  return stay({ ...state, lastHeard: now }, { type: 'checkPresence' });
}

function onAnswer(state: PadState, answer: PadAnswer, now: number): Step {
  const { inFlight, job } = state;
  if (!isConnected(state.link)) return stay(state);
  if (answer.rtn === RTN.tampered || answer.rtn === RTN.removed) return tampered(state, describeRtn(answer.rtn), now);
  if (!inFlight) return unasked(state, answer, now);
  // Answers carry no sign of their command: one of another shape, or the same once more, is an old one.
  const data = Buffer.from(answer.data).toString('latin1');
  const old = !inFlight.request.answers.test(data) || (data !== '' && data === job?.last);
  if (isSuccess(answer.rtn) && old) return stay(state);
  const { quiet } = state.setup.times;
  const heard: PadState = {
    ...state,
    inFlight: undefined,
    lastHeard: now,
    quietUntil: inFlight.tries > 1 ? now + quiet : 0,
    health: identified(state, inFlight, answer),
  };
  // Of a job that was given up nothing but its last answer is left.
  const asking = inFlight.orphan ? undefined : job;
  if (!asking) return stay(heard);
  return onJobAnswer(heard, asking, inFlight.request, answer, inFlight.tries, now);
}

/** The first eight characters of the status are the pad's own number. */
function identified({ health }: PadState, { request }: InFlight, { rtn, data }: PadAnswer): PadState['health'] {
  if (request.name !== 'status' || !isSuccess(rtn)) return health;
  const identity = Buffer.from(data.subarray(0, 8)).toString('latin1').trim();
  return /^[\x21-\x7e]+$/.test(identity) ? { ...health, identity } : health;
}

/** A frame nobody asked for: a late answer, or the end of an entry. */
function unasked(state: PadState, { rtn }: PadAnswer, now: number): Step {
  const { job } = state;
  const heard: PadState = { ...state, lastHeard: now };
  if (!job || !isKeyboardOn(job) || isSuccess(rtn)) return stay(heard);
  return endJob(heard, job, fail(rtn === RTN.timeout ? 'E9002' : 'E1402', describeRtn(rtn)));
}

const isKeyboardOn = ({ kind }: Job) =>
  (kind.is === 'pin' && kind.phase === 'typing') || (kind.is === 'keys' && kind.phase === 'listening');

/** No usable answer. Every command may be repeated: it sets, looks, or loads the same key again. */
function missed(state: PadState, inFlight: InFlight, now: number): Step {
  const { request, tries } = inFlight;
  if (tries < TRIES) {
    const again: InFlight = { ...inFlight, tries: tries + 1, deadline: now + state.setup.times.answer };
    return stay({ ...state, inFlight: again }, { type: 'send', request });
  }
  return onLink(state, doubt(state.link, `no answer to ${request.name}`, true));
}

function wanted(state: PadState, { id, kind, steps }: Extract<PadEvent, { type: 'wanted' }>): Step {
  const { health, link, setup } = state;
  const job: Job = { id, kind, steps: kind.is === 'ask' ? steps : openingSteps(setup, kind), last: '' };
  // A pad that is there may get its keys; a pad in doubt gets no PIN.
  const distrusted = health.code === 'E1403' && !(isConnected(link) && kind.is === 'ask');
  const gone = link.at.name === 'stopped' || health.state === 'offline' || distrusted;
  if (gone) return stay(state, ...settle(job, fail(health.code ?? 'E1401', 'PIN pad is not ready')));
  if (kind.is === 'pin' && state.keysMissing) return stay(state, ...settle(job, fail('E1402', 'no PIN key is loaded')));
  return stay({ ...state, waiting: [...state.waiting, job] });
}

function givenUp(state: PadState, id: number, code: string): Step {
  const waits = state.waiting.find((job) => job.id === id);
  if (waits) {
    return stay({ ...state, waiting: state.waiting.filter((job) => job !== waits) }, ...settle(waits, fail(code)));
  }
  const { job } = state;
  return job?.id === id && job.kind.is !== 'closing' ? endJob(state, job, fail(code)) : stay(state);
}
