import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { requestSha256 } from '@kiosk/contract/journal/confirmation.ts';
import type { RequestForm } from '@kiosk/contract/journal/request-form.ts';
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
import type { DeskParts } from './work.ts';

const person = syntheticPerson('ordinary', '2026-11-21');
const terminalId = '300120';
const operationId = 'op';
const requestNumber = makeRequestNumber({ terminal: terminalId, counter: 1 });
const form: RequestForm = { item: 'B04', months: 3, payTo: 'onRecord', consents: ['homes'] };

/** The city around the desk, on one store; whatever process comes, core and bank are the same. */
async function city(t: TestContext) {
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
      outward: () => assert.fail('no consent'),
    };
    const places = { branch: async () => null, room: async () => null };
    return { book, desk: createDesk({ ...parts, places, log: () => {} }) };
  }

  const asked = { name: person.name, idNumber: person.idNumber };
  const formHash = vault.hash('request form', requestSha256(form, asked));
  const confirmed = { terminalId, operationId, depositorId, item: 'B04', formHash, level: 'L3', agent: null } as const;
  await store.requests.confirm({ ...confirmed, signature: null, at: clock.now() });
  const balance = async () => {
    const now = await core.get(depositorId);
    assert.ok(now.ok && now.value);
    return now.value.accounts[0]!.balanceFen;
  };
  const arrive = (book: ReturnType<typeof process>['book']) =>
    book.arrive(
      {
        ...{ requestNumber, terminalId, operationId, seq: 1, item: 'B04', topicId: '', level: 'L3', offline: false },
        ...{ submittedAt: clock.now(), receivedAt: clock.now() },
        content: sealJson(vault, requestContext(requestNumber), { form, person: asked }),
      },
      '50',
    );
  return { clock, bank, process, arrive, balance, before: accounts[0]!.balanceFen };
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
