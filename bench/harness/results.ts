import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Against } from './figure.ts';
import type { MachineDescription } from './machine.ts';

/** One figure as it is kept in bench/results/latest.json; `value` is null where `reason` says why. */
export interface Row {
  readonly id: string;
  readonly value: number | null;
  readonly reason?: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly runs: readonly number[];
  readonly against: Against;
  readonly machine: MachineDescription;
  readonly commit: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The rows kept so far; an empty file of results is no error, an unreadable one is. */
export async function readRows(file: string): Promise<Row[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return JSON.parse(text) as Row[];
}

/** New rows take the place of those with the same id, everybody else's stay; sorted by id, so that diffs are small. */
export function mergeRows(kept: readonly Row[], measured: readonly Row[]): Row[] {
  const rows = new Map(kept.map((row) => [row.id, row]));
  for (const row of measured) rows.set(row.id, row);
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Merges by id into the file in one step: whoever reads meanwhile sees the rows of before or of after. */
export async function saveRows(file: string, measured: readonly Row[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.new`;
  await writeFile(unfinished, `${JSON.stringify(mergeRows(await readRows(file), measured), undefined, 2)}\n`);
  await rename(unfinished, file);
}
