// Disks that are really full, and one that the kernel itself makes read-only after an error.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { openTerminalJournal } from '@kiosk/sync-agent/agent/files.ts';
import { seeded } from '../crash/fates.ts';
import { checkJournal } from '../crash/journal-check.ts';
import { type PromiseMade, TERMINAL } from '../crash/promises.ts';
import { scratchFolder } from '../crash/scratch.ts';
import { sourceOf } from '../crash/subjects.ts';
import { system } from './command.ts';
import { journalLife } from './journal-life.ts';
import { Volume, whyNoVolume } from './volume.ts';

const MB = 1024 * 1024;
/** More than what is left has room for. */
const STEPS = 2_000;

const folder = scratchFolder();
after(() => rmSync(folder, { recursive: true, force: true }));
const unmet = whyNoVolume('ext4', folder);

/** A life until the disk is full, and on after there is room again; answers what is wrong, and every code it heard. */
async function liveUntilFull(
  place: string,
  makeRoom: () => void,
): Promise<{ problem: string | undefined; codes: string[] }> {
  const dataDir = join(place, 'data');
  mkdirSync(dataDir);
  const codes = new Set<string>();
  const problem = await journalLife({
    source: sourceOf('journal'),
    dataDir,
    random: seeded(1),
    steps: STEPS,
    clears: makeRoom,
    onNo: (code) => void codes.add(code),
  });
  return { problem, codes: [...codes].filter((code) => code !== 'E6401') };
}

describe('a disk with no room left', { skip: unmet ?? false }, () => {
  test('of two megabytes: E6101, nothing false; with more room the journal comes back by itself', async () => {
    const place = join(folder, 'small');
    mkdirSync(place);
    system('mount', '-t', 'tmpfs', '-o', 'size=2m', 'small', place);
    try {
      const found = await liveUntilFull(place, () => system('mount', '-o', 'remount,size=32m', place));
      assert.deepEqual(found, { problem: undefined, codes: ['E6101'] });
    } finally {
      system('umount', place);
    }
  });

  test('ext4, filled by somebody else: the same', async () => {
    using volume = new Volume('ext4', join(folder, 'filled'));
    volume.mount();
    const filler = join(volume.place, 'filler');
    const { bavail, bsize } = statfsSync(volume.place);
    system('fallocate', '--length', String(bavail * bsize - 2 * MB), filler);
    const found = await liveUntilFull(volume.place, () => rmSync(filler, { force: true }));
    assert.deepEqual(found, { problem: undefined, codes: ['E6101'] });
    volume.unmount();
  });
});

test(
  'ext4 turns read-only while the journal works: E6102, and after the next mount all is there',
  { skip: unmet ?? false },
  () => {
    using volume = new Volume('ext4', join(folder, 'aborted'));
    volume.mount();
    const config = { dataDir: volume.place, terminal: { terminalId: TERMINAL } } as TerminalConfig;
    const centreKey = generateKeyPairSync('x25519').publicKey;
    const opened = openTerminalJournal(config, centreKey, new ManualClock());
    assert.ok(opened.ok);
    const { journal, keys } = opened.value;
    const promises: PromiseMade[] = [{ kind: 'key', pseudonym: keys.pseudonym(TERMINAL) }];
    const append = (n: number) => {
      promises.push({ kind: 'begin', step: 'append', entries: 1 });
      const placed = journal.record({ type: 'session.opened', sessionId: `session-${n}`, mode: 'depositor' });
      if (placed.ok) promises.push({ kind: 'entry', ...placed.value });
      return placed.ok ? undefined : placed.error.code;
    };
    for (let n = 1; n <= 20; n++) assert.equal(append(n), undefined, `entry ${n} on a disk that is well`);
    // What ext4 does to itself when it meets an error that it cannot get over.
    system('mount', '-o', 'remount,abort', volume.place);
    assert.equal(append(21), 'E6102');
    assert.equal(append(22), 'E6102');
    journal.close();
    volume.unmount();
    volume.mount();
    // The second no was of a journal that had stopped: it tried nothing.
    promises.pop();
    assert.equal(checkJournal(volume.place, promises)(promises), undefined);
    volume.unmount();
  },
);
