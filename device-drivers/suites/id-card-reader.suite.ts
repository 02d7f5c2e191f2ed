import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import type { IdCardExtras } from '@kiosk/contract/services/devices.ts';
import type { CommandName } from '../codec/sdt.ts';
import type { Driver, IdCardRead, IdCardReaderDevice } from '../drivers/driver.ts';
import { Watched } from './watched.ts';

/** What a person, or a simulator in a person's place, does at a reader. */
export interface ReaderHands {
  /** A card the bench knows; answers with what its chip holds. */
  layCard(which?: LaidCard): Promise<IdCard>;
  liftCard(): Promise<void>;
  /** `times` answers are spoilt; absent: until clearFaults. `during`: only answers to this command. */
  fault(kind: ReaderFault, times?: number, during?: CommandName): Promise<void>;
  clearFaults(): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Resolves when the reader has looked this often, from now on, whether its card still lies there. */
  lookedForLifting(times: number): Promise<void>;
  /** Resolves when a fault has lifted the card. */
  cardGone(): Promise<void>;
  /** Resolves when the reader has heard a command this often, from now on. */
  heard(command: CommandName, times: number): Promise<void>;
}

/**
 * `wrongCheckDigit`: its number does not check out. `everything`: picture, two fingerprints and an appended address.
 * `foreign`: a permanent resident's of 2023, with the link to the number of 2017.
 */
export type LaidCard = 'ordinary' | 'wrongCheckDigit' | 'everything' | 'foreign';
/** Appended to the card with everything. */
export const NEWEST_ADDRESS = '江州市望江区柳荫路20号';

export type ReaderFault =
  | 'silent'
  | 'garbage'
  | 'badChecksum'
  | 'slow'
  | 'split'
  | 'merged'
  | 'unplug'
  | 'liftDuringFind'
  | 'liftDuringSelect'
  | 'liftDuringRead'
  | 'liftDuringAddress'
  | 'unselectable'
  | 'unreadable'
  | 'samFault';

export interface ReaderBench {
  readonly driver: Driver<'idCardReader'>;
  readonly port: string;
  readonly options?: Record<string, unknown>;
  /** Absent on real hardware when nobody stands by; what needs hands is then skipped. */
  readonly hands: ReaderHands | undefined;
  close(): Promise<void>;
}

