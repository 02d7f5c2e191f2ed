import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PadKey, PinBlock, ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { Driver, DriverDeps, PinPadDevice } from '../drivers/driver.ts';
import { healthy, never, running, settled } from './testing/machine.ts';

const BLOCK: PinBlock = { format: 'iso0', blockHex: '0123456789ABCDEF', digits: 6 };
const PIN = { format: 'iso0' as const, cardNumber: '9900001234567894', minDigits: 6, maxDigits: 6 };
/** How long somebody takes to type a PIN, and a pad to test itself, ms. */
const TYPING_MS = 20_000;
const TEST_MS = 2_000;

/** A machine with a pad that takes its time, and what anybody does at it. */
function machineWithPad(t: TestContext) {
  const pressed = new Set<(key: PadKey) => void>();
  let status: DriverDeps['onStatus'] = () => {};
  let doing = 0;
  let most = 0;
  let opened = 0;
  let failing = false;
  async function at<T>(work: Promise<T>): Promise<T> {
    most = Math.max(most, ++doing);
    return work.finally(() => doing--);
  }
  const pad: PinPadDevice = {
    ...healthy,
    selfTest: () => at(after(TEST_MS, [{ name: 'pad answers', passed: true }])),
    enterPin: ({ onDigits }) => (onDigits(6), at(after(TYPING_MS, ok(BLOCK)))),
    readKeys({ signal, onKey }) {
      if (failing) return Promise.resolve(fail('E1401'));
      pressed.add(onKey);
      opened++;
      const ended = new Promise<Result<void>>((resolve) => {
        const end = () => resolve(fail(String(signal.reason)));
        if (signal.aborted) end();
        signal.addEventListener('abort', end, { once: true });
      });
      return at(ended.finally(() => pressed.delete(onKey)));
    },
  };
  const driver: Driver<'pinPad'> = {
    name: 'pad',
    kind: 'pinPad',
    create: (_config, deps) => ((status = deps.onStatus), ok(pad)),
  };
  const host = running(t, [driver]);
  const after = <T>(ms: number, value: T) => new Promise<T>((resolve) => host.clock.after(ms, () => resolve(value)));

  /** A session that hears keys until it ends. */
  function session() {
    const life = new AbortController();
    const heard: ScreenKey[] = [];
    const reading = host.handlers.readKeys({}, { signal: life.signal, progress: ({ key }) => void heard.push(key) });
    return { heard, reading, end: () => life.abort('E9001') };
  }
  return {
    ...host,
    session,
    status: (state: 'ready' | 'offline') => status({ state, warnings: [] }),
    enterPin: (signal = never) => host.handlers.enterPin(PIN, { signal, progress: () => {} }),
    selfTest: () => host.handlers.selfTest({ deviceId: 'pad' }, { signal: never, progress: () => {} }),
    async press(key: PadKey) {
      await settled();
      for (const hear of [...pressed]) hear(key);
    },
    async pass(ms: number) {
      await settled();
      host.clock.advance(ms);
      await settled();
    },
    breakDown: () => (failing = true),
    hearing: () => [...pressed],
    /** How often the keyboard was switched on. */
    get opened() {
      return opened;
    },
    get listening() {
      return pressed.size;
    },
    /** How many things the pad had to do at once, at worst. */
    get most() {
      return most;
    },
  };
}

test('keys rest while a PIN is typed, and the same session hears them again after it', async (t) => {
  const pad = machineWithPad(t);
  const session = pad.session();
  await pad.press('tab');
  const pin = pad.enterPin();
  await pad.press('5');
  assert.equal(pad.listening, 0, 'keys are read while a PIN is typed');
  await pad.pass(TYPING_MS);
  assert.deepEqual(await pin, ok(BLOCK));
  await pad.press('enter');
  assert.deepEqual(session.heard, ['tab', 'enter']);
  session.end();
  await session.reading;
  assert.equal(pad.most, 1, 'the pad had to do two things at once');
});

test('the newest session has the keys from the moment it asks, and the pad is never deaf while the former one ends', async (t) => {
  const pad = machineWithPad(t);
  const first = pad.session();
  await pad.press('down');
  const second = pad.session();
  await pad.press('up');
  first.end();
  // Without a pause: the process that is being ended and the finger do not wait for each other.
  for (const hear of pad.hearing()) hear('left');
  const ended = await first.reading;
  assert.equal(!ended.ok && ended.error.code, 'E9001');
  await pad.press('right');
  assert.deepEqual([first.heard, second.heard], [['down'], ['up', 'left', 'right']]);
  assert.equal(pad.opened, 1, 'the pad was switched off and on again between two sessions');
  second.end();
  await second.reading;
  await settled();
  assert.ok(pad.most === 1 && pad.listening === 0);
});

