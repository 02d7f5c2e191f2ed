import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Act, type Case, type CaseEvent, bookedFen, isOver, newCase, next } from './life.ts';

const words = { zh: '理由', en: 'why' };
const missing = [{ material: 'retirement', words, until: '2026-11-28' }];
const reference = fc.constantFrom('W', 'W2', 'P1', 'P2', 'X');
const amountFen = fc.constantFrom(0, 100, 250, 1_000);
const outcome = fc.constantFrom<NonNullable<Act['outcome']>>('done', 'failed', 'unknown');
const anyEvent: fc.Arbitrary<CaseEvent> = fc.oneof(
  fc.record({ type: fc.constant('identityMissing' as const), dueOn: fc.constant('2026-11-28') }),
  fc.record({
    type: fc.constant('identified' as const),
    by: fc.constantFrom('terminal' as const, 'counter' as const),
    depositorId: fc.constant('somebody'),
  }),
  fc.constant<CaseEvent>({ type: 'needs', missing, dueOn: '2026-11-28' }),
  fc.constant<CaseEvent>({ type: 'supplied', materials: ['retirement'], by: 'phone' }),
  fc.constant<CaseEvent>({ type: 'toPerson', why: ['open-rules'], dueOn: '2026-11-25' }),
  fc.constant<CaseEvent>({ type: 'registered', dueOn: null, results: {} }),
  fc.record({
    type: fc.constant('intended' as const),
    act: fc.record({
      reference,
      kind: fc.constantFrom('withdraw' as const, 'pay' as const, 'phone' as const),
      amountFen,
      order: fc.constant({}),
    }),
  }),
  fc.record({ type: fc.constant('settled' as const), reference, outcome, code: fc.constant(null), amountFen }),
  fc.record({
    type: fc.constant('decided' as const),
    verdict: fc.constantFrom('granted' as const, 'refused' as const),
    by: fc.constantFrom('rules' as const, 'person' as const),
    words: fc.constant(words),
  }),
  fc.constant<CaseEvent>({ type: 'withdrawn' }),
);

/** Whatever is tried in whatever order; what is refused changes nothing. */
function lived(
  needsIdentity: boolean,
  events: readonly CaseEvent[],
  look: (before: Case, event: CaseEvent, after: Case) => void,
) {
  let now = newCase(needsIdentity);
  for (const event of events) {
    const then = next(now, event);
    if (!then.ok) continue;
    look(now, event, then.value);
    now = then.value;
  }
  return now;
}
const anyLife = fc.tuple(fc.boolean(), fc.array(anyEvent, { maxLength: 60 }));
const sum = (acts: readonly Act[], kind: Act['kind'], outcomes: readonly Act['outcome'][]) =>
  acts
    .filter((act) => act.kind === kind && outcomes.includes(act.outcome))
    .reduce((all, act) => all + (act.amountFen ?? 0), 0);

test('no request is decided twice, and what is decided stays', () => {
  fc.assert(
    fc.property(anyLife, ([needsIdentity, events]) => {
      let decisions = 0;
      const end = lived(needsIdentity, events, (before, event, after) => {
        if (event.type === 'decided') decisions++;
        if (isOver(before)) assert.deepEqual([after.state, after.decision], [before.state, before.decision]);
      });
      assert.equal(decisions, end.decision === null ? 0 : 1);
    }),
  );
});

test('what nobody confirmed is decided by nobody and moves nothing', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      const end = lived(
        true,
        events.filter(({ type }) => type !== 'identified'),
        () => {},
      );
      assert.deepEqual([end.acts, end.decision], [[], null]);
    }),
  );
});

test('money is conserved: booked once, never more paid or perhaps paid than booked; granted is paid in full, refused took nothing', () => {
  fc.assert(
    fc.property(anyLife, ([needsIdentity, events]) => {
      lived(needsIdentity, events, (_before, _event, after) => {
        const booked = bookedFen(after);
        assert.ok(after.acts.filter(({ kind, outcome: told }) => kind === 'withdraw' && told !== 'failed').length <= 1);
        assert.ok(sum(after.acts, 'pay', ['done', 'unknown', null]) <= booked, 'more leaves the bank than the account');
        if (after.state === 'granted') assert.equal(sum(after.acts, 'pay', ['done']), booked);
        if (after.state === 'refused') assert.equal(booked, 0);
      });
    }),
  );
});

test('an outcome nobody knows is never guessed: no decision beside it, and it changes only by being found out', () => {
  fc.assert(
    fc.property(anyLife, ([needsIdentity, events]) => {
      lived(needsIdentity, events, (before, event, after) => {
        const open = before.acts.filter(({ outcome: told }) => told === 'unknown' || told === null);
        if (open.length > 0) assert.ok(!['decided', 'withdrawn', 'intended', 'needs'].includes(event.type));
        for (const act of open) {
          const then = after.acts.find((one) => one.reference === act.reference)!;
          if (then.outcome !== act.outcome) assert.equal(event.type === 'settled' && event.reference, act.reference);
        }
        for (const act of before.acts.filter(({ outcome: told }) => told === 'done' || told === 'failed')) {
          assert.deepEqual(
            after.acts.find((one) => one.reference === act.reference),
            act,
          );
        }
      });
    }),
  );
});

test('a life as it goes: booked, paid, granted; and what stands in the way is named', () => {
  const step = (now: Case, event: CaseEvent): Case => {
    const then = next(now, event);
    assert.ok(then.ok, `${event.type}: ${then.ok || then.error.code}`);
    return then.value;
  };
  const codeOf = (now: Case, event: CaseEvent) => {
    const then = next(now, event);
    return then.ok ? 'taken' : then.error.code;
  };
  const granted: CaseEvent = { type: 'decided', verdict: 'granted', by: 'rules', words };
  let now = newCase(true);
  assert.equal(codeOf(now, granted), 'E2705');
  now = step(now, { type: 'identified', by: 'terminal', depositorId: 'somebody' });
  now = step(now, { type: 'intended', act: { reference: 'R', kind: 'withdraw', amountFen: 100, order: {} } });
  assert.equal(codeOf(now, granted), 'E2706');
  now = step(now, { type: 'settled', reference: 'R', outcome: 'done', code: null, amountFen: 103 });
  assert.equal(codeOf(now, granted), 'E2707');
  assert.equal(codeOf(now, { ...granted, verdict: 'refused' }), 'E2707');
  now = step(now, { type: 'intended', act: { reference: 'R-P1', kind: 'pay', amountFen: 103, order: {} } });
  now = step(now, { type: 'settled', reference: 'R-P1', outcome: 'unknown', code: 'E3505' });
  assert.equal(codeOf(now, granted), 'E2706');
  now = step(now, { type: 'settled', reference: 'R-P1', outcome: 'done', code: null });
  now = step(now, granted);
  assert.equal(codeOf(now, granted), 'E2704');
});
