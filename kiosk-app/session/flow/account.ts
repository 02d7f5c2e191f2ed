import type { AccountOverview } from '@kiosk/contract/platform/api.ts';
import { identityEnded } from './identity/sms-code.ts';
import { failed } from './failures.ts';
import type { AnswerTo } from './messages.ts';
import { type ItemId, LIMITS, type StageOf, type State } from './state.ts';
import { type Step, ask, go, record, step } from './step.ts';

/** Q01, Q02 and P01 begin with the account: the periods one can choose reach back to its opening. */
export function accountNeeded(state: State, item: ItemId): Step {
  const token = state.person?.token;
  if (!token) return step(state);
  if (state.person.overview && item !== 'Q01') return showAccount(state, item);
  return ask(state, (call) => ({
    stage: { at: 'loadingAccount', call, item },
    command: { do: 'account', call, token },
  }));
}

export function accountAnswered(state: State, { call, result }: AnswerTo<'account'>): Step {
  const { stage, person } = state;
  if (stage.at !== 'loadingAccount' || stage.call !== call || !person) return step(state);
  if (!result.ok) return queryFailed(state, result.error.code, stage.item);
  const overview: AccountOverview = result.value;
  return showAccount({ ...state, person: { ...person, overview, phoneMasked: overview.phoneMasked } }, stage.item);
}

function showAccount(state: State, item: ItemId): Step {
  if (item === 'Q02') return go(state, { at: 'period', purpose: 'details' });
  if (item === 'P01') return go(state, { at: 'period', purpose: 'print' });
  return go(
    { ...state, served: true },
    { at: 'account', revealUntil: null },
    record({ type: 'query.answered', sessionId: state.sessionId, item: 'Q01' }),
  );
}

function queryFailed(state: State, code: string, item: ItemId): Step {
  if (code === 'E1206') return identityEnded(state, item);
  return failed(state, code, 'query', { retry: { kind: 'open', item } });
}

/** Shows the account number whole for some seconds. Each time is journaled. */
export function reveal(state: State, stage: StageOf<'account'>): Step {
  if (stage.revealUntil !== null) return step(state);
  return go(
    state,
    { ...stage, revealUntil: state.time.mono + LIMITS.reveal },
    record({ type: 'field.revealed', sessionId: state.sessionId, field: 'accountNumber' }),
  );
}

export function hideWhenDue(state: State): Step {
  const { stage } = state;
  if (stage.at !== 'account' || stage.revealUntil === null || state.time.mono < stage.revealUntil) return step(state);
  return go(state, { ...stage, revealUntil: null });
}
