import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Missing, Results, RuleLine } from '@kiosk/contract/platform/requests.ts';
import { Outcome, Words } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';

/** Why a person looks at it. */
export const Why = z.enum([
  'open-rules',
  'above-limit',
  'no-rule',
  'commitment',
  'agent-paper',
  'unknown-outcome',
  'payment-refused',
  'core-refused',
  'check-missing',
  'card-changed',
  'supplement',
  'transfer-amount',
  'limit-person',
  'limit-day',
]);
export type Why = z.infer<typeof Why>;

/** Something another system was asked to do, once for ever under its reference. */
export const Act = z.object({
  reference: z.string(),
  kind: z.enum(['withdraw', 'pay', 'phone', 'card', 'consent', 'cancel', 'repay', 'transfer']),
  /** Money that moves with it: booked out of the account, paid by the bank, repaid on a loan, come into an account. */
  amountFen: z.number().int().nonnegative().nullable(),
  /** What exactly was asked for, so that after a crash the very same is asked for again. */
  order: z.record(z.string(), z.unknown()),
  /** null: begun, and nobody has heard. */
  outcome: Outcome.nullable(),
  code: z.string().nullable(),
});
export type Act = z.infer<typeof Act>;

const Agent = z.enum(['eConsent', 'paper']);
/** Granted by people and still to be carried out, now or on its day, under this reference. */
const Approval = z.object({ words: Words, reference: z.string() });
const Decision = z.object({ verdict: z.enum(['granted', 'refused']), by: z.enum(['rules', 'person']), words: Words });

export const CaseEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('identityMissing'), dueOn: z.string() }),
  z.object({
    type: z.literal('identified'),
    by: z.enum(['terminal', 'counter']),
    depositorId: z.string(),
    agent: Agent.nullable().optional(),
  }),
  z.object({ type: z.literal('needs'), missing: z.array(Missing).min(1), dueOn: z.string() }),
  z.object({ type: z.literal('supplied'), materials: z.array(z.string()).min(1), by: z.string() }),
  z.object({
    type: z.literal('toPerson'),
    why: z.array(Why).min(1),
    dueOn: z.string(),
    trace: z.array(RuleLine).optional(),
    results: Results.optional(),
  }),
  /** Taken note of; it goes on elsewhere (another centre, an appointment that is still to come). */
  z.object({ type: z.literal('registered'), dueOn: z.string().nullable(), results: Results }),
  z.object({ type: z.literal('told'), results: Results }),
  z.object({ type: z.literal('approved'), ...Approval.shape, dueOn: z.string() }),
  z.object({ type: z.literal('intended'), act: Act.omit({ outcome: true, code: true }) }),
  z.object({
    type: z.literal('settled'),
    reference: z.string(),
    outcome: Outcome,
    code: z.string().nullable(),
    /** What it came to: with interest, or where everything was asked for. */
    amountFen: z.number().int().nonnegative().optional(),
    results: Results.optional(),
  }),
  z.object({
    type: z.literal('decided'),
    ...Decision.shape,
    trace: z.array(RuleLine).optional(),
    results: Results.optional(),
  }),
  z.object({ type: z.literal('withdrawn') }),
  z.object({ type: z.literal('noted') }),
]);
export type CaseEvent = z.infer<typeof CaseEvent>;

/** A case as its events have made it. */
export const Case = z.object({
  state: z.enum(['arrived', 'identityMissing', 'needs', 'withPerson', 'registered', 'granted', 'refused', 'withdrawn']),
  /** Whether it has to be confirmed by a person with two factors before anybody decides. */
  needsIdentity: z.boolean(),
  identity: z.enum(['terminal', 'counter']).nullable(),
  depositorId: z.string().nullable(),
  /** Somebody acted for the depositor; with a paper a person has to look at it, and rules decide nothing. */
  agent: Agent.nullable(),
  dueOn: z.string().nullable(),
  missing: z.array(Missing),
  supplied: z.array(z.string()),
  why: z.array(Why),
  trace: z.array(RuleLine),
  acts: z.array(Act),
  results: Results,
  /** Stored cases of earlier releases have none. */
  approval: Approval.nullable().default(null),
  decision: Decision.nullable(),
});
export type Case = z.infer<typeof Case>;

export const newCase = (needsIdentity: boolean): Case => ({
  state: 'arrived',
  needsIdentity,
  identity: null,
  depositorId: null,
  agent: null,
  dueOn: null,
  missing: [],
  supplied: [],
  why: [],
  trace: [],
  acts: [],
  results: {},
  approval: null,
  decision: null,
});

export const isOver = ({ state }: Case): boolean => state === 'granted' || state === 'refused' || state === 'withdrawn';
const undecided = (acts: readonly Act[]): boolean =>
  acts.some(({ outcome }) => outcome === null || outcome === 'unknown');
const sumOf = (acts: readonly Act[], kind: Act['kind'], counts: (act: Act) => boolean): number =>
  acts.filter((act) => act.kind === kind && counts(act)).reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0);
/** What left an account. */
export const bookedFen = ({ acts }: Case): number => sumOf(acts, 'withdraw', ({ outcome }) => outcome === 'done');
/** Carried out by the core itself, without a payment of ours: once for ever. */
const ONCE: readonly Act['kind'][] = ['withdraw', 'repay', 'transfer'];
const moved = ({ acts }: Case): boolean => acts.some(({ kind, outcome }) => ONCE.includes(kind) && outcome === 'done');
/** What the bank paid, or may have paid. */
const perhapsPaidFen = ({ acts }: Case): number => sumOf(acts, 'pay', ({ outcome }) => outcome !== 'failed');
const paidFen = ({ acts }: Case): number => sumOf(acts, 'pay', ({ outcome }) => outcome === 'done');

