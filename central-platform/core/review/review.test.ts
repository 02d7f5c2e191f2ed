import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { JIANGZHOU } from '@kiosk/domain/city.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { createCheckDesk } from '../../neighbours/desk.ts';
import { syntheticOffices } from '../../neighbours/synthetic.ts';
import type { AuditEvent } from '../../store/audit-store.ts';
import { syntheticCore } from '../synthetic-core.ts';
import { createReviewOffice, type WithdrawalApplication } from './office.ts';
import { deadlineFrom } from './review.ts';

function office(facts: { homes?: { count: number }; work?: { employed: boolean; retiredOn: string | null } } = {}) {
  const clock = new ManualClock();
  const events: AuditEvent[] = [];
  const audit = {
    append: async (event: AuditEvent) => {
      events.push(event);
      return { ...event, id: events.length, before: '', link: '' };
    },
  };
  const person = syntheticPerson('middle-dot', '2026-11-21');
  const offices = syntheticOffices(clock, new Map([[person.idNumber, facts]]));
  const core = syntheticCore(clock);
  const review = createReviewOffice({
    core,
    clock,
    audit,
    checks: createCheckDesk({ provider: offices, clock, audit }),
  });
  const application: WithdrawalApplication = {
    requestNumber: 'R1',
    depositorId: 'middle-dot',
    reason: '07',
    months: 3,
    consentId: 'consent-1',
    actor: 'terminal 300120',
  };
  return { review, application, core, offices, events, person };
}

test('rent, no home in the register: granted and booked at once, once however often it is sent', async () => {
  const { review, application, core, events, person } = office({ homes: { count: 0 } });
  const before = person.accounts[0]!.balanceFen;
  const first = await review.withdrawal(application);
  assert.ok(first.ok && first.value.decision.by === 'rules' && first.value.decision.verdict === 'granted');
  assert.equal(first.value.booked!.balanceFen, before - 4_500_00);
  const again = await review.withdrawal(application);
  assert.ok(again.ok && again.value.decision.by === 'rules' && again.value.decision.verdict === 'granted');
  assert.equal(again.value.booked?.principalFen, 4_500_00);
  const now = await core.get('middle-dot');
  assert.ok(now.ok && now.value?.accounts[0]!.balanceFen === before - 4_500_00);
  assert.ok(!JSON.stringify(events).includes(person.idNumber) && !JSON.stringify(events).includes(person.name));
});

test('rent, a home in the register: refused at once, with the rule', async () => {
  const { review, application } = office({ homes: { count: 1 } });
  const told = await review.withdrawal(application);
  assert.ok(told.ok && told.value.decision.by === 'rules' && told.value.decision.verdict === 'refused');
  assert.deepEqual(told.value.decision.trace.at(-1)!.evidence, 'noHomeHere');
});

test('nobody consents, or the register is down: a person decides within three working days', async () => {
  const { review, application, offices } = office({ homes: { count: 0 } });
  const without = await review.withdrawal({ ...application, consentId: null });
  assert.ok(without.ok && without.value.decision.by === 'person');
  // 2026-11-21 is a Saturday.
  assert.deepEqual([without.value.decision.deadline, without.value.decision.why], ['2026-11-25', ['open-rules']]);
  assert.equal(without.value.booked, null);
  offices.faults.homes.set({ kind: 'down' });
  const silent = await review.withdrawal(application);
  assert.ok(silent.ok && silent.value.decision.by === 'person' && silent.value.decision.amountFen === 4_500_00);
});

test('retired: the account is closed with its interest', async () => {
  const { review, application } = office({ work: { employed: false, retiredOn: '2026-10-01' } });
  const told = await review.withdrawal({ ...application, reason: '03' });
  assert.ok(told.ok && told.value.booked);
  assert.equal(told.value.booked.balanceFen, 0);
  assert.ok(told.value.booked.interestFen > 0);
});

test('what no rule decides is a case with its number and a deadline; a stranger and a strange account are errors', async () => {
  const { review, application } = office();
  const { decision, caseNumber } = await review.forPerson(application);
  assert.deepEqual([caseNumber, decision.by === 'person' && decision.deadline], ['R1', '2026-11-25']);
  for (const wrong of [{ depositorId: 'nobody' }, { accountNumber: '1' }]) {
    const told = await review.withdrawal({ ...application, ...wrong });
    assert.equal(told.ok || told.error.code, 'E3304');
  }
});

test('days of the calendar, working days, and a calendar of the centre', () => {
  const plain = { ...JIANGZHOU, review: { ...JIANGZHOU.review, workingDays: false } };
  assert.equal(deadlineFrom('2026-11-20', plain), '2026-11-23');
  assert.equal(deadlineFrom('2026-11-20', JIANGZHOU), '2026-11-25');
  assert.equal(
    deadlineFrom('2026-11-20', JIANGZHOU, () => false),
    '2026-11-23',
  );
});
