import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { BankCard } from '@kiosk/contract/services/devices.ts';
import { luhnValid } from '../codec/luhn.ts';
import type { BankCardReaderDevice, Driver } from '../drivers/driver.ts';
import { SYNTHETIC_CARDS, type SyntheticCardName } from './synthetic-card.ts';
import { Watched } from './watched.ts';

/** What a person, or a simulator in a person's place, does at a reader. */
export interface BankCardHands {
  insert(which: SyntheticCardName): Promise<void>;
  /** Takes the card that can be taken: from the gate, or out of a reader without a motor. Whether there was one. */
  take(): Promise<boolean>;
  /** A technician opens the machine: card and jam out, bin emptied. */
  empty(): Promise<void>;
  fault(kind: BankCardFault, at?: BankCardStep, times?: number): Promise<void>;
  clearFaults(): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** The reader restarts; a card stays where it is. Absent: it has no power of its own. */
  readonly powerLoss?: () => Promise<void>;
  readonly fillBin?: () => Promise<void>;
  /** What a real machine would have suffered, and how many cards are in its bin. */
  state(): Promise<{ readonly position: string; readonly retained: number; readonly harm: readonly string[] }>;
}

export type BankCardStep =
  'directory' | 'directoryRecord' | 'application' | 'options' | 'record' | 'status' | 'toChip' | 'chipOn';
export type BankCardFault =
  | 'pulled'
  | 'getResponse'
  | 'wrongLength'
  | 'badStatus'
  | 'nonsense'
  | 'wrongRecords'
  | 'endless'
  | 'silent'
  | 'noAnswer'
  | 'nak'
  | 'badCheck'
  | 'split'
  | 'merged'
  | 'errorHead'
  | 'chipMute'
  | 'jam'
  | 'mute'
  | 'serviceDies';

export interface BankCardBench {
  readonly driver: Driver<'bankCardReader'>;
  readonly port: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly hands: BankCardHands | undefined;
  close(): Promise<void>;
}

export interface BankCardSuite {
  readonly name: string;
  readonly open: () => Promise<BankCardBench>;
  /** It draws cards in, reads stripes and has a bin. */
  readonly motor: boolean;
  readonly hasHands: boolean;
  /** The whole suite cannot run here. */
  readonly skip?: string | undefined;
}

