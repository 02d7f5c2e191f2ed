import type { TraceEvent } from './trace.ts';

/** A number in [0, 1); the same seed gives the same numbers (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Change =
  | { readonly op: 'write'; readonly offset: number; readonly data: Buffer }
  | { readonly op: 'truncate'; readonly size: number };

type NameChange =
  | { readonly op: 'link'; readonly name: string; readonly file: number }
  | { readonly op: 'unlink'; readonly name: string }
  | { readonly op: 'rename'; readonly name: string; readonly to: string };

interface File {
  /** What is certainly on the disk. */
  safe: Buffer;
  /** Changes since the last sync, in order; each may or may not have reached the disk. */
  readonly open: Change[];
}

/** Which of the changes that nobody synced are on the disk after the cut. */
export interface Survivors {
  readonly name: string;
  /** Of names (made, removed, renamed) a prefix survives: file systems journal them in order. */
  names(count: number): number;
  /** The part of a change that survives: all of it, none (undefined), or some of its sectors. */
  change(change: Change, index: number, count: number): Change | undefined;
}

/** Files by name after a power cut. */
export type CrashState = ReadonlyMap<string, Buffer>;

const SECTOR = 512;

/**
 * A disk that keeps its promises and no more: content is safe after a sync of the file, names after a sync of the
 * folder. That is what POSIX promises; ext4 and xfs promise a little more, so that what holds here holds there.
 */
export class Disk {
  readonly #files: File[] = [];
  readonly #now = new Map<string, number>();
  readonly #safe = new Map<string, number>();
  readonly #open: NameChange[] = [];

  apply(event: TraceEvent): void {
    switch (event.op) {
      case 'create': {
        const file = this.#files.push({ safe: Buffer.alloc(0), open: [] }) - 1;
        return this.#rename({ op: 'link', name: event.name, file });
      }
      case 'unlink':
        return this.#rename({ op: 'unlink', name: event.name });
      case 'rename':
        return this.#rename({ op: 'rename', name: event.name, to: event.to });
      case 'write':
        return void this.#file(event.name).open.push({ op: 'write', offset: event.offset, data: event.data });
      case 'truncate':
        return void this.#file(event.name).open.push({ op: 'truncate', size: event.size });
      case 'sync':
        return event.name === '.' ? this.#syncNames() : this.#syncFile(this.#file(event.name));
    }
  }

  /** The power goes now. */
  cut(survivors: Survivors): CrashState {
    const names = new Map(this.#safe);
    for (const change of this.#open.slice(0, survivors.names(this.#open.length))) changeName(names, change);
    const state = new Map<string, Buffer>();
    for (const [name, index] of names) {
      const { safe, open } = this.#files[index]!;
      const kept = open.map((change, i) => survivors.change(change, i, open.length)).filter((c) => c !== undefined);
      state.set(name, changed(safe, kept));
    }
    return state;
  }

  #file(name: string): File {
    const index = this.#now.get(name);
    if (index === undefined) throw new Error(`the trace changes ${name}, which was never made`);
    return this.#files[index]!;
  }

  #rename(change: NameChange): void {
    changeName(this.#now, change);
    this.#open.push(change);
  }

  #syncNames(): void {
    for (const change of this.#open.splice(0)) changeName(this.#safe, change);
  }

  #syncFile(file: File): void {
    file.safe = changed(file.safe, file.open.splice(0));
  }
}

function changeName(names: Map<string, number>, change: NameChange): void {
  if (change.op === 'link') return void names.set(change.name, change.file);
  const file = names.get(change.name);
  names.delete(change.name);
  if (change.op === 'rename' && file !== undefined) names.set(change.to, file);
}

function changed(safe: Buffer, changes: readonly Change[]): Buffer {
  if (changes.length === 0) return safe;
  let size = safe.length;
  for (const change of changes) {
    size = change.op === 'truncate' ? change.size : Math.max(size, change.offset + change.data.length);
  }
  const most = changes.reduce((n, c) => Math.max(n, c.op === 'write' ? c.offset + c.data.length : c.size), safe.length);
  const bytes = Buffer.alloc(Math.max(size, most));
  safe.copy(bytes);
  for (const change of changes) {
    if (change.op === 'write') change.data.copy(bytes, change.offset);
    else bytes.fill(0, change.size);
  }
  return bytes.subarray(0, size);
}

/** Nothing that was not synced survives. */
const nothing: Survivors = { name: 'nothing', names: () => 0, change: () => undefined };
/** The disk was quick: all of it survives. */
const everything: Survivors = { name: 'everything', names: (count) => count, change: (change) => change };
/** The names changed, the contents did not follow. */
const namesOnly: Survivors = { name: 'names only', names: (count) => count, change: () => undefined };
/** Everything but the last sector of the last write. */
const tornEnd: Survivors = {
  name: 'torn end',
  names: (count) => count,
  change: (change, index, count) => (index === count - 1 ? torn(change, (i, sectors) => i < sectors - 1) : change),
};

/** Some writes survive, some do not, some in part, in any combination. */
function some(random: () => number): Survivors {
  return {
    name: 'some',
    names: (count) => Math.floor(random() * (count + 1)),
    change(change) {
      const fate = random();
      if (fate < 0.4) return undefined;
      return fate < 0.8 ? change : torn(change, () => random() < 0.5);
    },
  };
}

/** Sector writes are whole or absent; of a longer write any set of sectors may have arrived. */
function torn(change: Change, keep: (sector: number, sectors: number) => boolean): Change | undefined {
  if (change.op === 'truncate') return change;
  const { offset, data } = change;
  const first = Math.floor(offset / SECTOR);
  const sectors = Math.ceil((offset + data.length) / SECTOR) - first;
  let end = 0;
  let start = -1;
  for (let i = 0; i < sectors; i++) {
    if (!keep(i, sectors)) {
      if (start >= 0) break;
      continue;
    }
    if (start < 0) start = Math.max(0, (first + i) * SECTOR - offset);
    end = Math.min(data.length, (first + i + 1) * SECTOR - offset);
  }
  return start < 0 ? undefined : { op: 'write', offset: offset + start, data: data.subarray(start, end) };
}

/** The four certain ways and `randoms` drawn ones. */
export const fates = (random: () => number, randoms: number): readonly Survivors[] => [
  nothing,
  everything,
  namesOnly,
  tornEnd,
  ...Array.from({ length: randoms }, () => some(random)),
];
