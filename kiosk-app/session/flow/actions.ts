import type { Action } from '@kiosk/contract/screen/action.ts';
import { closeHistory, showHistory } from '../../service/history.ts';
import { openService, signIn, signOut } from '../../service/sign-in.ts';
import { selfTest, testLink } from '../../service/tests.ts';
import { reveal } from './account.ts';
import { endSession, finish, leaveNow, rate, rateReason, recordWished } from './closing.ts';
import { choosePart, choosePeriod, loadDetails, turnPage } from './details.ts';
import { canRetry, failed } from './failures.ts';
import { begunBefore, leaveFor } from './items/handover/leave.ts';
import { actInItem, askPlatform, backInItem } from './items/run.ts';
import { actInIdentity, backInIdentity } from './identity/answers.ts';
import { resendCode, sendCode, submitCode } from './identity/sms-code.ts';
import { otherWay } from './identity/ways.ts';
import { modeWith, moreTime, touched } from './idle.ts';
import { closedBecause, findItem } from './menu.ts';
import { openItem } from './open.ts';
import { cancelPrint, endPrinting, issue, print, statement } from './print.ts';
import { actAtAccepted } from './requests/accepted.ts';
import { actAtConfirm, backAtConfirm } from './requests/confirm.ts';
import { stopWaiting, submit } from './requests/submit.ts';
import type { Stage, StageName, StageOf, State } from './state.ts';
import { type Step, go, step, then } from './step.ts';

/** What a person did. An action that means nothing on this screen changes nothing. */
export function act(before: State, action: Action): Step {
  if (action.type === 'moreTime') return moreTime(before);
  const state = touched(before);
  switch (action.type) {
    case 'touched':
      return step(state);
    case 'chooseLanguage':
      return step({ ...state, language: action.language });
    case 'chooseMode':
      return step({ ...state, mode: modeWith(state.mode, action.mode) });
    case 'end':
      return end(state);
    case 'home':
      return home(state);
    case 'back':
      return back(state);
    default:
      return actOn(state, action);
  }
}

/** Screens from which an item can be opened. */
const DOORS: readonly StageName[] = ['attract', 'menu', 'failure', 'account', 'details', 'printed', 'accepted', 'item'];
/** Screens on which "done" means done. */
const DONE: readonly StageName[] = ['menu', 'account', 'details', 'printed', 'accepted', 'failure', 'item'];

function actOn(state: State, action: Action): Step {
  const { stage } = state;
  switch (action.type) {
    case 'open':
      return DOORS.includes(stage.at) ? openItem(state, action.item) : step(state);
    case 'submitCode':
      return stage.at === 'enterCode' ? submitCode(state, stage, action.code) : step(state);
    case 'resendCode':
      return stage.at === 'enterCode' ? resendCode(state, stage) : step(state);
    case 'reveal':
      return stage.at === 'account' ? reveal(state, stage) : step(state);
    case 'choosePeriod':
      return stage.at === 'period' ? choosePeriod(state, stage, action.period) : step(state);
    case 'turnPage':
      if (stage.at === 'item') return actInItem(state, stage, action);
      return stage.at === 'details' ? turnPage(state, stage, action.by) : step(state);
    case 'choose':
    case 'enter':
    case 'toggle':
    case 'press':
    case 'sign':
      if (stage.at === 'confirm') return actAtConfirm(state, stage, action);
      if (stage.at === 'accepted' && action.type === 'press') return actAtAccepted(state, stage, action.id);
      if ((stage.at === 'rate' || stage.at === 'goodbye') && action.type === 'press')
        return action.id === 'record' ? recordWished(state) : step(state);
      if (stage.at === 'details' && action.type === 'choose') return choosePart(state, stage, action.id);
      if (stage.at === 'identify') return actInIdentity(state, stage, action);
      if (stage.at !== 'item' && action.type === 'press' && action.id === 'otherWay') return otherWay(state);
      if (stage.at === 'failure' && action.type === 'press') return leaveFailed(state, stage, action.id);
      return stage.at === 'item' ? actInItem(state, stage, action) : step(state);
    case 'chooseBranch':
    case 'chooseSlot':
      return stage.at === 'item' ? actInItem(state, stage, action) : step(state);
    case 'print':
      return printFrom(state);
    case 'cancelPrint':
      return stage.at === 'printing' ? cancelPrint(state, stage) : step(state);
    case 'retry':
      return retry(state);
    case 'finish':
      return DONE.includes(stage.at) ? finish(state) : end(state);
    case 'rate':
      return stage.at === 'rate' ? rate(state, stage, action.score) : step(state);
    case 'rateReason':
      return stage.at === 'rate' ? rateReason(state, stage, action.reason) : step(state);
    case 'openService':
      return stage.at === 'attract' ? openService(state) : step(state);
    case 'signIn':
      return stage.at === 'technicianSignIn' ? signIn(state, stage, action) : step(state);
    case 'selfTest':
      return stage.at === 'technician' ? selfTest(state, stage, action.deviceId) : step(state);
    case 'showHistory':
      return stage.at === 'technician' ? showHistory(state, stage, action.deviceId) : step(state);
    case 'testLink':
      return stage.at === 'technician' ? testLink(state, stage) : step(state);
    default:
      return step(state);
  }
}