/** What every bank card reader must do, whoever made it. Runs on simulators and on real hardware. */
export function bankCardReaderSuite({ name, open, motor, hasHands, skip: whole }: BankCardSuite): void {
  const skip = hasHands ? false : 'needs somebody to put in and take out cards';
  const skipDip = skip || (motor ? 'it has a motor' : false);
  const skipMotor = skip || (motor ? false : 'it has no motor');

  describe(name, { timeout: 120_000, ...(whole === undefined ? {} : { skip: whole }) }, () => {
    let bench: BankCardBench;
    let reader: BankCardReaderDevice;
    let watched: Watched<'bankCardReader'>;
    let said: string[];

    const hands = () => {
      assert.ok(bench.hands, 'this test needs hands and should have been skipped');
      return bench.hands;
    };
    const never = new AbortController().signal;
    const read = (signal: AbortSignal = never, steps: string[] = []): Promise<Result<BankCard>> =>
      reader.readBankCard({ signal, onProgress: ({ step }) => void steps.push(step) });
    /** Ejects, and a person takes the card as soon as it can be taken. */
    const giveBack = async () => {
      const ejecting = reader.eject({ signal: never });
      let out = false;
      void ejecting.then(() => (out = true));
      while (!out && !(await hands().take())) await new Promise((resolve) => setTimeout(resolve, 5));
      return ejecting;
    };
    const codeOf = (result: Result<unknown>) => (result.ok ? 'read' : result.error.code);

    before(async () => void (bench = await open()));
    after(() => bench.close());

    beforeEach(async () => {
      said = [];
      await bench.hands?.clearFaults();
      await bench.hands?.plug();
      await bench.hands?.empty();
      create();
      reader.start();
      await watched.until('ready');
    });

    function create(options: Readonly<Record<string, unknown>> = {}): void {
      watched = new Watched({ ...bench, options: { ...bench.options, ...options } }, said);
      reader = watched.device;
    }

    async function recreate(options: Readonly<Record<string, unknown>>): Promise<void> {
      await reader.stop();
      create(options);
      reader.start();
      await watched.until('ready');
    }

    afterEach(async () => {
      await reader.stop();
      if (!bench.hands) return;
      assert.deepEqual((await bench.hands.state()).harm, [], 'a real reader would have been harmed');
      for (const card of Object.values(SYNTHETIC_CARDS)) {
        assert.ok(!said.join().includes(card.number.slice(0, -4)), 'a card number stands in the log');
      }
    });

    test('the self-test of a healthy reader passes every step', async () => {
      const steps = await reader.selfTest({ signal: never });
      assert.deepEqual(
        steps.filter((step) => !step.passed),
        [],
      );
      assert.ok(steps.length >= 3);
      assert.ok(reader.status().identity, 'it does not say who it is');
    });

    test('waiting ends when it is cancelled, and otherwise when its time is up', async () => {
      for (const code of ['E9001', 'E9002']) {
        const controller = new AbortController();
        const waiting = read(controller.signal);
        controller.abort(code);
        assert.equal(codeOf(await waiting), code);
      }
    });

    for (const which of ['ordinary', 'old', 'track2Only', 'holder', 'wrongCheckDigit'] as const) {
      test(`the chip is read (${which}), and its owner gets the card back`, { skip }, async () => {
        const card = SYNTHETIC_CARDS[which];
        const steps: string[] = [];
        const waiting = read(never, steps);
        await hands().insert(which);
        assert.deepEqual(await waiting, {
          ok: true,
          value: {
            source: 'chip',
            number: card.number,
            luhnValid: luhnValid(card.number),
            expires: card.expires,
            ...(card.holder === undefined ? {} : { holder: { documentNumber: card.holder, documentKind: '00' } }),
            applicationId: 'A000000333010101',
          },
        });
        assert.deepEqual(steps, ['inserted', 'reading']);
        assert.equal(reader.position(), 'inside');
        assert.deepEqual(await giveBack(), { ok: true, value: undefined });
        assert.equal(reader.position(), 'none');
        assert.equal(watched.counted['cardsRead'], 1);
      });
    }

    test('a card without a chip is read by its stripe', { skip: skipMotor }, async () => {
      const waiting = read();
      await hands().insert('stripeOnly');
      const { number, expires } = SYNTHETIC_CARDS.stripeOnly;
      assert.deepEqual(await waiting, { ok: true, value: { source: 'stripe', number, luhnValid: true, expires } });
      await giveBack();
    });

    test('a card that holds nothing is given back and the next one is read', { skip }, async () => {
      const waiting = read();
      await hands().insert('neither');
      assert.equal(codeOf(await waiting), 'E1303');
      await giveBack();
      const next = read();
      await hands().insert('ordinary');
      assert.equal(codeOf(await next), 'read');
      await giveBack();
    });

    for (const fault of ['getResponse', 'wrongLength'] as const) {
      test(`a chip that wants every answer fetched another way (${fault}) is read`, { skip }, async () => {
        await hands().fault(fault);
        const waiting = read();
        await hands().insert('ordinary');
        assert.equal(codeOf(await waiting), 'read');
        await giveBack();
      });
    }

    for (const at of ['directory', 'application', 'options', 'record'] as const) {
      test(`a card pulled out while its chip is read (${at}), and put in again`, { skip }, async () => {
        const waiting = read();
        await hands().fault('pulled', at, 1);
        await hands().insert('ordinary');
        assert.equal(codeOf(await waiting), 'E1302');
        assert.equal(codeOf(await giveBack()), 'read', 'there is no card to give back any more');
        const again = read();
        await hands().insert('ordinary');
        assert.equal(codeOf(await again), 'read');
        await giveBack();
      });
    }

    for (const fault of ['badStatus', 'nonsense', 'endless'] as const) {
      test(`a chip that answers nonsense (${fault})`, { skip }, async () => {
        const waiting = read();
        await hands().fault(fault, 'options');
        await hands().insert(motor ? 'ordinary' : 'old');
        const result = await waiting;
        // With a stripe there is another way to the number.
        assert.equal(result.ok ? result.value.source : result.error.code, motor ? 'stripe' : 'E1303');
        await giveBack();
      });
    }

    test('a chip whose list of records is wrong', { skip }, async () => {
      const waiting = read();
      await hands().fault('wrongRecords');
      await hands().insert('ordinary');
      const result = await waiting;
      assert.equal(result.ok ? result.value.source : result.error.code, motor ? 'stripe' : 'E1303');
      await giveBack();
    });

    test('a chip that falls silent is given up after its time', { skip: skipDip }, async () => {
      const waiting = read();
      await hands().fault('mute', 'record', 1);
      await hands().insert('ordinary');
      assert.equal(codeOf(await waiting), 'E1303');
      await giveBack();
    });

    test('a chip that does not start leaves the stripe', { skip: skipMotor }, async () => {
      const waiting = read();
      await hands().fault('chipMute', 'chipOn', 1);
      await hands().fault('errorHead', 'chipOn', 1);
      await hands().insert('ordinary');
      const result = await waiting;
      assert.equal(result.ok && result.value.source, 'stripe');
      await giveBack();
    });

    for (const noise of ['silent', 'nak', 'badCheck', 'split', 'merged'] as const) {
      test(`one spoilt exchange (${noise}) is repeated and nobody notices`, { skip: skipMotor }, async () => {
        const waiting = read();
        await hands().fault(noise, 'options', 1);
        await hands().insert('ordinary');
        assert.equal(codeOf(await waiting), 'read');
        assert.equal(reader.status().state, 'ready');
        await giveBack();
      });
    }

    test('a card nobody takes is retained after its time, and counted', { skip: skipMotor }, async () => {
      await recreate({ takeWithinMs: 150 });
      const before = (await hands().state()).retained;
      const waiting = read();
      await hands().insert('ordinary');
      assert.equal(codeOf(await waiting), 'read');
      const ejected = await reader.eject({ signal: never });
      assert.deepEqual([codeOf(ejected), !ejected.ok && ejected.error.detail], ['E1304', 'retained']);
      assert.equal((await hands().state()).retained, before + 1);
      assert.equal(watched.counted['cardsRetained'], 1);
      assert.equal(reader.position(), 'none');
    });

    test(
      'a card that is waited for too long at the gate stays there when the policy says so',
      { skip: skipMotor },
      async () => {
        await recreate({ notTaken: 'leave', takeWithinMs: 150 });
        const waiting = read();
        await hands().insert('ordinary');
        await waiting;
        assert.equal(codeOf(await reader.eject({ signal: never })), 'E1304');
        assert.equal(reader.position(), 'gate');
        assert.deepEqual(reader.status().warnings, ['E1304']);
        assert.ok(await hands().take());
      },
    );

    test('a card taken into the bin on demand', { skip: skipMotor }, async () => {
      const waiting = read();
      await hands().insert('ordinary');
      await waiting;
      assert.deepEqual(await reader.retain({ signal: never }), { ok: true, value: { outcome: 'done', printed: 1 } });
      assert.equal(watched.counted['cardsRetained'], 1);
      assert.equal(codeOf(await reader.retain({ signal: never })), 'E1302', 'there is no card any more');
    });

    test('a reader without a bin says that it keeps no card', { skip: skipDip }, async () => {
      assert.equal(codeOf(await reader.retain({ signal: never })), 'E1306');
    });

    test('a full bin takes the reader out of service until it is emptied', { skip: skipMotor }, async () => {
      const waiting = read();
      await hands().insert('ordinary');
      await waiting;
      await hands().fillBin?.();
      const retained = await reader.retain({ signal: never });
      assert.equal(retained.ok ? retained.value.code : retained.error.code, 'E1306');
      await watched.until('fault');
      assert.equal(reader.status().code, 'E1306');
      await hands().empty();
      await watched.until('ready');
    });

    test(
      'a jam is a fault, refuses what is asked, and is over when somebody cleared it',
      { skip: skipMotor },
      async () => {
        const waiting = read();
        await hands().fault('jam', 'toChip', 1);
        await hands().insert('ordinary');
        assert.equal(codeOf(await waiting), 'E1305');
        await watched.until('fault');
        assert.deepEqual([reader.status().code, reader.position()], ['E1305', 'jammed']);
        assert.equal(codeOf(await reader.eject({ signal: never })), 'E1305');
        await hands().empty();
        await watched.until('ready');
        assert.equal(reader.position(), 'none');
      },
    );

    test('power lost with a card inside: the card comes out when the reader is back', { skip: skipMotor }, async () => {
      const waiting = read();
      await hands().insert('ordinary');
      assert.equal(codeOf(await waiting), 'read');
      await hands().powerLoss?.();
      assert.equal(codeOf(await reader.eject({ signal: never })), 'E1301');
      while (!(await hands().take())) await new Promise((resolve) => setTimeout(resolve, 10));
      await watched.until('ready');
      assert.equal(reader.position(), 'none');
    });

    test('a card left inside when the program starts goes by the policy', { skip: skipMotor }, async () => {
      const before = (await hands().state()).retained;
      const waiting = read();
      await hands().insert('ordinary');
      await waiting;
      await recreate({ cardLeftInside: 'retain' });
      assert.equal((await hands().state()).retained, before + 1);
      assert.equal(watched.counted['cardsRetained'], 1);
    });

    test(
      'a reader that falls silent is offline, says so to who waits, and comes back',
      { skip: skipMotor },
      async () => {
        const waiting = read();
        await hands().fault('silent');
        assert.equal(codeOf(await waiting), 'E1301');
        await watched.until('offline');
        assert.equal(reader.position(), 'unknown');
        assert.equal(codeOf(await read()), 'E1301', 'an offline reader refuses at once');
        assert.ok((await reader.selfTest({ signal: never })).some((step) => !step.passed));
        await hands().clearFaults();
        await watched.until('ready');
        assert.equal(watched.counted['resets'], 1);
      },
    );

    test('the connection lost while a card is waited for, and back again', { skip }, async () => {
      const waiting = read();
      await hands().unplug();
      assert.equal(codeOf(await waiting), 'E1301');
      await watched.until('offline');
      await hands().plug();
      await watched.until('ready');
      const again = read();
      await hands().insert('ordinary');
      assert.equal(codeOf(await again), 'read');
      await giveBack();
    });

    test('the service of the system dies while a chip is read', { skip: skipDip }, async () => {
      const waiting = read();
      await hands().fault('serviceDies', 'options', 1);
      await hands().insert('ordinary');
      assert.equal(codeOf(await waiting), 'E1301');
      await watched.until('offline');
      await hands().plug();
      await watched.until('ready');
    });

    test('a card left in the reader is not read twice', { skip: skipDip }, async () => {
      const waiting = read();
      await hands().insert('ordinary');
      assert.equal(codeOf(await waiting), 'read');
      const controller = new AbortController();
      const again = read(controller.signal);
      controller.abort('E9001');
      assert.equal(codeOf(await again), 'E9001', 'the same presentation was read twice');
      await giveBack();
    });
  });
}