/**
 * One step of a case. What must never be is refused here, whoever asks: a second decision (E2704), a decision or an act on what nobody
 * confirmed (E2705), a decision while the outcome of an act is not known (E2706), more money paid than booked, money booked
 * twice, a refusal after money left (E2707).
 */
export function next(now: Case, event: CaseEvent): Result<Case> {
  if (isOver(now) && event.type !== 'told' && event.type !== 'noted') return fail('E2704');
  const anonymous = now.needsIdentity && now.identity === null;
  switch (event.type) {
    case 'identityMissing':
      if (!anonymous) return fail('E2707', 'identified');
      return ok({ ...now, state: 'identityMissing', dueOn: event.dueOn });
    case 'identified':
      if (now.identity !== null) return fail('E2707', 'identified');
      return ok({
        ...now,
        state: 'arrived',
        identity: event.by,
        depositorId: event.depositorId,
        agent: event.agent ?? null,
        dueOn: null,
      });
    case 'needs':
      if (anonymous) return fail('E2705');
      if (undecided(now.acts)) return fail('E2706');
      return ok({ ...now, state: 'needs', missing: event.missing, dueOn: event.dueOn });
    case 'supplied': {
      const missing = now.missing.filter(({ material }) => !event.materials.includes(material));
      const supplied = [...new Set([...now.supplied, ...event.materials])];
      const state = now.state === 'needs' && missing.length === 0 ? 'arrived' : now.state;
      return ok({ ...now, state, missing, supplied });
    }
    case 'toPerson':
      if (anonymous) return fail('E2705');
      // What was granted is to be granted again, unless somebody still finds out what became of it.
      return ok(
        merged(
          {
            ...{ ...now, state: 'withPerson', missing: [], why: event.why, dueOn: event.dueOn },
            approval: undecided(now.acts) ? now.approval : null,
          },
          event,
        ),
      );
    case 'registered':
      if (anonymous) return fail('E2705');
      if (undecided(now.acts)) return fail('E2706');
      return ok(merged({ ...now, state: 'registered', dueOn: event.dueOn }, event));
    case 'told':
      return ok(merged(now, event));
    case 'approved': {
      if (anonymous) return fail('E2705');
      if (undecided(now.acts)) return fail('E2706');
      const { words, reference, dueOn } = event;
      if (moved(now) || now.acts.some((act) => act.reference === reference)) return fail('E2707', 'booked');
      return ok({ ...now, state: 'registered', approval: { words, reference }, missing: [], dueOn });
    }
    case 'intended':
      return intended(now, event.act, anonymous);
    case 'settled':
      return settled(now, event);
    case 'decided': {
      if (anonymous) return fail('E2705');
      if (undecided(now.acts)) return fail('E2706');
      const { verdict, by, words } = event;
      if (by === 'rules' && now.agent === 'paper') return fail('E2707', 'paper of an agent');
      if (verdict === 'refused' && moved(now)) return fail('E2707', 'money has left');
      if (verdict === 'granted' && paidFen(now) !== bookedFen(now)) return fail('E2707', 'not paid out');
      return ok(merged({ ...now, state: verdict, decision: { verdict, by, words }, missing: [], dueOn: null }, event));
    }
    case 'withdrawn':
      if (now.acts.some(({ outcome }) => outcome !== 'failed')) return fail('E2707', 'something was done');
      return ok({ ...now, state: 'withdrawn', missing: [], dueOn: null });
    case 'noted':
      return ok(now);
  }
}

function intended(now: Case, act: Omit<Act, 'outcome' | 'code'>, anonymous: boolean): Result<Case> {
  if (anonymous) return fail('E2705');
  if (now.acts.some(({ reference }) => reference === act.reference)) return fail('E2707', 'reference');
  if (undecided(now.acts)) return fail('E2706');
  const standing = now.acts.some(({ kind, outcome }) => kind === act.kind && outcome !== 'failed');
  if (ONCE.includes(act.kind) && standing) return fail('E2707', 'booked');
  if (act.kind === 'pay') {
    // The whole of what was booked, once: a second payment only where the bank is known to have refused the first.
    const left = bookedFen(now) - perhapsPaidFen(now);
    if (act.amountFen === null || act.amountFen === 0 || act.amountFen !== left) return fail('E2707', 'amount');
  }
  return ok({ ...now, acts: [...now.acts, { ...act, outcome: null, code: null }] });
}

function settled(now: Case, event: Extract<CaseEvent, { type: 'settled' }>): Result<Case> {
  const act = now.acts.find(({ reference }) => reference === event.reference);
  if (!act) return fail('E2707', 'reference');
  // Known is known; only what nobody knew may become known.
  if (act.outcome === 'done' || act.outcome === 'failed') return fail('E2707', 'settled');
  const { outcome, code, amountFen = act.amountFen } = event;
  if (act.kind === 'pay' && amountFen !== act.amountFen) return fail('E2707', 'amount');
  const acts = now.acts.map((one) => (one === act ? { ...act, outcome, code, amountFen } : one));
  return ok(merged({ ...now, acts }, event));
}

function merged(now: Case, told: { trace?: RuleLines | undefined; results?: Results | undefined }): Case {
  return {
    ...now,
    ...(told.trace && { trace: told.trace }),
    ...(told.results && { results: { ...now.results, ...told.results } }),
  };
}
type RuleLines = z.infer<typeof RuleLine>[];