test('when the newest session is gone, the one before hears the keys again; after the last nobody does', async (t) => {
  const pad = machineWithPad(t);
  const [first, second] = [pad.session(), pad.session()];
  await pad.press('1');
  second.end();
  await second.reading;
  await pad.press('2');
  first.end();
  await first.reading;
  await pad.press('3');
  assert.deepEqual([first.heard, second.heard, pad.listening], [['2'], ['1'], 0]);
  const third = pad.session();
  await pad.press('4');
  assert.deepEqual(third.heard, ['4']);
  third.end();
  await third.reading;
});

test('a PIN goes before every reader of keys, also before one that came earlier and waits', async (t) => {
  const pad = machineWithPad(t);
  const [first, second] = [pad.session(), pad.session()];
  const [one, two] = [pad.enterPin(), pad.enterPin()];
  // The session that asked ends in the middle: the next one must not slip in between the two PINs.
  await pad.pass(TYPING_MS / 2);
  first.end();
  await first.reading;
  await pad.press('1');
  await pad.pass(TYPING_MS / 2);
  assert.deepEqual(await one, ok(BLOCK));
  await pad.press('2');
  assert.equal(pad.listening, 0, 'keys are read although a PIN waits for the pad');
  await pad.pass(TYPING_MS);
  assert.deepEqual(await two, ok(BLOCK));
  await pad.press('3');
  assert.deepEqual([first.heard, second.heard], [[], ['3']]);
  second.end();
  await second.reading;
  assert.equal(pad.most, 1);
});

test('a self-test goes before the keys, shows the pad as busy, and is refused while a PIN is typed', async (t) => {
  const pad = machineWithPad(t);
  const session = pad.session();
  pad.status('ready');
  const tested = pad.selfTest();
  await settled();
  assert.equal(pad.board.state().devices[0]?.state, 'busy');
  const another = await pad.selfTest();
  assert.equal(!another.ok && another.error.code, 'E9010', 'two self-tests at once');
  await pad.pass(TEST_MS);
  assert.ok((await tested).ok);
  await pad.press('left');
  const pin = pad.enterPin();
  const refused = await pad.selfTest();
  assert.equal(!refused.ok && refused.error.code, 'E9010', 'a self-test waits for a person who types');
  await pad.pass(TYPING_MS);
  await pin;
  await pad.press('right');
  assert.deepEqual(session.heard, ['left', 'right']);
  session.end();
  await session.reading;
});

test('a session that ends while a PIN is typed is answered at once and hears nothing afterwards', async (t) => {
  const pad = machineWithPad(t);
  const session = pad.session();
  await settled();
  const pin = pad.enterPin();
  await settled();
  session.end();
  const ended = await session.reading;
  assert.equal(!ended.ok && ended.error.code, 'E9001');
  await pad.pass(TYPING_MS);
  assert.ok((await pin).ok);
  await pad.press('enter');
  assert.deepEqual([session.heard, pad.listening], [[], 0]);
});

test('a PIN that nobody waits for any more lets the keys go on', async (t) => {
  const pad = machineWithPad(t);
  const session = pad.session();
  const leaving = new AbortController();
  const [one, two] = [pad.enterPin(), pad.enterPin(leaving.signal)];
  await settled();
  leaving.abort('E9002');
  const gaveUp = await two;
  assert.equal(!gaveUp.ok && gaveUp.error.code, 'E9002');
  await pad.pass(TYPING_MS);
  await one;
  await pad.press('tab');
  assert.deepEqual(session.heard, ['tab']);
  session.end();
  await session.reading;
});

test('a digit of a PIN is no key of the screen, and a pad that fails says so to who reads', async (t) => {
  const pad = machineWithPad(t);
  const session = pad.session();
  await pad.press('masked');
  assert.deepEqual(session.heard, []);
  session.end();
  await session.reading;
  pad.breakDown();
  const failed = await pad.session().reading;
  assert.equal(!failed.ok && failed.error.code, 'E1401');
});
