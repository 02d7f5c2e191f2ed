import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { guardStore } from '../../store/areas/guard.ts';
import { messageStore } from '../../store/areas/messages.ts';
import { engines } from '../../testing/engines.ts';
import { createVault } from '../../vault.ts';
import { createGuard } from '../guard.ts';
import { createMessenger } from './messenger.ts';
import type { SmsProvider } from './provider.ts';
import { placesOf, SMS_TEMPLATES, type SmsTemplate, smsText } from './templates.ts';

const PHONE = syntheticPhone(1);
type Open = (typeof engines)[number]['open'];

async function start(t: TestContext, open: Open, provider: SmsProvider['send']) {
  const clock = new ManualClock();
  const db = await open(t);
  const store = messageStore(db);
  const vault = createVault('x'.repeat(40));
  const guard = createGuard({ clock, store: guardStore(db), vault });
  const make = () =>
    createMessenger({ clock, store, vault, guard, provider: { send: provider }, log: () => {}, signature: '江州市' });
  const messenger = make();
  t.after(() => messenger.close());
  const code = () => messenger.send({ phone: PHONE, template: 'code.login', values: { code: '123456', minutes: '5' } });
  const states = async () => (await store.list(50)).map(({ state, tries, fault }) => [state, tries, fault]);
  return { clock, store, messenger, make, code, states };
}

for (const { name, skip, open } of engines) {
  test(
    `a provider that does not answer is asked again, later and later, and the text is kept sealed until then (${name})`,
    { skip },
    async (t) => {
      let fails = 2;
      const { clock, messenger, code, states, store } = await start(t, open, async ({ text }) => {
        assert.match(text, /^【江州市】登录验证码 123456/);
        return fails-- > 0 ? { fault: 'busy' } : { state: 'delivered' };
      });
      await code();
      assert.deepEqual(await states(), [['waiting', 1, 'busy']]);
      const [kept] = await store.list(1);
      assert.ok(!Buffer.from(kept!.content!).toString('latin1').includes('123456'));
      clock.advance(5_000);
      await messenger.run();
      assert.deepEqual(await states(), [['waiting', 2, 'busy']]);
      clock.advance(30_000);
      await messenger.run();
      assert.deepEqual(await states(), [['delivered', 3, null]]);
      assert.equal((await store.list(1))[0]!.content, null, 'delivered, and nothing of it is kept');
    },
  );

  test(`two processes send a message once (${name})`, { skip }, async (t) => {
    let count = 0;
    let down = true;
    const { clock, messenger, make, code } = await start(t, open, async () => {
      if (down) return { fault: 'down' };
      count++;
      return { state: 'sent' };
    });
    await code();
    down = false;
    const other = make();
    t.after(() => other.close());
    clock.advance(5_000);
    await Promise.all([messenger.run(), other.run()]);
    assert.equal(count, 1);
  });
}

const [{ open }] = engines as readonly [(typeof engines)[number]];

test('a code that is too late is not sent; a final fault ends at once; a crash of the provider is a fault', async (t) => {
  const answers: Awaited<ReturnType<SmsProvider['send']>>[] = [{ fault: 'no such number', final: true }];
  const { clock, messenger, code, states } = await start(t, open, async () => {
    const next = answers.shift();
    if (!next) throw new Error('a bug of the provider');
    return next;
  });
  await code();
  assert.deepEqual((await states())[0], ['failed', 1, 'no such number']);
  await code();
  assert.deepEqual((await states())[0], ['waiting', 1, 'provider failed']);
  clock.advance(5 * 60_000);
  await messenger.run();
  assert.deepEqual((await states())[0], ['failed', 1, 'too late']);
});

test('a receipt settles what was only taken, once', async (t) => {
  const { messenger, code, states } = await start(t, open, async () => ({ state: 'sent' }));
  const { id } = await code();
  await messenger.receipt(id, true);
  await messenger.receipt(id, false);
  assert.deepEqual(await states(), [['delivered', 1, null]]);
});

test('a number has its share of a day and not more', async (t) => {
  let count = 0;
  const { clock, code } = await start(t, open, async () => {
    count++;
    return { state: 'delivered' };
  });
  const states = [];
  for (let i = 0; i < 22; i++) states.push((await code()).state);
  assert.deepEqual(states.slice(-2), ['dropped', 'dropped']);
  assert.equal(count, 20);
  clock.advance(86_400_000);
  assert.equal((await code()).state, 'waiting');
});

test('every message says the same in both languages, and wants the same filled in', () => {
  for (const [key, { zh, en }] of Object.entries(SMS_TEMPLATES)) {
    assert.deepEqual(placesOf(zh), placesOf(en), key);
    // Two parts of a short message at most.
    assert.ok([...zh].length <= 134 && en.length <= 300, `${key} is long`);
  }
  assert.equal(
    smsText('policy.news' as SmsTemplate, { title: '{code}' } as never, 'en', 'X'),
    '【X】{code}. Read it in the web hall.',
    'braces in a value open nothing',
  );
});