/** What every ID card reader must do, whatever its driver. Runs on a simulator and on real hardware. */
export function idCardReaderSuite(name: string, open: () => Promise<ReaderBench>, hasHands: boolean): void {
  const skip = hasHands ? false : 'needs somebody to lay and lift cards';

  describe(name, { timeout: 120_000 }, () => {
    let bench: ReaderBench;
    let reader: IdCardReaderDevice;
    let watched: Watched<'idCardReader'>;

    const hands = () => {
      assert.ok(bench.hands, 'this test needs hands and should have been skipped');
      return bench.hands;
    };
    const never = new AbortController().signal;
    const read = (signal: AbortSignal = never, steps: string[] = []): Promise<Result<IdCard>> =>
      reader.readIdCard({ signal, onProgress: ({ step }) => void steps.push(step) });
    const readWith = async (...extras: (keyof IdCardExtras)[]): Promise<IdCardRead> => {
      const result = await reader.readIdCard({ signal: never, onProgress: () => {}, extras });
      assert.ok(result.ok, JSON.stringify(result));
      return result.value;
    };

    before(async () => void (bench = await open()));
    after(() => bench.close());

    beforeEach(async () => {
      await bench.hands?.clearFaults();
      await bench.hands?.plug();
      await bench.hands?.liftCard();
      watched = new Watched(bench);
      reader = watched.device;
      reader.start();
      await watched.until('ready');
    });

    afterEach(() => reader.stop());

    test('a reader that was just connected says who it is', () => {
      assert.match(reader.status().identity ?? '', /^\d\d\.\d\d-\d{8}-\d{10}-\d{10}$/);
    });

    test('the self-test of a healthy reader passes every step', async () => {
      const steps = await reader.selfTest({ signal: never });
      assert.deepEqual(
        steps.filter((step) => !step.passed),
        [],
      );
      assert.ok(steps.length >= 3);
    });

    test('waiting ends when it is cancelled, and otherwise when its time is up', async () => {
      for (const code of ['E9001', 'E9002']) {
        const controller = new AbortController();
        const waiting = read(controller.signal);
        controller.abort(code);
        const result = await waiting;
        assert.equal(!result.ok && result.error.code, code);
      }
    });

    test('a card laid down while it is waited for is read whole', { skip }, async () => {
      const steps: string[] = [];
      const waiting = read(never, steps);
      const laid = await hands().layCard();
      assert.deepEqual(await waiting, { ok: true, value: laid });
      assert.deepEqual(steps, ['found', 'reading']);
      assert.equal(watched.counted['cardsRead'], 1);
    });

    test('a card that lies there before anybody waits is read', { skip }, async () => {
      const laid = await hands().layCard();
      assert.deepEqual(await read(), { ok: true, value: laid });
    });

    test('a number with a wrong check digit is given as the chip has it', { skip }, async () => {
      const laid = await hands().layCard('wrongCheckDigit');
      assert.deepEqual(await read(), { ok: true, value: laid });
    });

    test('picture, fingerprints and address stay in the reader until they are asked for', { skip }, async () => {
      await hands().layCard('everything');
      assert.equal('extras' in (await readWith()), false);
      await hands().liftCard();
      await hands().lookedForLifting(1);
      await hands().layCard('everything');
      assert.deepEqual(Object.keys((await readWith('photoWlt')).extras ?? {}), ['photoWlt']);
    });

    test('everything a card has, when it is asked for', { skip }, async () => {
      await hands().layCard('everything');
      const { extras = {} } = await readWith('photoWlt', 'fingerprints', 'newestAddress', 'formerNumber');
      assert.equal(Buffer.from(extras.photoWlt ?? '', 'base64').length, 1024);
      assert.equal(Buffer.from(extras.fingerprints ?? '', 'base64').length, 1024);
      assert.equal(extras.newestAddress, NEWEST_ADDRESS);
      assert.equal('formerNumber' in extras, false);
    });

    test('a card without fingerprints and appended address has none, and is read all the same', { skip }, async () => {
      await hands().layCard('ordinary');
      assert.deepEqual((await readWith('fingerprints', 'newestAddress')).extras, {});
    });

    test('the card of a permanent resident tells the number of the card before', { skip }, async () => {
      const laid = await hands().layCard('foreign');
      const { extras, ...card } = await readWith('formerNumber');
      assert.deepEqual(card, laid);
      assert.match(extras?.formerNumber ?? '', /^XXX\d{12}$/);
    });

    test('a card left lying is not read again, and its lifting is told once', { skip }, async () => {
      await hands().layCard();
      assert.ok((await read()).ok);
      let again: Result<IdCard> | undefined;
      const waiting = read().then((result) => (again = result));
      await hands().lookedForLifting(3);
      assert.equal(again, undefined, 'the same presentation was read twice');
      const told = once(watched.news, 'cardLifted');
      await hands().liftCard();
      await told;
      const next = await hands().layCard();
      assert.deepEqual(await waiting, { ok: true, value: next });
    });

    test('a card pulled away while the text is read', { skip }, async () => {
      await hands().fault('liftDuringRead', 1);
      await hands().layCard();
      const result = await read();
      assert.equal(!result.ok && result.error.code, 'E1102');
      const laid = await hands().layCard();
      assert.deepEqual(await read(), { ok: true, value: laid }, 'the card laid down again is read');
    });

    test('an unreadable card is refused once and not tried again until it was lifted', { skip }, async () => {
      await hands().fault('unreadable', 1);
      await hands().layCard();
      const first = await read();
      assert.equal(!first.ok && first.error.code, 'E1103');
      let again: Result<IdCard> | undefined;
      const waiting = read().then((result) => (again = result));
      await hands().lookedForLifting(2);
      assert.equal(again, undefined, 'the unreadable card was tried again where it lies');
      await hands().liftCard();
      await hands().lookedForLifting(1);
      const laid = await hands().layCard();
      assert.deepEqual(await waiting, { ok: true, value: laid });
    });

    for (const noise of ['silent', 'garbage', 'badChecksum', 'slow'] as const) {
      test(`one spoilt answer (${noise}) is asked for again and nobody notices`, { skip }, async () => {
        const waiting = read();
        await hands().fault(noise, 1);
        const laid = await hands().layCard();
        assert.deepEqual(await waiting, { ok: true, value: laid });
        assert.equal(reader.status().state, 'ready');
      });
    }

    test('a reader that falls silent is offline, says so to who waits, and comes back', { skip }, async () => {
      const waiting = read();
      await hands().fault('silent');
      const result = await waiting;
      assert.equal(!result.ok && result.error.code, 'E1101');
      assert.deepEqual([reader.status().state, reader.status().code], ['offline', 'E1101']);
      const refused = await read();
      assert.equal(!refused.ok && refused.error.code, 'E1101', 'an offline reader refuses at once');
      assert.ok((await reader.selfTest({ signal: never })).some((step) => !step.passed));
      await hands().clearFaults();
      await watched.until('ready');
      assert.equal(watched.counted['resets'], 1);
    });

    test('a cable pulled out while a card is waited for, and put back', { skip }, async () => {
      const waiting = read();
      await hands().unplug();
      const result = await waiting;
      assert.equal(!result.ok && result.error.code, 'E1101');
      await watched.until('offline');
      await hands().plug();
      await watched.until('ready');
      const laid = await hands().layCard();
      assert.deepEqual(await read(), { ok: true, value: laid });
    });

    test('a cable pulled out while nobody does anything is noticed by the heartbeat', { skip }, async () => {
      await hands().unplug();
      await watched.until('offline');
      await hands().plug();
      await watched.until('ready');
    });

    test('a card that was read is not read again because the reader lost its power', { skip }, async () => {
      await hands().layCard();
      assert.ok((await read()).ok);
      await hands().unplug();
      await watched.until('offline');
      await hands().plug();
      await watched.until('ready');
      const controller = new AbortController();
      const waiting = read(controller.signal);
      await hands().lookedForLifting(2);
      controller.abort('E9001');
      const result = await waiting;
      assert.equal(!result.ok && result.error.code, 'E9001', 'the same presentation was read twice');
    });

    test('a security module that refuses to work is a fault and not an absence', { skip }, async () => {
      await hands().fault('samFault');
      await watched.until('fault');
      assert.equal(reader.status().code, 'E1107');
      const refused = await read();
      assert.equal(!refused.ok && refused.error.code, 'E1107');
      await hands().clearFaults();
      await watched.until('ready');
    });
  });
}
