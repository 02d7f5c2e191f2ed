import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** A deliberately weak build: a patch to the real source text. One that no longer applies is an error, not a pass. */
export interface Mutant {
  readonly name: string;
  /** How the laboratory is expected to notice. */
  readonly caughtBy: 'power cuts' | 'guard' | 'altered entry';
  readonly patches: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

const weakSync = { file: 'journal/open.ts', from: `'synchronous = FULL'`, to: `'synchronous = NORMAL'` } as const;

export const MUTANTS: readonly Mutant[] = [
  { name: 'synchronous NORMAL, read back', caughtBy: 'guard', patches: [weakSync] },
  {
    name: 'synchronous NORMAL, not read back',
    caughtBy: 'power cuts',
    patches: [weakSync, { file: 'journal/open.ts', from: 'synchronous: 2, ', to: '' }],
  },
  {
    name: 'answers before the commit',
    caughtBy: 'power cuts',
    patches: [
      {
        file: 'journal/store.ts',
        from: 'this.#begin.run();',
        to: 'if (this.db.inTransaction) this.#commit.run();\n      this.#begin.run();',
      },
      {
        file: 'journal/store.ts',
        from: 'const value = work();\n      this.#commit.run();',
        to: 'const value = work();',
      },
    ],
  },
  {
    name: 'new file given its name before its bytes are safe',
    caughtBy: 'power cuts',
    patches: [
      { file: 'journal/provision.ts', from: `'synchronous = EXTRA'`, to: `'synchronous = OFF'` },
      { file: 'journal/provision.ts', from: 'syncFile(unfinished);', to: '' },
    ],
  },
  {
    name: 'chain not checked at the open',
    caughtBy: 'altered entry',
    patches: [{ file: 'journal/verify.ts', from: `entry.link.toString('hex') !== head`, to: 'head === undefined' }],
  },
];

/** Copies the real sources of the sync agent into `folder`, weakened, and gives the path of the copy. */
export function weakened(mutant: Mutant, folder: string): string {
  const copy = join(folder, 'sync-agent');
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, 'sync-agent'), copy, {
    recursive: true,
    filter: (path) => !/node_modules|\.test\.ts$/.test(path.slice(ROOT.length)),
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
    writeFileSync(path, text.replace(from, to));
  }
  return copy;
}
