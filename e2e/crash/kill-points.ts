import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROMISES, parsePromises } from './promises.ts';
import { SUBJECTS, type SubjectName, sourceOf } from './subjects.ts';
import { type Recorded, type TraceEvent, record, run } from './trace.ts';

/** A short life of a program: it opens, works, and closes. */
const LIFE = { seed: 1, rounds: 1, steps: 12 } as const;
const ROUND = 'round-1';

/** The moment before a program does something to its files. */
export interface KillPoint {
  readonly subject: SubjectName;
  /** `write log page`, `sync log`, `rename new database`, … */
  readonly name: string;
  /** The n-th step of the program's life, from 1. */
  readonly n: number;
  /** Whether the step can be done by half. */
  readonly divisible: boolean;
}

interface Life {
  readonly subject: SubjectName;
  readonly recorder: string;
  /** Empty, for the files of this life. */
  readonly folder: string;
}

const recordingOf = ({ subject, recorder, folder }: Life) => {
  const { seed, rounds, steps } = LIFE;
  const data = join(folder, 'data');
  return {
    recorder,
    program: [SUBJECTS[subject].workload, sourceOf(subject), data, seed, rounds, steps].map(String),
    folder: data,
    log: join(folder, 'trace'),
  };
};

/** Every step of the life of a program whose files these are. */
export async function killPoints(life: Life): Promise<readonly KillPoint[]> {
  const trace = await record(recordingOf(life));
  return trace
    .filter(({ name }) => name !== `${ROUND}/${PROMISES}`)
    .map((event, i) => ({
      subject: life.subject,
      name: nameOf(event, SUBJECTS[life.subject].database),
      n: i + 1,
      divisible: event.op === 'write',
    }));
}

function nameOf(event: TraceEvent, database: string): string {
  const file = event.name.slice(ROUND.length + 1);
  return `${event.op} ${fileName(file, database)}${event.op === 'write' ? partOf(event, file) : ''}`;
}

function fileName(file: string, database: string): string {
  if (file === '') return 'folder';
  if (!file.startsWith(database)) return file;
  const names: Record<string, string> = {
    '': 'database',
    '-wal': 'log',
    '-journal': 'rollback journal',
    '.new': 'new database',
    '.new-journal': 'rollback journal of the new database',
    '.new-wal': 'log of the new database',
  };
  const rest = file.slice(database.length);
  return names[rest] ?? `database${rest}`;
}

/** What a write to a write-ahead log is, by SQLite's file format: a header of 32 bytes, then frames of 24 and a page. */
function partOf({ offset, data }: Extract<TraceEvent, { op: 'write' }>, file: string): string {
  if (!file.endsWith('-wal')) return '';
  if (offset === 0) return ' header';
  return data.length === 24 ? ' frame header' : ' page';
}

export interface Death extends Recorded {
  /** What is broken of what was promised before, if anything is. */
  readonly problem: string | undefined;
}

/** Lives once more up to the point, is killed there (or with half of the step done), and starts again. */
export async function dieAt(point: KillPoint, half: boolean, { recorder, folder }: Life): Promise<Death> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const disturb = {
    KIOSK_KILL_AT: String(point.n),
    KIOSK_UNCOUNTED: `${ROUND}/${PROMISES}`,
    ...(half ? { KIOSK_KILL_HALF: '1' } : {}),
  };
  const recorded = await run({ ...recordingOf({ subject: point.subject, recorder, folder }), disturb });
  return { ...recorded, problem: problemOf(point.subject, join(folder, 'data', ROUND)) };
}

/** Starts on the files a program left and holds them to what it wrote down. */
export function problemOf(subject: SubjectName, dataDir: string): string | undefined {
  mkdirSync(dataDir, { recursive: true });
  const promises = promisesIn(dataDir);
  return SUBJECTS[subject].check(dataDir, promises)(promises);
}

export function promisesIn(dataDir: string): ReturnType<typeof parsePromises> {
  try {
    return parsePromises(readFileSync(join(dataDir, PROMISES)));
  } catch (error) {
    // Killed before it could promise anything.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Of every name the first point and the last. */
export function sample(points: readonly KillPoint[]): readonly KillPoint[] {
  const byName = Map.groupBy(points, ({ name }) => name);
  return [...byName.values()].flatMap((same) => [...new Set([same[0]!, same.at(-1)!])]);
}
