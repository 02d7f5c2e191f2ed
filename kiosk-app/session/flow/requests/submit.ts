import { requestSha256 } from '@kiosk/contract/journal/confirmation.ts';
import type { RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { formatRequestNumber } from '@kiosk/domain/request-number.ts';
import { failed } from '../failures.ts';
import { identityEnded } from '../identity/sms-code.ts';
import { levelNow } from '../identity/level.ts';
import { raise } from '../identity/ways.ts';
import type { PlatformAsk } from '../items/item-flow.ts';
import { findItem, linkCode } from '../menu.ts';
import type { AnswerTo } from '../messages.ts';
import { startSlip } from '../print.ts';
import type { ItemStage, StageOf, State } from '../state.ts';
import { type Step, ask, go, step, takeOperationId, then } from '../step.ts';
import { partsOfForm } from './bundle.ts';
import { slipOf } from './slip.ts';
import type { Draft, Became, RequestSummary, Taken, Wish } from './wish.ts';

type Submitting = StageOf<'submitting'>;

/** The platform waits a little for the entry and the decision, each time; then the number is enough to ask by. */
const QUESTIONS = 3;
const WAIT_MS = 5_000;
/** For the sentence that tells the person. */
const USUAL_SECONDS = 2;

/** Sends a wish. `again`: the same one once more, under the same operation. */
export function submit(state: State, back: ItemStage, wish: Wish, again?: string): Step {
  const item = findItem(state, wish.item);
  const link = linkCode(state);
  const [operationId, counted] = again === undefined ? takeOperationId(state) : ([again, state] as const);
  const draft: Draft = { wish, operationId };
  if (link && item?.offline !== 'queue')
    return failed(counted, link, 'submit', { retry: { kind: 'submit', draft, back } });
  if (!wish.confirmed || link || !counted.person?.token) return send(counted, back, draft, false);
  // The platform decides what is fresh enough; what it will refuse is not asked.
  if (levelNow(counted) !== 'L3') return raise(counted, 'L3', { at: 'confirm', wish, back, typing: null });
  const { signature } = wish.person;
  const formSha256 = requestSha256(wish.form, personOf(counted, wish));
  const request = { item: wish.item, formSha256, ...(signature ? { signature } : {}) };
  return question(
    counted,
    { phase: 'confirming', draft, back, taken: null, asked: 0 },
    { route: 'confirmRequest', request },
  );
}

/** The platform's clock says that it was too long ago. */
export function stale(state: State): State {
  const { person, time } = state;
  return person?.proof ? { ...state, person: { ...person, proof: { ...person.proof, freshUntil: time.mono } } } : state;
}

/** Asks the platform about a request without leaving it. */
function question(state: State, submitting: Omit<Submitting, 'at' | 'call'>, asked: PlatformAsk): Step {
  const token = state.person?.token ?? null;
  const operationId = submitting.phase === 'confirming' ? submitting.draft.operationId : null;
  return ask(state, (call) => ({
    stage: { at: 'submitting', call, ...submitting },
    command: { do: 'askPlatform', call, token, operationId, ask: asked },
  }));
}

function send(state: State, back: ItemStage, draft: Draft, confirmed: boolean): Step {
  const { wish, operationId } = draft;
  const { sessionId } = state;
  const now = levelNow(state);
  const level = now === 'L3' && !confirmed ? 'L2' : now;
  return ask(state, (call) => ({
    stage: { at: 'submitting', call, phase: 'sending', draft, back, taken: null, asked: 0 },
    command: {
      do: 'submitRequest',
      call,
      sessionId,
      operationId,
      level,
      form: wish.form,
      person: personOf(state, wish),
    },
  }));
}

/** Everything sealed: whose it is, as the card said, and what was typed. null: nothing of anybody. */
function personOf({ person }: State, wish: Wish): RequestPerson | null {
  const agent = person?.agentPerson;
  const all = {
    ...(person ? { name: person.name, idNumber: person.idNumber } : {}),
    ...(agent ? { agent } : {}),
    ...wish.person,
  };
  return Object.keys(all).length > 0 ? all : null;
}

/** `confirmRequest` or `requestOutcome` was answered while a request was on its way. */
export function askedOfRequest(state: State, stage: Submitting, { result }: AnswerTo<'askPlatform'>): Step {
  const { draft, back, taken, phase } = stage;
  if (phase === 'confirming') {
    if (result.ok) return send(state, back, draft, true);
    const { code } = result.error;
    if (code === 'E2701') return raise(stale(state), 'L3', { at: 'confirm', wish: draft.wish, back, typing: null });
    if (code === 'E1206') return identityEnded(state, draft.wish.item);
    return failed(state, code, 'submit', { retry: { kind: 'submit', draft, back } });
  }
  if (!taken) return step(state);
  const outcome = result.ok ? (result.value as NonNullable<Became>) : null;
  const waits = outcome?.state === 'received' && stage.asked < QUESTIONS;
  return waits ? decide(state, { ...stage, asked: stage.asked + 1 }) : accepted(state, draft, taken, outcome);
}

export function submitted(state: State, { call, result }: AnswerTo<'submitRequest'>): Step {
  const { stage } = state;
  if (stage.at !== 'submitting' || stage.call !== call) return step(state);
  const { draft, back } = stage;
  if (!result.ok) return notSubmitted(state, result.error.code, draft, back);
  const taken: Taken = result.value;
  const served = { ...state, served: true };
  return taken.offline ? accepted(served, draft, taken, null) : decide(served, { ...stage, taken, asked: 1 });
}

function decide(state: State, stage: Submitting): Step {
  const { at: _at, call: _call, ...submitting } = stage;
  const requestNumber = stage.taken?.requestNumber ?? '';
  const request = { requestNumber, waitMs: WAIT_MS };
  return question(state, { ...submitting, phase: 'deciding' }, { route: 'requestOutcome', request });
}

/** Whoever does not want to wait has the number already. */
export function stopWaiting(state: State, { draft, taken, phase }: Submitting): Step {
  return phase === 'deciding' && taken ? accepted(state, draft, taken, null) : step(state);
}

/** A full half day: another one is chosen where this one was. */
const CHOSEN_AGAIN = ['E2203'];

function notSubmitted(state: State, code: string, draft: Draft, back: ItemStage): Step {
  if (CHOSEN_AGAIN.includes(code)) return failed(state, code, 'submit', { retry: { kind: 'stage', stage: back } });
  return failed(state, code, 'submit', { retry: { kind: 'submit', draft, back } });
}

function accepted(state: State, { wish }: Draft, { requestNumber, offline }: Taken, outcome: Became): Step {
  const request = summaryOf(state, wish);
  const heard = step(state, { do: 'sound', name: 'done' });
  return then(heard, (s) => {
    const receivedAt = s.time.now;
    const told = slipOf(s, wish, { requestNumber, offline, receivedAt, request, outcome });
    const [slip, slipped] = told ? startSlip(s, told) : ([null, step(s)] as const);
    return then(slipped, (after) => go(after, { at: 'accepted', requestNumber, offline, request, outcome, slip }));
  });
}

function summaryOf(state: State, { item, line, facts, person, reply, form }: Wish): RequestSummary {
  const onRecord = state.person?.phoneMasked ?? null;
  return {
    item,
    itemName: findItem(state, item)?.name ?? { zh: item, en: item },
    line,
    facts,
    parts: partsOfForm(form),
    replyTo: reply && person.phone !== undefined ? maskPhone(person.phone) : onRecord,
  };
}

/** What is waited for; once it has its number, that too. */
export function submittingScreen({ phase, taken, draft }: Submitting): Screen {
  if (phase !== 'deciding' || !taken) return { screen: 'working', task: 'submit', usualSeconds: USUAL_SECONDS };
  const number = formatRequestNumber(taken.requestNumber);
  const words = {
    // A line may end before the number, and nowhere within it.
    zh: `已收下，正在等中心答复。受理号\n${number}`,
    en: `Received, waiting for the centre. Your number: ${number}`,
  };
  return { screen: 'working', task: 'submit', words, usualSeconds: draft.wish.confirmed ? 5 : USUAL_SECONDS };
}
