import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CardPosition } from '@kiosk/contract/services/devices.ts';
import { encodeResponse } from '../../codec/emv/apdu.ts';
import { encodeTlv } from '../../codec/emv/tlv.ts';
import type { ReaderAnswer, ReaderCommand } from '../../codec/f2.ts';
import { syntheticCardNumber } from '../../suites/synthetic-card.ts';
import { crtDialect } from '../bank-card-crt/driver.ts';
import { ictDialect } from '../bank-card-ict/driver.ts';
import type { Trouble } from './motor.ts';
import { DEFAULT_MOTOR_OPTIONS } from './options.ts';
import { type ReadingMotor, readInserted } from './reading.ts';

const NUMBER = syntheticCardNumber(6202, 16);
const STRIPE = Buffer.from(`;${NUMBER}=31051200000?`, 'latin1');
const CRT = crtDialect(0);
const ICT = ictDialect(new Uint8Array(0));
const CARD_GONE: Trouble = { code: 'E1302', detail: 'card pulled out', is: 'pulled' };
const UNREADABLE: Trouble = { code: 'E1303', detail: 'no such track', is: 'stripe' };
const NO_TABLE_HAS_IT: Trouble = { code: 'E1308', detail: 'error 99', is: 'unknown' };

/** A chip whose whole content is a number. */
function chipAnswer(apdu: Uint8Array): Uint8Array {
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
  const good = (data: Uint8Array) => encodeResponse({ data, sw: 0x9000 });
  switch (apdu[1]) {
    case 0xa4: {
      const name = Buffer.from(apdu.subarray(5, 5 + apdu[4]!)).toString('latin1');
      return name.startsWith('1PAY') ? Uint8Array.of(0x6a, 0x82) : good(encodeTlv(0x6f, encodeTlv(0xa5)));
    }
    case 0xa8:
      return good(encodeTlv(0x80, bytes('7C0008010100')));
    default:
      return good(encodeTlv(0x70, encodeTlv(0x5a, bytes(NUMBER))));
  }
}

/** The mechanics as a test wants them: a card inside whose chip and stripe can be read, unless said otherwise. */
class Mechanics implements ReadingMotor {
  readonly dialect;
  position: CardPosition = 'inside';
  readonly did: string[] = [];
  readonly answers: Partial<Record<'enableEntry' | 'disableEntry' | 'look' | 'chipOn', Trouble>> = {};
  chip: (apdu: Uint8Array) => Result<Uint8Array, Trouble> = (apdu) => ok(chipAnswer(apdu));
  /** One answer for each command that reads the stripe. */
  stripe: Result<Uint8Array, Trouble>[] = [ok(STRIPE)];
  onPause = () => {};

  constructor(dialect = CRT) {
    this.dialect = dialect;
  }

  run(command: ReaderCommand): Promise<Result<ReaderAnswer, Trouble>> {
    const isStripe = this.dialect.stripe.some((read) => read.command === command);
    const data = isStripe ? (this.stripe.shift() ?? err(UNREADABLE)) : this.chip(command.data ?? new Uint8Array(0));
    return Promise.resolve(data.ok ? ok({ ...command, good: true, code: '', data: data.value }) : data);
  }

  #move(what: keyof Mechanics['answers']): Promise<Result<void, Trouble>> {
    this.did.push(what);
    const trouble = this.answers[what];
    return Promise.resolve(trouble ? err(trouble) : ok());
  }

  enableEntry = () => this.#move('enableEntry');
  disableEntry = () => this.#move('disableEntry');
  look = () => this.#move('look');
  chipOn = () => this.#move('chipOn');
  chipOff = () => Promise.resolve(void this.did.push('chipOff'));
  pause = () => Promise.resolve(this.onPause());
}

async function read(
  motor: Mechanics,
  { stripe = true, signal = new AbortController().signal, onStep = () => {} } = {},
) {
  const steps: string[] = [];
  const result = await readInserted(
    motor,
    { ...DEFAULT_MOTOR_OPTIONS, stripe },
    new ManualClock(),
    signal,
    ({ step }) => {
      steps.push(step);
      onStep();
    },
  );
  return { steps, ended: result.ok ? result.value.source : result.error.code, result };
}

test('a card is waited for with the shutter open, and read by its chip', async () => {
  const motor = new Mechanics();
  motor.position = 'none';
  motor.onPause = () => (motor.position = 'inside');
  const { ended, steps, result } = await read(motor);
  assert.equal(ended, 'chip');
  assert.ok(result.ok && result.value.number === NUMBER);
  assert.deepEqual(steps, ['inserted', 'reading']);
  assert.deepEqual(motor.did, ['enableEntry', 'look', 'look', 'disableEntry', 'chipOn', 'chipOff']);
});

