import type { Frame, Screen, ScreenOf, View } from '@kiosk/contract/screen/view.ts';
import { maskName } from '@kiosk/domain/masking.ts';
import { technicianScreen, technicianSignInScreen } from '../../service/view.ts';
import { accountScreen, detailsScreen, periodScreen } from './account-view.ts';
import { notices, outOfServiceCode } from './attract.ts';
import { frameNotice, stoppedChannel } from './channel.ts';
import { canRetry, insteadOf } from './failures.ts';
import { limitsOf } from './idle.ts';
import { hasOtherWay } from './identity/factors.ts';
import { identifyScreen } from './identity/view.ts';
import { canGoAnotherWay } from './identity/ways.ts';
import { begunBefore } from './items/handover/leave.ts';
import { itemScreen } from './items/run.ts';
import { itemsWithoutCard, linkCode, menuScreen } from './menu.ts';
import { issuingScreen, printedScreen, printingScreen } from './print-view.ts';
import { acceptedScreen } from './requests/accepted.ts';
import { confirmScreen } from './requests/confirm.ts';
import { submittingScreen } from './requests/submit.ts';
import { recordOffer } from './record/offer.ts';
import type { StageOf, State } from './state.ts';
import { secondsUntil } from './wake.ts';

/** What the screen shows: everything personal masked, and nothing the renderer would have to decide. null: in reserve. */
export function viewOf(state: State): View | null {
  const content = screenOf(state);
  return content && { frame: frameOf(state), content };
}

function frameOf(state: State): Frame {
  const { identity, agent, asked } = state;
  const { terminalId, centreName, hallName } = agent?.terminal ?? identity;
  return {
    language: state.language,
    mode: state.mode,
    link: linkCode(state) === null ? 'online' : 'offline',
    centreName,
    hallName,
    terminalId,
    enquiryPhone: agent?.catalogue?.enquiryPhone ?? '12329',
    person: state.person ? maskName(state.person.name) : null,
    idle: asked && { secondsLeft: secondsUntil(state, asked.since + limitsOf(state).answer) },
    notice: frameNotice(state),
  };
}

/** Seconds these steps usually take, for the sentence that tells the person. */
const USUAL = { sendCode: 3, account: 2, details: 3, submit: 2, item: 2 } as const;

function screenOf(state: State): Screen | null {
  const { stage } = state;
  switch (stage.at) {
    case 'reserve':
      return null;
    case 'attract':
      return attractScreen(state);
    case 'reading':
      return { screen: 'readingCard', step: stage.step };
    case 'sendingCode':
      return working('sendCode');
    case 'enterCode':
      return enterCodeScreen(state, stage);
    case 'identify':
      return identifyScreen(state, stage);
    case 'menu':
      return menuScreen(state);
    case 'loadingAccount':
      return working('account');
    case 'account':
      return accountScreen(state, stage);
    case 'period':
      return periodScreen(state, stage);
    case 'loadingDetails':
      return working('details');
    case 'details':
      return detailsScreen(stage);
    case 'item':
      return itemScreen(state, stage);
    case 'asking':
      return { screen: 'working', task: 'item', usualSeconds: USUAL.item };
    case 'issuing':
      return issuingScreen(stage);
    case 'printing':
      return printingScreen(state, stage);
    case 'printed':
      return printedScreen(state, stage);
    case 'confirm':
      return confirmScreen(state, stage);
    case 'submitting':
      return submittingScreen(stage);
    case 'accepted':
      return acceptedScreen(state, stage);
    case 'failure':
      return failureScreen(state, stage);
    case 'rate':
      return { screen: 'rate', askReason: stage.score !== null, ...recorded(state) };
    case 'goodbye':
      return goodbyeScreen(state, stage);
    case 'over':
      return { screen: 'goodbye', reason: 'finished', instead: null };
    case 'technicianSignIn':
      return technicianSignInScreen(state, stage);
    case 'technician':
      return technicianScreen(state, stage);
  }
}

const working = (task: keyof typeof USUAL): Screen => ({ screen: 'working', task, usualSeconds: USUAL[task] });

function attractScreen(state: State): Screen {
  const code = outOfServiceCode(state);
  if (code) return { screen: 'outOfService', code };
  const stopped = stoppedChannel(state);
  if (stopped) return { screen: 'paused', words: stopped.words, instead: stopped.instead };
  return {
    screen: 'attract',
    notices: notices(state),
    // An emergency stands above every screen already.
    announcements: (state.agent?.configuration.notices ?? []).flatMap(({ level, words }) =>
      level === 'information' ? [words] : [],
    ),
    withoutCard: itemsWithoutCard(state),
    otherWay: hasOtherWay(state, 'idCard'),
  };
}

function recorded(state: State): Pick<ScreenOf<'rate'>, 'record'> {
  const record = recordOffer(state);
  return record === null ? {} : { record };
}

function goodbyeScreen(state: State, { reason }: StageOf<'goodbye'>): Screen {
  const instead = reason === 'stopped' ? (stoppedChannel(state)?.instead ?? null) : null;
  return { screen: 'goodbye', reason, instead, ...recorded(state) };
}

function enterCodeScreen(state: State, stage: StageOf<'enterCode'>): Screen {
  const challenge = state.person?.challenge;
  return {
    screen: 'enterCode',
    phoneMasked: challenge?.phoneMasked ?? '',
    challenge: challenge?.number ?? 0,
    resendInSeconds: challenge ? secondsUntil(state, challenge.resendAt) : 0,
    attemptsLeft: challenge?.attemptsLeft ?? null,
    error: stage.error,
    checking: stage.call !== null,
    otherWay: true,
  };
}

function failureScreen(state: State, stage: StageOf<'failure'>): Screen {
  const { code, step, printed, pages, number } = stage;
  return {
    screen: 'failure',
    code,
    step,
    printed,
    pages,
    number,
    canRetry: canRetry(state, stage),
    canLeave: begunBefore(state, stage.retry) !== null,
    instead: insteadOf(state, code, step),
    otherWay: canGoAnotherWay(state),
  };
}
