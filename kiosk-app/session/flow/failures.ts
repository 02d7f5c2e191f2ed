import { type Step, go, openSession, record, then } from './step.ts';
import type { FailureStep, Retry, StageOf, State } from './state.ts';
import { itemsInstead } from './menu.ts';
import type { MenuItem } from '@kiosk/contract/screen/view.ts';

interface Rule {
  /** Trying the same once more makes sense for the person who stands there. */
  readonly again: boolean;
  /** Leaving a request is a way on. */
  readonly instead: boolean;
}

const AGAIN: Rule = { again: true, instead: true };
const OTHER_WAY: Rule = { again: false, instead: true };
const JUST_AGAIN: Rule = { again: true, instead: false };
const NOTHING: Rule = { again: false, instead: false };

/** The longest prefix of a code decides. What is not listed offers nothing but the way out. */
const RULES: Readonly<Record<string, Rule>> = {
  E11: OTHER_WAY,
  E1102: JUST_AGAIN,
  E1103: AGAIN,
  E12: OTHER_WAY,
  E1206: AGAIN,
  E21: OTHER_WAY,
  E2102: NOTHING,
  E22: NOTHING,
  E2201: OTHER_WAY,
  E2203: JUST_AGAIN,
  E31: AGAIN,
  // The platform refuses this machine: asking again changes nothing.
  E3105: OTHER_WAY,
  E3108: OTHER_WAY,
  E3109: OTHER_WAY,
  E3110: OTHER_WAY,
  E41: AGAIN,
  // Whether pages came out is not known: a second print is for a person at the counter to decide.
  E4107: OTHER_WAY,
  E52: AGAIN,
  E5204: OTHER_WAY,
  E61: NOTHING,
  E62: NOTHING,
  E9: OTHER_WAY,
  E9001: AGAIN,
  E9002: AGAIN,
  E9003: AGAIN,
  E9006: AGAIN,
  E9010: AGAIN,
};

function ruleOf(code: string): Rule {
  for (let length = code.length; length > 0; length--) {
    const rule = RULES[code.slice(0, length)];
    if (rule) return rule;
  }
  return NOTHING;
}

export function canRetry(state: State, { code, retry }: StageOf<'failure'>): boolean {
  // Without the agent nothing can be done again; when it is back, the same operation id makes a second try safe.
  if (retry === null || !ruleOf(code).again || state.agent === undefined) return false;
  // While the reader waits, laying the card is the retry; a button would do nothing.
  return retry.kind !== 'card' || state.reading === null;
}

export function insteadOf(state: State, code: string, step: FailureStep): MenuItem[] {
  // Another request fails where this one failed.
  return step !== 'submit' && ruleOf(code).instead ? itemsInstead(state) : [];
}

export interface FailureDetails {
  readonly retry?: Retry | null;
  readonly printed?: number;
  readonly pages?: number;
  readonly number?: string;
  readonly lost?: boolean;
}

/** Shows a failure, journals it and lets it be heard. */
export function failed(state: State, code: string, step: FailureStep, details: FailureDetails = {}): Step {
  return then(openSession(state), (opened) =>
    go(
      opened,
      {
        at: 'failure',
        code,
        step,
        printed: details.printed ?? null,
        pages: details.pages ?? null,
        number: details.number ?? null,
        retry: details.retry ?? null,
        lost: details.lost ?? false,
      },
      record({ type: 'session.failure', sessionId: state.sessionId, code, step }),
      { do: 'sound', name: 'failed' },
    ),
  );
}
