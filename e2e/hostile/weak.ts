import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fate } from './fates.ts';

const ROOT = join(import.meta.dirname, '../..');
export const SYNC_AGENT = join(ROOT, 'sync-agent');
export const CENTRAL_PLATFORM = join(ROOT, 'central-platform');

/** A deliberately weak build of either end: patches to the real source text. One that no longer applies is an error. */
export interface WeakBuild {
  readonly name: string;
  readonly room: 'sync-agent' | 'central-platform';
  readonly patches: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** What would put it right by chance. */
  readonly never?: readonly Fate[];
}

export const WEAK_BUILDS: readonly WeakBuild[] = [
  {
    name: 'the platform forgets to look up what it has',
    room: 'central-platform',
    patches: [
      {
        file: 'ingest/judge.ts',
        from: '.filter((entry) => entry.seq > durableUpTo)',
        to: '.filter(() => true)',
      },
      {
        file: 'store/areas/append-sqlite.ts',
        from: 'INSERT INTO ${into} VALUES',
        to: 'INSERT OR IGNORE INTO ${into} VALUES',
      },
    ],
  },
  {
    name: 'the platform takes what comes behind a gap',
    room: 'central-platform',
    patches: [
      { file: 'ingest/judge.ts', from: 'if (first > durableUpTo + 1) return', to: 'if (first < 1) return' },
      {
        file: 'ingest/judge.ts',
        from: 'if (before !== previousHead)',
        to: 'if (first <= durableUpTo + 1 && before !== previousHead)',
      },
    ],
  },
  {
    name: 'the terminal believes an acknowledgement to be about all it has',
    room: 'sync-agent',
    patches: [{ file: 'delivery/standing.ts', from: 'upTo: durableUpTo', to: 'upTo: own.headSeq' }],
  },
  {
    name: 'the terminal takes every 200 for a receipt',
    room: 'sync-agent',
    patches: [
      {
        file: 'delivery/sender.ts',
        from: `return fail('E3104', 'shape of a receipt');`,
        to: `return journal.withOutbox((outbox): Sent => {
          outbox.acknowledge(stream, batch.lastSeq, []);
          return { kind: 'acknowledged', moved: true, entries: 1 };
        });`,
      },
    ],
  },
  {
    name: 'the terminal does not go back to where a restored platform stands',
    room: 'sync-agent',
    // An old receipt that comes again takes it back as well.
    never: ['staleAnswer'],
    patches: [
      {
        file: 'delivery/sender.ts',
        from: `if (code === 'E6203') return settle(standing, [], 0);`,
        to: `if (code === 'E6203') return fail('E3103');`,
      },
    ],
  },
];

/** Copies the real sources of the room into `folder`, weakened, and gives the path of the copy. */
export function weakened({ name, room, patches }: WeakBuild, folder: string): string {
  const source = join(ROOT, room);
  const copy = join(folder, room);
  mkdirSync(folder, { recursive: true });
  cpSync(source, copy, {
    recursive: true,
    filter: (path) => !/node_modules|\.test\.ts$/.test(path.slice(source.length)),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { file, from, to } of patches) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) {
      throw new Error(`weak build "${name}": ${JSON.stringify(from)} is not exactly once in ${file}; renew the patch`);
    }
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return copy;
}
