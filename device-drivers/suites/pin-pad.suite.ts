import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { PadKey, PinBlock } from '@kiosk/contract/services/devices.ts';
import type { PinPadDevice } from '../drivers/driver.ts';
import { cellsOf } from './matrix.ts';
import type { PadBench } from './pin-pad.hands.ts';
import { type PadStep, pinPadMatrix } from './pin-pad.matrix.ts';
import { Watched } from './watched.ts';

const PIN = '907214';

/** What every PIN pad must do, whatever its driver. Runs on a simulator and on real hardware. */
export function pinPadSuite(name: string, open: () => Promise<PadBench>, hasHands: boolean): void {
  const skip = hasHands ? false : 'needs somebody to press keys';

  describe(name, { timeout: 600_000 }, () => {
    let bench: PadBench;
    let pad: PinPadDevice;
    let watched: Watched<'pinPad'>;
    /** Everything that left the driver in this whole run, as text. */
    const seen: string[] = [];
    const blocks = new Set<string>();
    const never = new AbortController().signal;

    const hands = () => {
      assert.ok(bench.hands, 'this test needs hands and should have been skipped');
      return bench.hands;
    };
    const codeOf = (result: Result<unknown>) => {
      if (result.ok) return 'ok';
      seen.push(JSON.stringify(result.error));
      return result.error.code;
    };
    const enter = (signal: AbortSignal = never, counts: number[] = [], format: PinBlock['format'] = 'iso0') =>
      pad.enterPin({
        signal,
        format,
        cardNumber: bench.cardNumber,
        minDigits: 4,
        maxDigits: 6,
        onDigits: (count) => void counts.push(count),
      });
    /** A whole entry, which must succeed. */
    const enterWell = async (format: PinBlock['format'] = 'iso0') => {
      const entry = enter(never, [], format);
      await hands().takes('pin');
      await hands().press(...PIN, 'enter');
      const result = await entry;
      assert.equal(codeOf(result), 'ok');
      assert.ok(result.ok);
      blocks.add(result.value.blockHex);
      assert.deepEqual(result.value, { format, digits: 6, blockHex: hands().block(format, PIN, bench.cardNumber) });
    };
    const create = () => {
      watched = new Watched(bench, seen);
      return watched.device;
    };
    /** After whatever a test did to it: the pad is whole, connected and has its keys. */
    const recover = async () => {
      await hands().clearFaults();
      await hands().plug();
      await hands().putInOrder();
      const answers = () => pad.status().state === 'ready' || pad.status().code === 'E1402';
      let loaded = 'E1401';
      // Its silence may have been noticed only now: then it is offline in a moment, and back in the next.
      while (loaded === 'E1401') {
        while (!answers()) await once(watched.news, 'status');
        loaded = codeOf(await hands().loadKeys(pad));
      }
      assert.equal(loaded, 'ok', 'the keys could be loaded again');
      assert.equal(pad.status().state, 'ready');
    };

    before(async () => void (bench = await open()));
    after(() => bench.close());

    beforeEach(async () => {
      await bench.hands?.clearFaults();
      await bench.hands?.plug();
      await bench.hands?.putInOrder();
      pad = create();
      pad.start();
      await watched.until('ready');
      if (bench.hands) assert.equal(codeOf(await bench.hands.loadKeys(pad)), 'ok');
    });

    afterEach(() => pad.stop());

    test('the self-test of a healthy pad passes every step', async () => {
      const steps = await pad.selfTest({ signal: never });
      seen.push(JSON.stringify(steps));
      assert.deepEqual(
        steps.filter((step) => !step.passed),
        [],
      );
      assert.ok(steps.length >= 3);
    });

    test('waiting for a PIN ends when it is cancelled, and otherwise when its time is up', async () => {
      for (const code of ['E9001', 'E9002']) {
        const controller = new AbortController();
        const entry = enter(controller.signal);
        controller.abort(code);
        assert.equal(codeOf(await entry), code);
      }
    });

    for (const format of ['iso0', 'sm4'] as const) {
      test(`a PIN becomes a block for this card (${format})`, { skip }, () => enterWell(format));
    }

    test('only how many digits were typed is told, and taking one back counts', { skip, timeout: 60_000 }, async () => {
      const counts: number[] = [];
      const entry = enter(never, counts);
      await hands().takes('pin');
      await hands().press('9', '0', 'clear', '0', '7', '2', 'enter');
      const result = await entry;
      assert.ok(result.ok);
      assert.deepEqual(counts, [1, 2, 1, 2, 3, 4]);
      assert.equal(result.value.digits, 4);
      assert.equal(result.value.blockHex, hands().block('iso0', '9072', bench.cardNumber));
      assert.equal(watched.counted['pins'], 1);
    });

    test('too short a PIN is not taken', { skip, timeout: 60_000 }, async () => {
      const entry = enter();
      await hands().takes('pin');
      await hands().press('9', '0', '7', 'enter', '2', 'enter');
      const result = await entry;
      assert.equal(result.ok && result.value.digits, 4);
    });

    test('a person who presses cancel may start again', { skip, timeout: 60_000 }, async () => {
      const entry = enter();
      await hands().takes('pin');
      await hands().press('9', '0', 'cancel');
      assert.equal(codeOf(await entry), 'E1404');
      await enterWell();
    });

    test('an entry that the pad ends by itself is out of time', { skip, timeout: 60_000 }, async () => {
      const entry = enter();
      await hands().takes('pin');
      await hands().press('9', '0');
      await hands().timeOut();
      assert.equal(codeOf(await entry), 'E9002');
      await enterWell();
    });

    test('an entry that is given up leaves no keyboard on', { skip, timeout: 60_000 }, async () => {
      const controller = new AbortController();
      const entry = enter(controller.signal);
      await hands().takes('pin');
      await hands().press('9', '0');
      controller.abort('E9001');
      assert.equal(codeOf(await entry), 'E9001');
      await hands().takes('off');
      await enterWell();
    });

    test('keys drive the screen for who cannot see it, until it is enough', { skip, timeout: 60_000 }, async () => {
      const keys: PadKey[] = [];
      const controller = new AbortController();
      const reading = pad.readKeys({
        signal: controller.signal,
        onKey: (key) => (keys.push(key), watched.news.emit('key')),
      });
      await hands().takes('clear');
      await hands().press('tab', 'down', 'up', 'left', 'right', '7', '0', 'point', 'clear', 'enter', 'cancel');
      while (keys.length < 11) await once(watched.news, 'key');
      assert.deepEqual(keys, ['tab', 'down', 'up', 'left', 'right', '7', '0', 'point', 'clear', 'enter', 'cancel']);
      controller.abort('E9001');
      assert.equal(codeOf(await reading), 'E9001');
      await hands().takes('off');
    });

    test(
      'a pad that was opened is out of service, and stays so until it has keys again',
      { skip, timeout: 60_000 },
      async () => {
        const told = once(watched.news, 'cabinetChanged');
        await hands().fault('tamper');
        await told;
        assert.deepEqual([pad.status().state, pad.status().code], ['fault', 'E1403']);
        assert.equal(codeOf(await enter()), 'E1403');
        await hands().putInOrder();
        while (pad.status().code !== 'E1402') await once(watched.news, 'status');
        assert.equal(codeOf(await enter()), 'E1402', 'its keys are gone');
        await recover();
        await enterWell();
      },
    );

    describe('every fault at every step', { skip }, () => {
      const steps: Readonly<Record<PadStep, (spoil: () => Promise<void>) => Promise<string>>> = {
        async connect(spoil) {
          await pad.stop();
          pad = create();
          await spoil();
          pad.start();
          // The first try decides, whatever a later one makes of it.
          await once(watched.news, 'status');
          return pad.status().code ?? 'ok';
        },
        async idle(spoil) {
          const changed = once(watched.news, 'status');
          await spoil();
          // A command and its repetition may go wrong; the third one is a new one.
          await Promise.race([changed, hands().heard(3)]);
          return pad.status().code ?? 'ok';
        },
        async open(spoil) {
          await spoil();
          const entry = enter();
          const opened = hands().takes('pin');
          // An entry that opened is gone through to its end.
          if ((await Promise.race([entry, opened])) === undefined) await hands().press(...PIN, 'enter');
          return codeOf(await entry);
        },
        async type(spoil) {
          const entry = enter();
          await hands().takes('pin');
          await hands().press('9');
          await spoil();
          await hands().press(...PIN.slice(1), 'enter');
          const result = await entry;
          if (result.ok) assert.equal(result.value.blockHex, hands().block('iso0', PIN, bench.cardNumber));
          return codeOf(result);
        },
        async read(spoil) {
          const entry = enter();
          await hands().takes('pin');
          await hands().press(...PIN);
          await spoil();
          await hands().press('enter');
          const result = await entry;
          if (result.ok) assert.equal(result.value.blockHex, hands().block('iso0', PIN, bench.cardNumber));
          return codeOf(result);
        },
        async openKeys(spoil) {
          await spoil();
          return readSeven();
        },
        async listen(spoil) {
          return readSeven(spoil);
        },
        async loadKey(spoil) {
          await spoil();
          return codeOf(await hands().loadKeys(pad));
        },
        async mac(spoil) {
          await spoil();
          return codeOf(await hands().mac(pad));
        },
      };
      /** Keys for the screen until a 7 comes. */
      const readSeven = async (spoil?: () => Promise<void>) => {
        const controller = new AbortController();
        const reading = pad.readKeys({
          signal: controller.signal,
          onKey: (key) => void (key === '7' && controller.abort('E9001')),
        });
        let open = (await Promise.race([reading, hands().takes('clear')])) === undefined;
        if (open) await spoil?.();
        while (open) {
          // Who gets no answer to a key presses it again.
          await hands().press('7');
          open = (await Promise.race([reading, hands().heard(1)])) === undefined;
        }
        const code = codeOf(await reading);
        return code === 'E9001' ? 'ok' : code;
      };

      for (const { step, fault, cell } of cellsOf(pinPadMatrix)) {
        const title = `${step}, ${fault}`;
        if ('notApplicable' in cell) continue;
        test(title, { timeout: 60_000 }, async () => {
          const ended = await steps[step](() => hands().fault(fault));
          assert.equal(ended, cell.ends, `${pinPadMatrix.steps[step]}: ${pinPadMatrix.faults[fault]}`);
          await recover();
          await enterWell();
        });
      }
    });

    test('no PIN, key, block or card number left the driver in any of this', { skip }, () => {
      assert.ok(seen.length > 50, 'there is something to search');
      assert.ok(blocks.size >= 1);
      const { cardNumber } = bench;
      const secrets = [
        ...hands().secrets,
        ...blocks,
        PIN,
        cardNumber,
        cardNumber.slice(-13, -1),
        cardNumber.slice(0, 8),
      ];
      const text = seen.join('\n').toUpperCase();
      for (const secret of secrets) {
        assert.ok(
          !text.includes(secret.toUpperCase()),
          'a secret stands in a log line, an error, a status or a self-test',
        );
      }
    });
  });
}
