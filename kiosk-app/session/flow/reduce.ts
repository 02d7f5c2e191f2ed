import { historyAnswered } from '../../service/history.ts';
import { finishTest, linkTested, selfTested, testRecorded } from '../../service/tests.ts';
import { signOutWhenDue, signedIn } from '../../service/sign-in.ts';
import { accountAnswered, hideWhenDue } from './account.ts';
import { act } from './actions.ts';
import { armReader, cardAnswered, cardProgress, disarmReader, named } from './attract.ts';
import { watchChannel } from './channel.ts';
import { leaveWhenDue } from './closing.ts';
import { detailsAnswered } from './details.ts';
import { identityAnswered, identityProgress } from './identity/answers.ts';
import { returnCard } from './identity/bank-card.ts';
import { codeChecked, codeSent } from './identity/sms-code.ts';
import { watchIdle } from './idle.ts';
import { codeScanned, payoutCardRead, platformAnswered } from './items/run.ts';
import type { Answer, Event } from './messages.ts';
import { askWhenPossible, found, intended, moved, printProgress } from './operations.ts';
import { issued } from './print.ts';
import { watchPrograms } from './programs.ts';
import { submitted } from './requests/submit.ts';
import { heard, told } from './record/record.ts';
import type { Moment, Stage, State } from './state.ts';
import { type Step, go, step, then } from './step.ts';

/**
 * The journey: one pure function. It never looks at a clock and never touches a device; what it wants done it says in
 * commands, and what became of them comes back as events.
 */
export function reduce(before: State, event: Event, time: Moment): Step {
  const state: State = { ...before, time };
  if (state.stage.at === 'over') return step(state);
  const rules = [
    hideWhenDue,
    watchPrograms,
    askWhenPossible,
    signOutWhenDue,
    watchChannel,
    watchIdle,
    leaveWhenDue,
    returnCard,
    disarmReader,
    armReader,
  ];
  const after = rules.reduce<Step>((so, rule) => then(so, rule), dispatch(withHeard(state, event), event));
  const abandoned = abandonedCalls(before.stage, after.state.stage, event);
  return {
    state: { ...after.state, record: told(after.state.record, after.commands) },
    commands: [...after.commands, ...abandoned.map((call) => ({ do: 'cancel', call }) as const)],
  };
}

function dispatch(state: State, event: Event): Step {
  switch (event.type) {
    case 'activate':
      return state.stage.at === 'reserve'
        ? go({ ...state, lastTouch: state.time.mono }, { at: 'attract' })
        : step(state);
    case 'time':
      return step(state);
    case 'action':
      return act(state, event.action);
    case 'agent':
      return step(withAgent(state, event.snapshot));
    case 'host':
      return step({ ...state, host: event.snapshot });
    case 'cardProgress':
      return cardProgress(state, event);
    case 'identityProgress':
      return identityProgress(state, event);
    case 'printProgress':
      return printProgress(state, event);
    case 'answer':
      return answered(state, event);
  }
}

function answered(state: State, answer: Answer): Step {
  switch (answer.to) {
    case 'readCard':
      return cardAnswered(state, answer);
    case 'pseudonym':
      return named(state, answer);
    case 'readBankCard':
    case 'bankCardTerms':
    case 'enterPin':
    case 'ejectCard':
    case 'scanAppCode':
    case 'layCard':
    case 'matchFace':
    case 'prove':
    case 'actFor':
      return identityAnswered(state, answer);
    case 'sendCode':
      return codeSent(state, answer);
    case 'checkCode':
      return codeChecked(state, answer);
    case 'account':
      return accountAnswered(state, answer);
    case 'details':
      return detailsAnswered(state, answer);
    case 'issueDocument':
      return issued(state, answer);
    case 'askPlatform':
      return platformAnswered(state, answer);
    case 'intend':
      return intended(state, answer);
    case 'printDocument':
    case 'printSlip':
      return moved(state, answer);
    case 'scanCode':
      return codeScanned(state, answer);
    case 'readPayoutCard':
      return payoutCardRead(state, answer);
    case 'findOperation':
      return found(state, answer);
    case 'submitRequest':
      return submitted(state, answer);
    case 'signIn':
      return signedIn(state, answer);
    case 'selfTest':
      return then(selfTested(state, answer), (s) => finishTest(s, answer.call));
    case 'deviceHistory':
      return historyAnswered(state, answer);
    case 'recordSelfTest':
      return testRecorded(state, answer);
    case 'testLink':
      return linkTested(state, answer);
  }
}

const withHeard = (state: State, event: Event): State =>
  event.type === 'answer' ? { ...state, record: heard(state.record, event, state.stage) } : state;

/** A line that came back is worth another try, whatever the platform said before. */
function withAgent(state: State, agent: State['agent']): State {
  const returned = agent?.link.state === 'online' && state.agent?.link.state === 'offline';
  return { ...state, agent, degraded: returned ? null : state.degraded };
}

/** Questions whose screen was left: their answers are not wanted any more. A request on its way is never taken back. */
function abandonedCalls(before: Stage, after: Stage, event: Event): number[] {
  const open = callsOf(after);
  return callsOf(before).filter((call) => !open.includes(call) && !(event.type === 'answer' && event.call === call));
}

function callsOf(stage: Stage): number[] {
  switch (stage.at) {
    case 'sendingCode':
    case 'loadingAccount':
    case 'loadingDetails':
    case 'issuing':
    case 'asking':
      return [stage.call];
    case 'submitting':
      return stage.phase === 'deciding' ? [stage.call] : [];
    case 'item':
      return stage.scan === undefined ? [] : [stage.scan];
    case 'enterCode':
    case 'identify':
    case 'technicianSignIn':
      return stage.call === null ? [] : [stage.call];
    case 'technician':
      return [...Object.values(stage.testing), stage.linkCall, stage.history?.call ?? null].filter(
        (call) => call !== null,
      );
    default:
      return [];
  }
}
