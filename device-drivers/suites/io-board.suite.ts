import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { type CabinetInputs, type Light, Slot } from '@kiosk/contract/services/devices.ts';
import type { Driver, IoBoardDevice } from '../drivers/driver.ts';
import { type BoardFault, type BoardStep, ioBoardMatrix } from './io-board.matrix.ts';
import { cellsOf } from './matrix.ts';
import { Watched } from './watched.ts';

/** What a person, or a simulator in a person's place, does at a cabinet. */
export interface BoardHands {
  set(inputs: CabinetInputs): Promise<void>;
  /** Resolves when that output shows that. */
  shows(output: Slot | 'sounder', light: Light): Promise<void>;
  fault(kind: BoardFault): Promise<void>;
  clearFaults(): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Resolves when the board answered this often from now on. */
  asked(times: number): Promise<void>;
}

export interface BoardBench {
  readonly driver: Driver<'ioBoard'>;
  readonly port: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Absent on real hardware when nobody stands by; what needs hands is then skipped. */
  readonly hands: BoardHands | undefined;
  close(): Promise<void>;
}

const QUIET: CabinetInputs = { doorOpen: false, tampered: false, personPresent: false };

/** What every I/O board must do, whatever its driver. Runs on a simulator and on real hardware. */
export function ioBoardSuite(name: string, open: () => Promise<BoardBench>, hasHands: boolean): void {
  const skip = hasHands ? false : 'needs somebody to open doors and look at lights';

  describe(name, { timeout: 120_000 }, () => {
    let bench: BoardBench;
    let board: IoBoardDevice;
    let changes: number;
    let watched: Watched<'ioBoard'>;
    const never = new AbortController().signal;

    const hands = () => {
      assert.ok(bench.hands, 'this test needs hands and should have been skipped');
      return bench.hands;
    };
    const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
    const sees = async (inputs: CabinetInputs) => {
      const all = { ...QUIET, ...inputs };
      while (JSON.stringify(board.inputs(), Object.keys(QUIET)) !== JSON.stringify(all, Object.keys(QUIET))) {
        await once(watched.news, 'cabinetChanged');
      }
    };
    const create = () => {
      watched = new Watched(bench);
      watched.news.on('cabinetChanged', () => changes++);
      return watched.device;
    };
    const worksWell = async () => {
      assert.equal(codeOf(await board.setLight('slip', 'fast')), 'ok');
      await hands().shows('slip', 'fast');
      await hands().set({ doorOpen: true });
      await sees({ doorOpen: true });
      await hands().set(QUIET);
      await sees({});
    };

    before(async () => void (bench = await open()));
    after(() => bench.close());

    beforeEach(async () => {
      changes = 0;
      await bench.hands?.clearFaults();
      await bench.hands?.plug();
      await bench.hands?.set(QUIET);
      board = create();
      board.start();
      await watched.until('ready');
    });

    afterEach(() => board.stop());

    test('the self-test of a healthy board passes every step', async () => {
      const steps = await board.selfTest({ signal: never });
      assert.deepEqual(
        steps.filter((step) => !step.passed),
        [],
      );
    });

    test('every light shows what it is told', { skip }, async () => {
      for (const slot of Slot.options) {
        for (const light of ['on', 'slow', 'fast', 'off'] as const) {
          assert.equal(codeOf(await board.setLight(slot, light)), 'ok');
          await hands().shows(slot, light);
        }
      }
    });

    test('the sounder sounds, and is silent again by itself', { skip }, async () => {
      assert.equal(codeOf(await board.sound('attention')), 'ok');
      await hands().shows('sounder', 'on');
      await hands().shows('sounder', 'off');
      assert.equal(codeOf(await board.sound('attention')), 'ok');
      assert.equal(codeOf(await board.sound('off')), 'ok');
      await hands().shows('sounder', 'off');
    });

    test('a person comes and goes: told once each', { skip }, async () => {
      const before = changes;
      await hands().set({ personPresent: true });
      await sees({ personPresent: true });
      await hands().asked(5);
      await hands().set(QUIET);
      await sees({});
      assert.equal(changes - before, 2, 'told only when something changed');
    });

    test('an open door and a tamper switch are warnings as long as they last', { skip }, async () => {
      for (const input of ['doorOpen', 'tampered'] as const) {
        await hands().set({ [input]: true });
        await sees({ [input]: true });
        assert.deepEqual(board.status().warnings, ['E1602']);
        assert.equal(board.status().state, 'ready');
        await hands().set(QUIET);
        await sees({});
        assert.deepEqual(board.status().warnings, []);
      }
    });

    test('a board that is gone sees nothing, and shows again what it should when it is back', { skip }, async () => {
      await board.setLight('pinPad', 'slow');
      await hands().unplug();
      await watched.until('offline');
      assert.deepEqual(board.inputs(), {}, 'what was seen last is not what is now');
      assert.equal(codeOf(await board.setLight('slip', 'on')), 'E1601');
      await hands().plug();
      await watched.until('ready');
      await hands().shows('pinPad', 'slow');
      await hands().shows('slip', 'on');
    });

    describe('every fault at every step', { skip }, () => {
      const steps: Readonly<Record<BoardStep, (spoil: () => Promise<void>) => Promise<string>>> = {
        async connect(spoil) {
          await board.stop();
          board = create();
          await spoil();
          board.start();
          await once(watched.news, 'status');
          return board.status().code ?? 'ok';
        },
        async poll(spoil) {
          const changed = once(watched.news, 'status');
          await spoil();
          await Promise.race([changed, hands().asked(4)]);
          return board.status().code ?? 'ok';
        },
        async light(spoil) {
          await spoil();
          return codeOf(await board.setLight('idReader', 'on'));
        },
      };
      for (const { step, fault, cell } of cellsOf(ioBoardMatrix)) {
        if ('notApplicable' in cell) continue;
        test(`${step}, ${fault}`, { timeout: 60_000 }, async () => {
          await board.setLight('document', 'on');
          const ended = await steps[step](() => hands().fault(fault));
          assert.equal(ended, cell.ends, `${ioBoardMatrix.steps[step]}: ${ioBoardMatrix.faults[fault]}`);
          // A call fails before the second source was asked; only then does the state say so too.
          if (ended !== 'ok') await watched.becomes(({ code }) => code === ended);
          await hands().clearFaults();
          await hands().plug();
          await watched.until('ready');
          if (step !== 'connect') await hands().shows('document', 'on');
          await worksWell();
        });
      }
    });
  });
}
