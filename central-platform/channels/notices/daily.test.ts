import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Depositor } from '../../core/core-system.ts';
import { engines } from '../../testing/engines.ts';
import { startHall } from '../testing/hall.ts';
import { createDailyNotices, eventsOf } from './daily.ts';
import type { NoticeEvent } from './notices.ts';

const HOUR = 3_600_000;
/** As much of a depositor as a day's notices read. */
const person = (depositorId: string, given: object): Depositor =>
  ({ depositorId, accounts: [], loans: [], ...given }) as unknown as Depositor;
const repaying = {
  ...{ loanNumber: 'L1', state: 'repaying', overdue: null },
  plan: [
    { dueDate: '2026-11-20', paymentFen: 1 },
    { dueDate: '2026-11-24', paymentFen: 480_000 },
  ],
};

test('a payment is announced three days before, what is overdue is said weekly, a deposit is missed from the twentieth', () => {
  const told = (of: object, today: string) =>
    eventsOf(person('d', of), today).map(({ kind, reference }) => `${kind} ${reference}`);
  assert.deepEqual(told({ loans: [repaying] }, '2026-11-20'), ['loan.due L1 2026-11-20']);
  assert.deepEqual(told({ loans: [repaying] }, '2026-11-21'), ['loan.due L1 2026-11-24']);
  assert.deepEqual(told({ loans: [{ ...repaying, state: 'settled', plan: [] }] }, '2026-11-21'), []);
  const overdue = { since: '2026-11-01', principalFen: 1, interestFen: 2, penaltyFen: 3 };
  const late = { loans: [{ ...repaying, state: 'overdue', overdue }] };
  const weeks = new Set(['2026-11-02', '2026-11-07', '2026-11-08', '2026-11-15'].flatMap((day) => told(late, day)));
  assert.equal(weeks.size, 3, [...weeks].join());
  const accounts = [
    { accountNumber: 'A1', state: '01', paidToMonth: '2026-09' },
    { accountNumber: 'A2', state: '01', paidToMonth: '2026-10' },
    { accountNumber: 'A3', state: '02', paidToMonth: '2020-01' },
  ];
  assert.deepEqual(told({ accounts }, '2026-11-19'), []);
  assert.deepEqual(told({ accounts }, '2026-11-20'), ['deposit.missing A1 2026-10']);
});

for (const { name, skip, openStore } of engines) {
  test(
    `a day's walk stands where the core went away, goes on there, and is done once (${name})`,
    { skip },
    async (t) => {
      const clock = new ManualClock();
      const store = await openStore(t);
      const count = 130;
      const ids = Array.from({ length: count }, (_, i) => `d${String(i).padStart(4, '0')}`);
      for (const id of ids) {
        await store.users.bind({
          ...{ userId: id, depositorId: id, personHash: id, phoneHash: id, registeredAt: 1, registeredBy: '50' },
        });
      }
      const asked: string[] = [];
      const told: NoticeEvent[] = [];
      let away = true;
      const make = () =>
        createDailyNotices({
          ...{ clock, store },
          core: {
            async get(id) {
              if (away && id === ids[110]) return fail('E3301');
              asked.push(id);
              return ok(person(id, { loans: [{ ...repaying, loanNumber: id }] }));
            },
          },
          cases: {
            appointments: async ({ depositorId }) =>
              depositorId !== ids[3]
                ? []
                : ['2026-11-22', '2026-11-23'].map((date) => ({
                    ...{ number: `N ${date}`, date, half: 'morning' as const, state: 'requested' as const },
                    ...{ branch: { zh: '北湖', en: 'Beihu' }, service: { zh: '贷款', en: 'A loan' } },
                  })),
          },
          notices: { tell: async (event) => told.push(event) > 0 },
        });
      await make().run();
      assert.equal(asked.length, 110);
      away = false;
      const next = make();
      await next.run();
      assert.equal(asked.length, 110 + 30, 'the page it was in, not those before');
      await next.run();
      assert.equal(asked.length, 140, 'today is done');
      const references = new Set(told.map(({ kind, reference }) => `${kind} ${reference}`));
      assert.equal(references.size, count + 1);
      assert.ok(references.has('appointment.tomorrow N 2026-11-22'));
      // 2:08 of the next day in China: too early; 10:08 is not.
      clock.advance(12 * HOUR);
      await next.run();
      assert.equal(asked.length, 140);
      clock.advance(8 * HOUR);
      await next.run();
      assert.equal(asked.length, 140 + count);
    },
  );
}

test('in the web hall a person sees what can be switched off, and switches it off', async (t) => {
  const { call, signedIn } = await startHall(t);
  const session = await signedIn();
  const settings = async () => (await call('noticeSettings', {}, { session })).body as { topics: { on: boolean }[] };
  assert.ok((await settings()).topics.every(({ on }) => on));
  const set = (off: string[]) => call('setNotices', { language: 'en', off }, { session });
  assert.equal((await set(['security'])).status === 200, false, 'what matters is told anyway');
  assert.equal((await set(['loan'])).status, 200);
  const { language, topics } = (await settings()) as { language?: string; topics: { topic?: string; on: boolean }[] };
  assert.equal(language, 'en');
  assert.deepEqual(
    topics.filter(({ on }) => !on).map(({ topic }) => topic),
    ['loan'],
  );
});
