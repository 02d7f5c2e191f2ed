import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { syntheticCardNumber, syntheticPerson, syntheticPhone } from '@kiosk/domain/synthetic.ts';
import type { CoreSystem } from '../../core/core-system.ts';
import { guardStore } from '../../store/areas/guard.ts';
import { messageStore } from '../../store/areas/messages.ts';
import { noticeStore } from '../../store/areas/notices.ts';
import type { NoticeStore } from '../../store/notice-store.ts';
import { engines } from '../../testing/engines.ts';
import { createVault } from '../../vault.ts';
import { createGuard } from '../guard.ts';
import { createMessenger } from '../sms/messenger.ts';
import { syntheticSms } from '../sms/synthetic-provider.ts';
import { SMS_TEMPLATES, smsText } from '../sms/templates.ts';
import { messagesOf, type NoticeEvent, type NoticeKind, NOTICES } from './kinds.ts';
import { createNotices } from './notices.ts';

const HOUR = 3_600_000;
const DATE = '2026-11-21';
const person = syntheticPerson('ordinary', DATE);
const PHONE = syntheticPhone(1);
const CARD = syntheticCardNumber(1);
type Open = (typeof engines)[number]['open'];

async function start(t: TestContext, open: Open) {
  const clock = new ManualClock();
  const db = await open(t);
  const store = noticeStore(db);
  const messages = messageStore(db);
  const vault = createVault('x'.repeat(40));
  const guard = createGuard({ clock, store: guardStore(db), vault });
  const provider = syntheticSms(clock);
  const depositorId = 'one';
  let phone: string | null = PHONE;
  const world = { coreAway: false };
  const core: Pick<CoreSystem, 'get'> = {
    get: async () =>
      world.coreAway
        ? fail('E3301')
        : ok({
            ...{ depositorId, name: person.name, certificateKind: 'residentId', idNumber: person.idNumber, phone },
            ...{ payoutCard: null, accounts: [], loans: [] },
          }),
  };
  /** Another process over the same store. */
  const make = (kept: NoticeStore = store) => {
    const messenger = createMessenger({
      ...{ clock, store: messages, vault, guard, provider, log: () => {}, signature: '江州市' },
    });
    const notices = createNotices({ clock, store: kept, core, vault, messenger, log: () => {} });
    t.after(async () => {
      await notices.close();
      await messenger.close();
    });
    return { messenger, notices };
  };
  const one = make();
  const settled = async () => {
    await one.notices.run();
    await one.messenger.run();
  };
  return {
    ...{ clock, store, messages, vault, provider, depositorId, world, make, ...one, settled },
    setPhone: (next: string | null) => void (phone = next),
    texts: () => provider.arrived.map(({ phone: to, text }) => [to, text.replace('【江州市】', '')]),
  };
}

const due = (depositorId: string, reference: string): NoticeEvent => ({
  ...{ kind: 'loan.due', reference, depositorId },
  facts: { date: '2026-11-24', amountFen: 480_000 },
});

