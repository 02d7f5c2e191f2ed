import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBJECTS, type SubjectName, sourceOf } from './subjects.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A deliberately weak build: a patch to the real source text. One that no longer applies is an error, not a pass. */
export interface Mutant {
  readonly name: string;
  readonly subject: SubjectName;
  /** How the laboratory is expected to notice. */
  readonly caughtBy: 'power cuts' | 'guard' | 'altered entry';
  /** The step in which the power must go for it; any when absent. */
  readonly within?: string;
  /** Files in the room of the subject. */
  readonly patches: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

const weakSync = { file: 'journal/file/open.ts', from: `'synchronous = FULL'`, to: `'synchronous = NORMAL'` } as const;
const trustedLedger = {
  file: 'host/ledger.ts',
  from: `mode !== 'wal' || synchronous !== 2`,
  to: `mode !== 'wal'`,
} as const;
const beginsLedger = `    const started = ledger.start({ operationId, deviceId: bay.id, command }, clock.now());
    if (!started.ok) return started;
`;
const movesDevice = `    const result = await bay.use((device) => move(device, { signal, onJob }));
`;

export const MUTANTS: readonly Mutant[] = [
  { name: 'synchronous NORMAL, read back', subject: 'journal', caughtBy: 'guard', patches: [weakSync] },
  {
    name: 'synchronous NORMAL, not read back',
    subject: 'journal',
    caughtBy: 'power cuts',
    patches: [weakSync, { file: 'journal/file/open.ts', from: 'synchronous: 2, ', to: '' }],
  },
  {
    name: 'answers before the commit',
    subject: 'journal',
    caughtBy: 'power cuts',
    patches: [
      {
        file: 'journal/file/store.ts',
        from: 'this.#begin.run();',
        to: 'if (this.db.inTransaction) this.#commit.run();\n      this.#begin.run();',
      },
      {
        file: 'journal/file/store.ts',
        from: 'if (!result.ok) this.#undo();\n      else this.#commit.run();',
        to: 'if (!result.ok) this.#undo();',
      },
    ],
  },
  {
    name: 'log emptied before the database is synced',
    subject: 'journal',
    caughtBy: 'power cuts',
    patches: [
      {
        file: 'journal/file/store.ts',
        from: 'this.#commit.run();',
        to: `void [
        this.#commit.run(),
        this.db.pragma('synchronous = OFF'),
        this.db.pragma('wal_checkpoint(TRUNCATE)'),
        this.db.pragma('synchronous = FULL'),
      ];`,
      },
    ],
  },
  {
    name: 'no folder is synced',
    subject: 'journal',
    caughtBy: 'power cuts',
    within: 'open',
    patches: [
      { file: 'journal/file/durable-file.ts', from: `if (process.platform === 'win32') return;`, to: 'return;' },
    ],
  },
  {
    name: 'remains of another log removed, and the folder not synced',
    subject: 'journal',
    caughtBy: 'power cuts',
    within: 'open',
    patches: [
      {
        file: 'journal/file/provision.ts',
        from: 'rmSync(`${file}-wal`, { force: true });\n  syncFolder(folder);',
        to: 'rmSync(`${file}-wal`, { force: true });',
      },
    ],
  },
  {
    name: 'new database named before its bytes are safe',
    subject: 'journal',
    caughtBy: 'power cuts',
    within: 'open',
    patches: [
      { file: 'journal/file/provision.ts', from: `'synchronous = EXTRA'`, to: `'synchronous = OFF'` },
      { file: 'journal/file/provision.ts', from: 'syncFile(unfinished);', to: '' },
    ],
  },
  {
    name: 'new key named before its bytes are safe',
    subject: 'journal',
    caughtBy: 'power cuts',
    within: 'open',
    patches: [{ file: 'journal/file/durable-file.ts', from: 'fsyncSync(fd);', to: '' }],
  },
  {
    name: 'schema changed before the name of the copy is safe',
    subject: 'journal',
    caughtBy: 'power cuts',
    within: 'migration',
    patches: [{ file: 'journal/file/open.ts', from: 'syncFolder(dirname(copy));', to: '' }],
  },
  {
    name: 'log given its size over what it holds',
    subject: 'journal',
    caughtBy: 'power cuts',
    patches: [
      {
        file: 'journal/file/log-room.ts',
        from: `db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]`,
        to: '[{ busy: 0 }]',
      },
    ],
  },
  {
    name: 'backup told of before its folder is safe',
    subject: 'journal',
    caughtBy: 'power cuts',
    within: 'backup',
    patches: [{ file: 'journal/life/backup.ts', from: 'syncFolder(dirname(folder));', to: '' }],
  },
  {
    name: 'chain not checked at the open',
    subject: 'journal',
    caughtBy: 'altered entry',
    patches: [
      { file: 'journal/chain/verify.ts', from: `entry.link.toString('hex') !== head`, to: 'head === undefined' },
    ],
  },
  {
    name: 'ledger not synced before the first byte',
    subject: 'ledger',
    caughtBy: 'power cuts',
    patches: [
      trustedLedger,
      { file: 'host/ledger.ts', from: `db.pragma('synchronous = FULL')`, to: `db.pragma('synchronous = NORMAL')` },
    ],
  },
  {
    name: 'device moved before the ledger knows',
    subject: 'ledger',
    caughtBy: 'power cuts',
    patches: [
      { file: 'host/operations.ts', from: beginsLedger, to: '' },
      { file: 'host/operations.ts', from: movesDevice, to: movesDevice + beginsLedger },
    ],
  },
  {
    name: 'refused operation stays in the ledger',
    subject: 'ledger',
    caughtBy: 'power cuts',
    patches: [
      { file: 'host/operations.ts', from: 'else this.#warn(operationId, ledger.forget(operationId));', to: '' },
    ],
  },
];

/** Copies the real sources of the room into `folder`, weakened, and gives the path of the copy. */
export function weakened(mutant: Mutant, folder: string): string {
  const { room } = SUBJECTS[mutant.subject];
  const source = sourceOf(mutant.subject);
  const copy = join(folder, room);
  mkdirSync(folder, { recursive: true });
  cpSync(source, copy, {
    recursive: true,
    filter: (path) => !/node_modules|\.test\.ts$/.test(path.slice(source.length)),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { file, from, to } of mutant.patches) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) {
      throw new Error(
        `weak build "${mutant.name}": ${JSON.stringify(from)} is not there exactly once in ${file}; renew the patch`,
      );
    }
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return copy;
}