for (const step of ['enableEntry', 'look', 'disableEntry'] as const) {
  test(`a reader that fails before the card is in says so (${step})`, async () => {
    const motor = new Mechanics();
    motor.answers[step] = { code: 'E1308', detail: 'motor dead', is: 'device' };
    const { ended, steps } = await read(motor);
    assert.equal(ended, 'E1308');
    assert.deepEqual(steps, []);
  });
}

test('a card that is pulled back at the last moment leaves no open shutter', async () => {
  const motor = new Mechanics();
  motor.answers.disableEntry = CARD_GONE;
  assert.equal((await read(motor)).ended, 'E1302');
  assert.deepEqual(motor.did, ['enableEntry', 'look', 'disableEntry', 'disableEntry']);
});

test('who gives up while he waits closes the shutter; who gives up later gets no number', async () => {
  const waiting = new AbortController();
  const motor = new Mechanics();
  motor.position = 'none';
  motor.onPause = () => waiting.abort('E9002');
  assert.equal((await read(motor, { signal: waiting.signal })).ended, 'E9002');
  assert.equal(motor.did.at(-1), 'disableEntry');

  const inserted = new AbortController();
  const taken = new Mechanics();
  const { ended } = await read(taken, { signal: inserted.signal, onStep: () => inserted.abort('E9001') });
  assert.equal(ended, 'E9001');
  assert.ok(!taken.did.includes('chipOn'));

  const reading = new AbortController();
  const chip = new Mechanics();
  chip.chip = (apdu) => (reading.abort('E9001'), ok(chipAnswer(apdu)));
  assert.equal((await read(chip, { signal: reading.signal })).ended, 'E9001');
  assert.equal(chip.did.at(-1), 'chipOff');

  const cancelled = new AbortController();
  const command = new Mechanics();
  command.chip = () => (cancelled.abort('E9002'), fail('E9001', 'cancelled'));
  assert.equal((await read(command, { signal: cancelled.signal })).ended, 'E9002', 'out of time, not cancelled');

  const between = new AbortController();
  const stripe = new Mechanics();
  stripe.chip = () => (between.abort('E9001'), err(UNREADABLE));
  assert.equal((await read(stripe, { signal: between.signal })).ended, 'E9001');
});

test('a chip that cannot be read leaves the stripe', async () => {
  const dead = new Mechanics();
  dead.answers.chipOn = { code: 'E1303', detail: 'chip does not start', is: 'chip' };
  assert.equal((await read(dead)).ended, 'stripe');
  assert.deepEqual(dead.did.slice(-2), ['chipOn', 'chipOff'], 'its contacts may be down all the same');

  const nonsense = new Mechanics();
  nonsense.chip = () => ok(Uint8Array.of(0x6a, 0x82));
  assert.equal((await read(nonsense)).ended, 'stripe');

  const strange = new Mechanics(ICT);
  strange.chip = () => err(NO_TABLE_HAS_IT);
  assert.equal((await read(strange)).ended, 'stripe');
});

test('a reader that fails in the middle of the chip is not asked for the stripe', async () => {
  const motor = new Mechanics();
  motor.chip = () => err(CARD_GONE);
  assert.equal((await read(motor)).ended, 'E1302');
  assert.equal(motor.stripe.length, 1);
});

test('without a stripe, a chip that cannot be read is the end', async () => {
  for (const [dialect, stripe] of [
    [CRT, false],
    [{ ...CRT, stripe: [] }, true],
  ] as const) {
    const motor = new Mechanics(dialect);
    motor.chip = () => err(UNREADABLE);
    assert.equal((await read(motor, { stripe })).ended, 'E1303');
    assert.equal(motor.stripe.length, 1, 'nobody asked for it');
  }
});

test('the tracks are read in turn until one has a number', async () => {
  const track1 = Buffer.from(`B${NUMBER}^ ^31051200000`, 'latin1');
  for (const [stripe, ended] of [
    [[ok(Buffer.from(`${NUMBER}=31051200000`))], 'stripe'],
    [[err(UNREADABLE), ok(track1)], 'stripe'],
    [[ok(Buffer.from('blank')), ok(track1)], 'stripe'],
    [[err(UNREADABLE), ok(Buffer.from('blank'))], 'E1303'],
    [[err(CARD_GONE), ok(track1)], 'E1302'],
  ] as const) {
    const motor = new Mechanics(ICT);
    motor.chip = () => err(UNREADABLE);
    motor.stripe = [...stripe];
    assert.equal((await read(motor)).ended, ended);
  }
});