for (const { name, skip, open } of engines) {
  test(
    `told twice, by two processes, with the answer of the gateway lost: one message arrives (${name})`,
    { skip },
    async (t) => {
      const { notices, make, depositorId, provider, clock, settled, messages, store } = await start(t, open);
      const other = make();
      provider.faults.set({ kind: 'lost' }, 1);
      const event = due(depositorId, 'loan 1 2026-11');
      const told = await Promise.all([notices.tell(event), other.notices.tell(event), notices.tell(event)]);
      assert.deepEqual(told.filter(Boolean).length, 1);
      await Promise.all([notices.run(), other.notices.run()]);
      clock.advance(60_000);
      await settled();
      await other.messenger.run();
      assert.deepEqual(
        provider.arrived.map(({ template }) => template),
        ['repayment.due'],
      );
      const [kept] = await messages.list(10);
      assert.deepEqual([kept!.state, kept!.tries], ['delivered', 2]);
      // Staff find it by the number and by the person, read its words for a month, and then nobody does.
      for (const [by, hash] of [['phoneHash', kept!.phoneHash] as const, ['personHash', kept!.personHash!] as const]) {
        assert.deepEqual(
          (await messages.find(by, hash, 5)).map(({ id, content }) => [id, content !== null]),
          [[kept!.id, true]],
        );
      }
      assert.deepEqual(await messages.find('personHash', 'nobody', 5), []);
      await messages.forgetBefore(kept!.at);
      assert.notEqual((await messages.get(kept!.id))!.content, null, 'forgotten too early');
      await messages.forgetBefore(kept!.at + 1);
      assert.equal((await messages.get(kept!.id))!.content, null);
      assert.equal(await notices.tell(event), false, 'also a day later');
      const [row] = await store.list(10);
      assert.deepEqual([row!.state, row!.content], ['told', null], 'nothing of it is kept');
      assert.ok(!row!.key.includes('loan'), 'the key tells nobody what it is about');
    },
  );

  test(
    `a process that died between two halves is finished by another, and says nothing twice (${name})`,
    { skip },
    async (t) => {
      const { make, depositorId, provider, clock, store } = await start(t, open);
      const dying = make({
        ...store,
        settle: async () => {
          throw new Error('the power went here');
        },
      });
      await dying.notices.tell(due(depositorId, 'r1'));
      await dying.notices.close();
      await dying.messenger.close();
      assert.deepEqual([provider.arrived.length, (await store.list(1))[0]!.state], [1, 'waiting']);
      const other = make();
      clock.advance(60_000);
      await other.notices.run();
      await other.messenger.run();
      assert.deepEqual([provider.arrived.length, (await store.list(1))[0]!.state], [1, 'told']);
    },
  );

  test(
    `a person says what not to be told, and in which language; what matters is told anyway (${name})`,
    { skip },
    async (t) => {
      const { notices, depositorId, settled, texts, store } = await start(t, open);
      const off = ['loan', 'appointment'];
      assert.equal(await notices.set(depositorId, { language: 'en', off, channel: '10' }), true);
      assert.equal(await notices.set(depositorId, { language: 'en', off: ['security'], channel: '10' }), false);
      await notices.tell(due(depositorId, 'r1'));
      await notices.tell({
        ...{ kind: 'loan.overdue', reference: 'r1 overdue', depositorId },
        facts: { amountFen: 480_050, days: 3 },
      });
      await settled();
      assert.deepEqual(texts(), [[PHONE, '4,800.50 yuan of your loan are 3 days overdue. Please pay soon.']]);
      assert.deepEqual((await store.list(5)).map(({ state }) => state).sort(), ['declined', 'told']);
      const { language, topics } = await notices.settings(depositorId);
      assert.equal(language, 'en');
      assert.deepEqual(
        topics.filter(({ on }) => !on).map(({ topic }) => topic),
        off,
      );
    },
  );
}

const [{ open }] = engines as readonly [(typeof engines)[number]];

test('a changed number is told to the old and the new one, by night as well, and neither reads the other in full', async (t) => {
  const { notices, depositorId, settled, texts, clock, setPhone } = await start(t, open);
  clock.advance(9 * HOUR);
  const phone = syntheticPhone(77);
  setPhone(phone);
  const facts = { date: DATE, phone, formerPhone: PHONE };
  await notices.tell({ kind: 'phone.changed', reference: 'B01 1', depositorId, facts });
  await settled();
  assert.deepEqual(
    texts().map(([to]) => to),
    [PHONE, phone],
  );
  for (const [, text] of texts()) {
    assert.ok(!text!.includes(phone) && !text!.includes(PHONE), text);
    assert.match(text!, /12329/);
  }
});

test('at night nobody is woken: what happens then is told at eight, also when the gateway was away at dusk', async (t) => {
  const { notices, depositorId, settled, provider, clock } = await start(t, open);
  // 14:08 in China; 20:59:30.
  clock.advance(6 * HOUR + 51.5 * 60_000);
  provider.faults.set({ kind: 'down' }, 1);
  await notices.tell(due(depositorId, 'at dusk'));
  await settled();
  assert.equal(provider.arrived.length, 0);
  clock.advance(60_000);
  await notices.tell(due(depositorId, 'at night'));
  await settled();
  clock.advance(10 * HOUR);
  await settled();
  assert.equal(provider.arrived.length, 0, 'it is 7:00');
  clock.advance(HOUR);
  await settled();
  assert.equal(provider.arrived.length, 2);
});

