import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { openTerminalJournal } from '@kiosk/sync-agent/agent/files.ts';
import type { LabCheck } from '@kiosk/testbench/lab/check.ts';
import { checkJournal } from '../../crash/journal-check.ts';
import { type PromiseMade, TERMINAL } from '../../crash/promises.ts';
import { smallLogs } from '../../crash/small-logs.ts';
import type { FileSystem } from '../../disks/volume.ts';
import { FlakyDisk } from '../flaky-disk.ts';

/** Entries on the disk while it is well, and after it is not. */
const ENTRIES = 40;
const NEEDS = ['/sys/class/misc/device-mapper'];

export const FLAKY_DISKS: readonly LabCheck[] = (['ext4', 'xfs'] as const).flatMap((kind) => [
  {
    id: `${kind}-drops`,
    title: `the disk under ${kind} drops what is written: all that was acknowledged before is there`,
    needs: NEEDS,
    run: () => onFlakyDisk(kind, 'drop_writes'),
  },
  {
    id: `${kind}-errors`,
    title: `the disk under ${kind} fails: E6102, no false receipt, and all is there when it is well again`,
    needs: NEEDS,
    run: () => onFlakyDisk(kind, 'error_writes'),
  },
]);

/** The journal works on while its disk turns bad, loses its power, and is started again on the disk as it was. */
async function onFlakyDisk(kind: FileSystem, health: 'drop_writes' | 'error_writes'): Promise<string> {
  smallLogs(Database);
  using disk = new FlakyDisk(kind, join(tmpdir(), `flaky-${kind}-${health}`));
  disk.mount();
  const config = { dataDir: disk.place, terminal: { terminalId: TERMINAL } } as TerminalConfig;
  const opened = openTerminalJournal(config, generateKeyPairSync('x25519').publicKey, new ManualClock());
  assert.ok(opened.ok, 'the journal does not open on a new disk');
  const { journal, keys } = opened.value;
  const promises: PromiseMade[] = [{ kind: 'key', pseudonym: keys.pseudonym(TERMINAL) }];
  const refusals: string[] = [];
  const append = () => {
    if (!journal.stopped) promises.push({ kind: 'begin', step: 'append', entries: 1 });
    const placed = journal.record({ type: 'session.opened', sessionId: 'session-1', mode: 'depositor' });
    if (placed.ok) promises.push({ kind: 'entry', ...placed.value });
    else refusals.push(placed.error.code);
  };

  for (let n = 0; n < ENTRIES; n++) append();
  const certain = promises.length;
  let turning = true;
  const turned = disk.become(health).finally(() => (turning = false));
  while (turning) {
    append();
    await new Promise(setImmediate);
  }
  await turned;
  const amidst = entriesOf(promises.slice(certain));
  const after = promises.length;
  for (let n = 0; n < ENTRIES; n++) append();
  journal.close();
  disk.unmount();
  await disk.become('well');
  disk.mount();
  const held = checkJournal(disk.place, promises);
  const seen = `${ENTRIES} entries before, ${amidst} while it turned bad`;

  if (health === 'error_writes') {
    assert.equal(held(promises), undefined);
    assert.ok(refusals.length > 0, 'every append was accepted by a disk that fails');
    assert.deepEqual([...new Set(refusals)], ['E6102']);
    disk.unmount();
    return `${seen}; then ${refusals.length} times E6102`;
  }
  // A disk that says yes and writes nothing cannot be seen through; what it said yes to before must be there.
  assert.deepEqual(refusals, []);
  const problems = new Set<string | undefined>();
  for (let until = certain; until <= promises.length; until++) problems.add(held(promises.slice(0, until)));
  assert.ok(
    problems.has(undefined),
    `no moment from the last honest one on has these files: ${[...problems].join('; ')}`,
  );
  assert.notEqual(held(promises), undefined, 'nothing was lost: did the disk drop anything?');
  disk.unmount();
  return `${seen}, ${entriesOf(promises.slice(after))} acknowledged by the lying disk`;
}

const entriesOf = (promises: readonly PromiseMade[]): number => promises.filter(({ kind }) => kind === 'entry').length;
