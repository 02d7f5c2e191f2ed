import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { requestSha256 } from '@kiosk/contract/journal/confirmation.ts';
import type { RequestForm, RequestPerson } from '@kiosk/contract/journal/request-form.ts';
import { JIANGZHOU } from '@kiosk/domain/city.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { SYNTHETIC_PIN_KEYS } from '@kiosk/domain/synthetic-bank.ts';
import { syntheticCardNumber, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { createReviewOffice } from '../core/review/office.ts';
import { isWeekend } from '../core/review/review.ts';
import { syntheticCore } from '../core/synthetic-core.ts';
import { requestContext } from '../ingest/effect.ts';
import { createBankDesk } from '../neighbours/bank.ts';
import { createCheckDesk } from '../neighbours/desk.ts';
import { syntheticCentres } from '../neighbours/other-centre.ts';
import { syntheticOffices } from '../neighbours/synthetic.ts';
import { syntheticBank } from '../neighbours/synthetic-bank.ts';
import type { RequestStore } from '../store/request-store.ts';
import type { Store } from '../store/store.ts';
import { engines } from '../testing/engines.ts';
import { createVault, sealJson } from '../vault.ts';
import { createCaseBook, LEASE_MS } from './case-book.ts';
import { createDesk } from './desk.ts';
import { createCaseOffice } from './staff.ts';
import type { DeskParts } from './work.ts';

const terminalId = '300120';
const operationId = 'op';
const requestNumber = makeRequestNumber({ terminal: terminalId, counter: 1 });
const form: RequestForm = { item: 'B04', months: 3, payTo: 'onRecord', consents: ['homes'] };

interface Asked {
  readonly form: RequestForm;
  readonly key: 'ordinary' | 'two-accounts';
  readonly more?: RequestPerson;
}
const RENT: Asked = { form, key: 'ordinary' };

/** The city around the desk, on one store; whatever process comes, core and bank are the same. */
async function city(t: TestContext, { form, key, more }: Asked = RENT) {
  const person = syntheticPerson(key, '2026-11-21');
  const { item } = form;
  const clock = new ManualClock();
  const store = await engines[0]!.openStore(t);
  const vault = createVault('a secret of a test that is long enough');
  const core = syntheticCore(clock);
  const bank = syntheticBank({ clock, keys: SYNTHETIC_PIN_KEYS });
  const provider = syntheticOffices(clock, new Map([[person.idNumber, { homes: { count: 0 } }]]));
  const found = await core.findByIdNumber(person.idNumber);
  assert.ok(found.ok && found.value);
  const { depositorId, accounts } = found.value;
  const card = { bankName: '江州示范银行', cardNumber: syntheticCardNumber(7) };
  await core.changePayoutCard({ reference: 'before', depositorId, card });

  /** One process of the platform. `writes`: after so many it is dead, in the middle of whatever it does. */
  function process(writes = Infinity) {
    let left = writes;
    const dying =
      (name: string, call: (...given: never[]) => unknown) =>
      async (...given: never[]) => {
        const writing = name === 'move' || name === 'claim';
        if (left <= 0) throw new Error('the process is dead');
        if (writing && --left === 0 && name === 'move') throw new Error('the process dies');
        return call(...given);
      };
    const requests = Object.fromEntries(
      Object.entries(store.requests).map(([name, call]) => [name, dying(name, call as (...given: never[]) => unknown)]),
    ) as unknown as RequestStore;
    const mine: Store = { ...store, requests };
    const { audit } = store;
    const book = createCaseBook({ store: requests, clock, vault });
    const parts: DeskParts = {
      ...{ clock, store: mine, vault, core, city: JIANGZHOU, book, isHoliday: isWeekend },
      review: createReviewOffice({ core, checks: createCheckDesk({ provider, clock, audit }), clock, audit }),
      bank: createBankDesk({ bank, clock, audit }),
      centres: syntheticCentres(clock),
      certificates: { find: async () => undefined, requestCancel: () => assert.fail('no certificate') },
      people: { identified: async () => undefined },
      notices: { tell: async () => true },
      uses: { count: async () => 'counted' },
      outward: () => assert.fail('no consent'),
    };
    const appointments = {
      branch: async () => null,
      room: () => assert.fail('no appointment'),
      slots: () => assert.fail('no appointment'),
    };
    const desk = createDesk({ ...parts, appointments, callStaff: async () => false, log: () => {} });
    return { book, desk, office: createCaseOffice(parts, book, desk) };
  }

  const asked = { name: person.name, idNumber: person.idNumber, ...more };
  const formHash = vault.hash('request form', requestSha256(form, asked));
  const confirmed = { terminalId, operationId, depositorId, item, formHash, level: 'L3', agent: null } as const;
  await store.requests.confirm({ ...confirmed, signature: null, at: clock.now() });
  const balance = async () => {
    const now = await core.get(depositorId);
    assert.ok(now.ok && now.value);
    return now.value.accounts[0]!.balanceFen;
  };
  const arrive = (book: ReturnType<typeof process>['book']) =>
    book.arrive(
      {
        ...{ requestNumber, terminalId, operationId, seq: 1, item, topicId: '', level: 'L3', offline: false },
        ...{ submittedAt: clock.now(), receivedAt: clock.now() },
        content: sealJson(vault, requestContext(requestNumber), { form, person: asked }),
      },
      '50',
    );
  const now = async () => {
    const found = await core.get(depositorId);
    assert.ok(found.ok && found.value);
    return found.value;
  };
  const start = found.value;
  const audited = async () => (await store.audit.list(50)).map(({ action }) => action);
  return { clock, bank, process, arrive, balance, now, start, audited, before: accounts[0]!.balanceFen };
}

/** Writes of a whole life: claim, identified, booking begun and settled, payment begun and settled, decided. */
const WRITES = 7;

for (let writes = 1; writes <= WRITES; writes++) {
  test(`the process dies at its write ${writes} of ${WRITES}: the next one goes on, and money moves once`, async (t) => {
    const { clock, bank, process, arrive, balance, before } = await city(t);
    const first = process(writes);
    assert.equal(await arrive(first.book), true);
    await first.desk.idle();
    await first.desk.close();

    // Another process hears of the same entry, and finds the case once the first was silent for long enough.
    const second = process();
    assert.equal(await arrive(second.book), false);
    clock.advance(LEASE_MS + 1);
    await second.desk.idle();
    await second.desk.close();
    const open = await second.book.open(requestNumber);
    assert.deepEqual([open?.now.state, open?.now.decision?.by], ['granted', 'rules'], JSON.stringify(open?.now));
    assert.deepEqual(
      open!.now.acts.map(({ kind, outcome, amountFen }) => [kind, outcome, amountFen]),
      [
        ['withdraw', 'done', 4_500_00],
        ['pay', 'done', 4_500_00],
      ],
    );
    assert.deepEqual(
      [...bank.paid.values()].map(({ times }) => times),
      [1],
    );
    assert.equal(await balance(), before - 4_500_00);
    const decided = (await second.book.steps(requestNumber)).filter(({ event }) => event.type === 'decided');
    assert.equal(decided.length, 1);
  });
}

test('two processes at once, both awake: one of them does it', async (t) => {
  const { bank, process, arrive, balance, before } = await city(t);
  const both = [process(), process()];
  await arrive(both[0]!.book);
  await Promise.all(both.map(({ desk }) => desk.idle()));
  await Promise.all(both.map(({ desk }) => desk.close()));
  assert.equal((await both[1]!.book.open(requestNumber))?.now.state, 'granted');
  assert.deepEqual(
    [...bank.paid.values()].map(({ times }) => times),
    [1],
  );
  assert.equal(await balance(), before - 4_500_00);
});

const TWO = { words: { zh: '同意', en: 'Granted' }, by: 'wang.min', proposedBy: 'li.na' } as const;
const [, oldAccount] = syntheticPerson('two-accounts', '2026-11-21').accounts;
/** Yes of two, intent, outcome, decision. */
const GRANTED_WRITES = 4;
const GRANTED: readonly (Asked & { readonly what: string })[] = [
  {
    what: 'an early repayment from the fund account',
    key: 'ordinary',
    form: { item: 'B06', amountFen: 20_000_00, keep: 'payment', onDate: '2026-11-21', payFrom: 'fund' },
  },
  {
    what: 'another account of the person that is merged',
    key: 'two-accounts',
    form: { item: 'B07', fromCentre: { name: '江州市住房公积金管理中心' } },
    more: { oldAccountNumber: oldAccount!.accountNumber },
  },
];

for (const { what, ...asked } of GRANTED) {
  for (let writes = 1; writes <= GRANTED_WRITES; writes++) {
    test(`${what}: the process of the staff dies at its write ${writes}, and the money moves once`, async (t) => {
      const { clock, process, arrive, now, start, audited } = await city(t, asked);
      const machine = process();
      await arrive(machine.book);
      await machine.desk.idle();
      await machine.desk.close();
      assert.equal((await machine.book.open(requestNumber))?.now.state, 'withPerson');
      const grant = { requestNumber, verdict: 'granted', ...TWO } as const;
      const alone = await machine.office.decide({ ...grant, proposedBy: TWO.by });
      assert.equal(alone.ok || alone.error.code, 'E2506', 'money is granted by two');
      const first = process(writes);
      await assert.rejects(first.office.decide(grant), /the process/);
      const second = process();
      clock.advance(LEASE_MS + 1);
      await second.desk.idle();
      await second.desk.close();
      // Before the yes was on the disk nobody has said it.
      if (writes === 1) assert.ok((await second.office.decide(grant)).ok);
      const open = await second.book.open(requestNumber);
      assert.deepEqual([open?.now.state, open?.now.decision?.by], ['granted', 'person'], JSON.stringify(open?.now));
      assert.deepEqual(
        open!.now.acts.map(({ outcome }) => outcome),
        ['done'],
      );
      const after = await now();
      const { booked } = open!.now.results.repayment ?? open!.now.results.transfer!;
      const came = open!.now.acts[0]!.amountFen!;
      if (asked.form.item === 'B06') {
        assert.equal(
          after.loans[0]!.balanceFen,
          start.loans[0]!.balanceFen - (booked as { principalFen: number }).principalFen,
        );
        assert.equal(after.accounts[0]!.balanceFen, start.accounts[0]!.balanceFen - 20_000_00);
        assert.deepEqual([after.loans[0]!.entries.at(-1)!.kind, after.accounts[0]!.entries.at(-1)!.kind], ['05', '11']);
      } else {
        assert.equal(after.accounts[0]!.balanceFen, start.accounts[0]!.balanceFen + came);
        assert.deepEqual([after.accounts[1]!.state, after.accounts[1]!.balanceFen], ['03', 0]);
      }
      assert.ok((await audited()).includes('case.granted'));
      const twice = await second.office.decide(grant);
      assert.equal(twice.ok || twice.error.code, 'E2704');
    });
  }
}

/** Claim, identified, letter sent; then claim, intent, outcome and decision on the day the money is here. */
for (let writes = 1; writes <= 4; writes++) {
  test(`money of another centre is here: the process dies at its write ${writes}, and it is booked once`, async (t) => {
    const asked: Asked = { key: 'ordinary', form: { item: 'B07', fromCentre: { name: '临海市中心' } } };
    const { clock, process, arrive, balance, before } = await city(t, asked);
    const sender = process();
    await arrive(sender.book);
    await sender.desk.idle();
    await sender.desk.close();
    clock.advance(49 * 3_600_000);
    const first = process(writes);
    await first.desk.idle();
    await first.desk.close();
    const second = process();
    clock.advance(LEASE_MS + 1);
    await second.desk.idle();
    await second.desk.close();
    const open = await second.book.open(requestNumber);
    assert.equal(open?.now.state, 'granted', JSON.stringify(open?.now));
    assert.equal(await balance(), before + open!.now.results.transfer!.booked!.amountFen);
  });
}

test('granted before its day: it waits for the day, is then carried out, and what is owed is worked out on that day', async (t) => {
  const form: RequestForm = { item: 'B06', amountFen: null, onDate: '2026-12-10' };
  const { clock, process, arrive, now } = await city(t, { key: 'ordinary', form });
  const machine = process();
  await arrive(machine.book);
  await machine.desk.idle();
  const granted = await machine.office.decide({ requestNumber, verdict: 'granted', ...TWO });
  assert.ok(granted.ok && granted.value.now.state === 'registered' && granted.value.row.dueOn === '2026-12-10');
  await machine.desk.idle();
  assert.equal((await now()).loans[0]!.state, 'repaying');
  await machine.desk.close();
  clock.advance(19 * 86_400_000);
  const later = process();
  await later.desk.idle();
  await later.desk.close();
  const open = await later.book.open(requestNumber);
  assert.deepEqual([open?.now.state, open?.now.results.repayment?.booked?.on], ['granted', '2026-12-10']);
  const [loan] = (await now()).loans;
  assert.deepEqual([loan!.state, loan!.settledOn, loan!.plan.length], ['settled', '2026-12-10', 0]);
});
