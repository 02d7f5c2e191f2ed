import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type * as JournalModule from '@kiosk/sync-agent/journal/journal.ts';
import type * as KeysModule from '@kiosk/sync-agent/journal/keys.ts';
import { type Enumeration, type Findings, enumerate } from './enumerate.ts';
import { type Mutant, weakened } from './mutants.ts';
import { checkState } from './check.ts';
import { parsePromises, PROMISES, TERMINAL } from './promises.ts';
import { record } from './trace.ts';

export const SOURCE = join(import.meta.dirname, '../../sync-agent');
const WORKLOAD = join(import.meta.dirname, 'workload.ts');

export interface Experiment extends Enumeration {
  readonly recorder: string;
  /** Empty folder for traces and copies. */
  readonly folder: string;
  /** Steps of the workload. */
  readonly entries: number;
}

/** Records the workload on one source tree, then cuts the power everywhere in it. */
export async function cutPower(source: string, experiment: Experiment): Promise<Findings> {
  const { recorder, folder, entries, seed } = experiment;
  const data = join(folder, 'data');
  const trace = await record({
    recorder,
    program: [WORKLOAD, source, data, String(entries), String(seed)],
    folder: data,
    log: join(folder, 'trace'),
  });
  return enumerate(trace, experiment);
}

/** What gave a weak build away, or undefined: the laboratory did not notice. */
export async function catchMutant(mutant: Mutant, experiment: Experiment): Promise<string | undefined> {
  const copy = weakened(mutant, join(experiment.folder, 'copy'));
  if (mutant.caughtBy !== 'power cuts') return opensThough(copy, mutant.caughtBy, join(experiment.folder, 'opened'));
  const [first] = (await cutPower(copy, { ...experiment, mostViolations: 1 })).violations;
  return first && `cut after event ${first.after}, ${first.survivors} survives: ${first.problem}`;
}

/** Opens a journal with the sources in `copy` as the agent does; with `altered entry` somebody changed a record before. */
async function opensThough(copy: string, check: Mutant['caughtBy'], folder: string): Promise<string | undefined> {
  const load = async <T>(path: string) => (await import(pathToFileURL(join(copy, path)).href)) as T;
  const { openJournal } = await load<typeof JournalModule>('journal/journal.ts');
  const { keyProvider } = await load<typeof KeysModule>('journal/keys.ts');
  mkdirSync(folder);
  const file = join(folder, 'journal.db');
  const open = () =>
    openJournal({
      file,
      terminalId: TERMINAL,
      clock: systemClock,
      keys: keyProvider(Buffer.alloc(32, 9)),
      centreKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
    });
  const first = open();
  // The guard is expected to refuse the open itself.
  if (!first.ok) return check === 'guard' && first.error.code === 'E6105' ? 'refused to open: E6105' : undefined;
  first.value.record({ type: 'session.opened', sessionId: 'session-1', mode: 'depositor' });
  first.value.close();
  if (check === 'guard') return undefined;
  const db = new Database(file);
  db.exec(`UPDATE entry_audit SET body = CAST('{}' AS BLOB)`);
  db.close();
  const again = open();
  if (!again.ok) return undefined;
  again.value.close();
  return 'opened a journal with an altered entry, which the real one refuses with E6104';
}

export interface SyncFailure {
  /** What the journal said; empty when the program ended before. */
  readonly said: string;
  readonly promised: number;
  /** What is wrong with the files it left, if anything is. */
  readonly problem: string | undefined;
}

/** Runs the workload on a disk whose n-th sync fails, and every one after it. */
export function failSync(n: number, { recorder, folder, entries, seed }: Experiment): SyncFailure {
  const data = join(folder, `data-${n}`);
  mkdirSync(data, { recursive: true });
  const child = spawnSync(process.execPath, [WORKLOAD, SOURCE, data, String(entries), String(seed)], {
    env: {
      ...process.env,
      LD_PRELOAD: recorder,
      KIOSK_TRACE_DIR: data,
      KIOSK_TRACE_LOG: join(folder, `trace-${n}`),
      KIOSK_FAIL_SYNC: String(n),
    },
    encoding: 'utf8',
  });
  const state = new Map(readdirSync(data).map((name) => [name, readFileSync(join(data, name))]));
  const promises = parsePromises(state.get(PROMISES) ?? Buffer.alloc(0));
  const said = /the journal answered (E\d{4})/.exec(child.stderr)?.[1] ?? '';
  return { said, promised: promises.length, problem: checkState(state, promises) };
}