test('the core is away: the notice waits for it; a person without a number is noted and not asked for ever', async (t) => {
  const { notices, depositorId, settled, provider, clock, world, setPhone, store } = await start(t, open);
  world.coreAway = true;
  await notices.tell(due(depositorId, 'r1'));
  await settled();
  assert.equal(provider.arrived.length, 0);
  world.coreAway = false;
  clock.advance(60_000);
  await settled();
  assert.equal(provider.arrived.length, 1);
  setPhone(null);
  await notices.tell(due(depositorId, 'r2'));
  await settled();
  assert.equal((await store.list(9)).find(({ state }) => state === 'nobody')?.content, null);
  world.coreAway = true;
  await notices.tell(due(depositorId, 'r3'));
  await settled();
  for (let hour = 0; hour < 60; hour += 6) {
    clock.advance(6 * HOUR);
    await settled();
  }
  assert.deepEqual((await store.list(9)).map(({ state }) => state).sort(), ['late', 'nobody', 'told']);
});

test('a number gets ten notices a day, the others the day after; a warning does not wait; codes have their own share', async (t) => {
  const { notices, depositorId, settled, provider, clock, messenger, setPhone } = await start(t, open);
  for (let i = 0; i < 12; i++) await notices.tell(due(depositorId, `r${i}`));
  await settled();
  assert.equal(provider.arrived.length, 10);
  setPhone(PHONE);
  await notices.tell({
    ...{ kind: 'card.changed', reference: 'B02 1', depositorId },
    facts: { date: DATE, cardNumber: CARD },
  });
  await settled();
  assert.equal(provider.arrived.at(-1)!.template, 'card.changed');
  const code = await messenger.send({
    phone: PHONE,
    template: 'code.login',
    values: { code: '123456', minutes: '5' },
  });
  assert.equal(code.state, 'waiting');
  clock.advance(25 * HOUR);
  await settled();
  assert.equal(provider.arrived.filter(({ template }) => template === 'repayment.due').length, 12);
});

test('a number that does not exist is not tried again', async (t) => {
  const { notices, depositorId, settled, provider, messages } = await start(t, open);
  provider.unknown.add(PHONE);
  await notices.tell(due(depositorId, 'r1'));
  await settled();
  const [kept] = await messages.list(1);
  assert.deepEqual([kept!.state, kept!.fault, kept!.content], ['failed', 'no such number', null]);
});

/** Facts that fit every kind, with whole numbers in them. */
const ACCOUNT = '380100001234';
const WORDS = { zh: '缴存证明', en: 'Deposit certificate' };
const FACTS: Readonly<Record<string, unknown>> = {
  accountNumber: ACCOUNT,
  cardNumber: CARD,
  phone: syntheticPhone(5),
  formerPhone: syntheticPhone(6),
  documentNumber: 'D-2026-000123',
  requestNumber: 'YTJ300120000001K',
  workOrder: 'R-300120-7',
  month: '2026-10',
  half: 'morning',
  days: 3,
  what: WORDS,
  state: WORDS,
  branch: WORDS,
};

test('every kind fills its words in both languages, short, masked, without an address to tap on', () => {
  for (const kind of Object.keys(NOTICES) as NoticeKind[]) {
    const facts = Object.fromEntries(
      Object.keys(NOTICES[kind].facts).map((key) => [key, FACTS[key] ?? (key.endsWith('Fen') ? 123_456 : DATE)]),
    );
    for (const language of ['zh', 'en'] as const) {
      const { own, former } = messagesOf(kind, facts, language);
      for (const { template, values } of former ? [own, former] : [own]) {
        const text = smsText(template, values as never, language, '江州市');
        assert.doesNotMatch(text, /https?:|www\.|\.cn\b|[{}]/, `${kind}: ${text}`);
        for (const whole of [ACCOUNT, CARD, FACTS['phone'], FACTS['formerPhone'], 'D-2026-000123']) {
          assert.ok(!text.includes(String(whole)), `${kind} tells a whole number: ${text}`);
        }
        assert.ok([...text].length <= (language === 'zh' ? 134 : 300), `${kind} is long: ${text}`);
      }
    }
  }
  for (const { zh, en } of Object.values(SMS_TEMPLATES)) assert.doesNotMatch(zh + en, /https?:|www\./);
});