/** What had been begun goes on at a counter, on a phone or at another machine. */
function leaveFailed(state: State, { retry: before }: StageOf<'failure'>, id: string): Step {
  const begun = id === 'leave' ? begunBefore(state, before) : null;
  return begun ? leaveFor(state, begun) : step(state);
}

/** From the account the period is asked for; from the details it is the one on the screen. */
function printFrom(state: State): Step {
  const { stage } = state;
  if (stage.at !== 'account' && stage.at !== 'details') return step(state);
  const item = findItem(state, 'P01');
  if (!item) return step(state);
  const closed = closedBecause(state, item);
  if (closed) return failed(state, closed.code, 'issue', { retry: { kind: 'stage', stage: still(stage) } });
  if (stage.at === 'account') return openItem(state, 'P01');
  const { period } = stage.details;
  return issue(state, statement(period), { at: 'period', purpose: 'print' });
}

/** A screen to come back to, without what was revealed on it. */
const still = (stage: Stage): Stage => (stage.at === 'account' ? { ...stage, revealUntil: null } : stage);

function retry(state: State): Step {
  const { stage } = state;
  if (stage.at !== 'failure' || stage.retry === null || !canRetry(state, stage)) return step(state);
  switch (stage.retry.kind) {
    case 'card':
      return step({ ...state, armAt: state.time.mono });
    case 'sendCode':
      return sendCode(state, stage.retry.then);
    case 'stage':
      return go(state, stage.retry.stage);
    case 'open':
      return then(go({ ...state, degraded: null }, { at: 'menu' }), (s) => openItem(s, itemOf(stage.retry)));
    case 'details':
      return loadDetails(state, stage.retry.period);
    case 'issue':
      return issue(state, stage.retry.paper, stage.retry.back, stage.retry.operationId);
    case 'ask':
      return askPlatform(state, stage.retry.back, stage.retry.ask, stage.retry.operationId);
    case 'print':
      return print(state, stage.retry.document);
    case 'submit':
      return submit(state, stage.retry.back, stage.retry.draft.wish, stage.retry.draft.operationId);
  }
}

const itemOf = (retry: { kind: string; item?: string } | null): string => retry?.item ?? '';

/** The way out, on every screen. */
export function end(state: State): Step {
  const { stage } = state;
  switch (stage.at) {
    case 'reserve':
    case 'attract':
    case 'over':
      return step(state);
    case 'goodbye':
      return leaveNow(state, stage);
    case 'printing':
      return endPrinting(state, stage);
    case 'reading':
    case 'technicianSignIn':
      return leaveBeginning(state);
    case 'technician':
      return signOut(state, stage, 'ended');
    case 'failure':
      return endSession(state, 'failed');
    case 'printed':
    case 'accepted':
    case 'rate':
      return endSession(state, 'finished');
    default:
      return endSession(state, 'ended');
  }
}

/** Nobody is known yet: back to the first screen, unless the journal has the session already. */
function leaveBeginning(state: State): Step {
  if (state.opened) return endSession(state, 'ended');
  const idle: State = { ...state, reading: null };
  return state.reading === null
    ? go(idle, { at: 'attract' })
    : go(idle, { at: 'attract' }, { do: 'cancel', call: state.reading });
}

function home(state: State): Step {
  const { stage } = state;
  if (stage.at === 'printing' || stage.at === 'submitting') return step(state);
  // A paper that belongs to a request: the request goes on.
  if (stage.at === 'printed' && stage.back && state.person) return go(state, stage.back);
  return state.person && stage.at !== 'rate' ? go(state, { at: 'menu' }) : end(state);
}

function back(state: State): Step {
  const { stage } = state;
  switch (stage.at) {
    case 'printing':
      return step(state);
    case 'submitting':
      return stopWaiting(state, stage);
    case 'identify':
      return backInIdentity(state, stage);
    case 'menu':
      return finish(state);
    case 'loadingDetails':
    case 'details':
      return go(state, { at: 'period', purpose: 'details' });
    case 'issuing':
      return go(state, stage.back);
    case 'item':
      return backInItem(state, stage);
    case 'asking':
      return stage.back.place === undefined ? home(state) : go(state, stage.back);
    case 'confirm':
      return backAtConfirm(state, stage);
    case 'technician':
      return stage.history === null ? home(state) : closeHistory(state, stage);
    case 'rate':
      return stage.score === null ? end(state) : go(state, { at: 'rate', score: null });
    default:
      return home(state);
  }
}
