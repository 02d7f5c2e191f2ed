import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import type { CommandName } from '../codec/sdt.ts';
import type { IdCardRead, IdCardReaderDevice } from '../drivers/driver.ts';
import { type Fault, FAULTS, MATRIX, STEPS, type Step } from './id-card-reader.matrix.ts';
import type { ReaderBench, ReaderFault } from './id-card-reader.suite.ts';
import { Watched } from './watched.ts';

/**
 * Drivers wait this short here, so that the matrix takes seconds; not shorter, or a busy machine's pause of two waits is
 * taken for a lost reader. A late answer comes while it is asked for again.
 */
export const SHORT_TIMES = {
  times: {
    poll: 20,
    heartbeat: 100,
    backOffFirst: 30,
    backOffMost: 60,
    answer: 450,
    answerRead: 450,
    answerFingerprint: 450,
    answerAddress: 450,
  },
};
export const SHORT_LATE_MS = 640;

const COMMAND_OF: Readonly<Record<Step, CommandName>> = {
  connect: 'samStatus',
  identify: 'samId',
  find: 'findCard',
  select: 'selectCard',
  read: 'readTextPhoto',
  fingerprints: 'readTextPhotoFingerprint',
  address: 'readNewAddress',
  lifting: 'readNewAddress',
  heartbeat: 'samStatus',
};
const EXTRAS = { fingerprints: ['fingerprints'], address: ['newestAddress'] } as const;

/** Plays every cell of the matrix on one reader that is never started anew. */
export function idCardReaderFaults(name: string, open: () => Promise<ReaderBench>): void {
  describe(name, { timeout: 600_000 }, () => {
    let bench: ReaderBench;
    let reader: IdCardReaderDevice;
    let laid: IdCard;
    const said: string[] = [];
    let watched: Watched<'idCardReader'>;
    const never = new AbortController().signal;

    const hands = () => bench.hands!;
    const until = (reached: () => boolean) => watched.becomes(reached);
    const read = async (step?: Step): Promise<Result<IdCardRead>> => {
      const extras = step === 'fingerprints' || step === 'address' ? EXTRAS[step] : [];
      const result = await reader.readIdCard({ signal: never, onProgress: () => {}, extras });
      if (!result.ok) said.push(JSON.stringify(result.error));
      return result;
    };

    before(async () => {
      bench = await open();
      watched = new Watched(bench, said);
      reader = watched.device;
      reader.start();
      await until(() => reader.status().state === 'ready');
    });
    after(async () => {
      await reader.stop();
      await bench.close();
    });

    /** Sets the fault off at the step; gives what the read or the state of the device ended with. */
    async function play(step: Step, fault: Fault): Promise<string> {
      const command = COMMAND_OF[step];
      const spoil = () => hands().fault(...simulated(step, fault));
      const state = () => {
        const { code, state: now } = reader.status();
        return now === 'ready' ? 'done' : (code ?? now);
      };
      const cell = MATRIX[step][fault];
      const expected = 'ends' in cell ? cell.ends : '';

      if (step === 'connect' || step === 'identify') {
        await hands().unplug();
        await until(() => reader.status().state === 'offline');
        await spoil();
        const tried = hands().heard(command, fault === 'unplug' ? 1 : 3);
        await hands().plug();
        if (expected === 'done') await until(() => reader.status().state === 'ready');
        else if (expected === 'E1101') await tried;
        else await until(() => reader.status().state === 'fault');
        return state();
      }
      if (step === 'heartbeat') {
        await spoil();
        if (expected === 'done') await hands().heard(command, 3);
        else await until(() => reader.status().code === expected);
        return state();
      }
      if (step === 'lifting') {
        laid = await hands().layCard();
        assert.ok((await read()).ok);
        const told = once(watched.news, 'cardLifted');
        await spoil();
        if (expected !== 'done') {
          await until(() => reader.status().code === expected);
          return state();
        }
        // The card is lifted by the fault itself, or by a hand after the fault.
        if (fault !== 'cardPulled') {
          await hands().heard(command, 2);
          await hands().liftCard();
        }
        await told;
        return state();
      }
      await spoil();
      const waiting = read(step);
      const pulled = fault === 'cardPulled' ? hands().cardGone() : undefined;
      laid = await hands().layCard('everything');
      if (pulled) {
        await pulled;
        if (expected === 'done') await hands().layCard('everything');
      }
      const result = await waiting;
      // Who waited hears of a silent reader before a second source was asked and its state said.
      if (expected === 'E1101') await until(() => reader.status().state === 'offline');
      return result.ok ? 'done' : result.error.code;
    }

    /** Cables in, faults gone, nothing on the reader; then a card is read. */
    async function recovers(): Promise<void> {
      await hands().clearFaults();
      await hands().plug();
      await hands().liftCard();
      await until(() => reader.status().state === 'ready');
      const waiting = read();
      // Whoever swaps two cards faster than the reader looks has not lifted one.
      await hands().lookedForLifting(1);
      laid = await hands().layCard();
      const result = await waiting;
      assert.ok(result.ok, 'the next card is not read');
      assert.equal(result.value.idNumber, laid.idNumber);
      const told = once(watched.news, 'cardLifted');
      await hands().liftCard();
      await told;
    }

    for (const step of Object.keys(STEPS) as Step[]) {
      for (const fault of Object.keys(FAULTS) as Fault[]) {
        const cell = MATRIX[step][fault];
        if ('notApplicable' in cell) continue;
        test(`${STEPS[step]}, and ${FAULTS[fault]}: ${cell.ends}`, { timeout: 60_000 }, async () => {
          try {
            assert.equal(await play(step, fault), cell.ends, 'ended otherwise');
          } finally {
            await recovers();
          }
        });
      }
    }

    test('nothing that was logged or told as a reason holds a person', () => {
      const all = said.join('\n');
      for (const secret of [laid.idNumber, laid.name, laid.address, laid.birthDate]) {
        assert.equal(all.includes(secret), false, 'a log line or a reason holds what stands on a card');
      }
    });
  });
}

/** The simulator's name of a fault, how often, and at which command. */
function simulated(step: Step, fault: Fault): [ReaderFault, number | undefined, CommandName | undefined] {
  const command = COMMAND_OF[step];
  const onCard = {
    find: ['liftDuringFind', undefined],
    select: ['liftDuringSelect', 'unselectable'],
    read: ['liftDuringRead', 'unreadable'],
    fingerprints: ['liftDuringRead', 'unreadable'],
    address: ['liftDuringAddress', undefined],
    lifting: ['liftDuringAddress', undefined],
  } as const;
  const [pulled, refused] = step in onCard ? onCard[step as keyof typeof onCard] : [undefined, undefined];
  switch (fault) {
    case 'cardPulled':
      assert.ok(pulled, `no simulated ${fault} at ${step}`);
      return [pulled, 1, undefined];
    case 'cardRefused':
      assert.ok(refused, `no simulated ${fault} at ${step}`);
      return [refused, refused === 'unselectable' ? undefined : 1, undefined];
    case 'moduleRefuses':
      return ['samFault', undefined, command];
    case 'silentOnce':
      return ['silent', 1, command];
    case 'late':
      return ['slow', 1, command];
    case 'badChecksumOnce':
      return ['badChecksum', 1, command];
    case 'garbageOnce':
      return ['garbage', 1, command];
    case 'split':
    case 'merged':
    case 'unplug':
      return [fault, 1, command];
    case 'silent':
    case 'badChecksum':
    case 'garbage':
      return [fault, undefined, command];
  }
}
