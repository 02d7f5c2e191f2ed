import Database from 'better-sqlite3';
import { cpus, loadavg, release, totalmem } from 'node:os';

/** What a figure was measured on. No host name: the results are published. */
export interface MachineDescription {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly kernel: string;
  readonly node: string;
  /** SQLite of the journal. */
  readonly sqlite: string;
  /** SQLite inside Node, for the peers. */
  readonly nodeSqlite: string;
  /** Programs that wanted a core in the minute before, 0 on an idle machine: how much of a figure is noise of others. */
  readonly load: number;
}

export function describeMachine(): MachineDescription {
  const memory = new Database(':memory:');
  const sqlite = memory.prepare('SELECT sqlite_version()').pluck().get() as string;
  memory.close();
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.versions.node,
    sqlite,
    nodeSqlite: process.versions['sqlite'] ?? 'unknown',
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}
