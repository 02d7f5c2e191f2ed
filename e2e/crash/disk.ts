import { dirname } from 'node:path/posix';
import { type Change, Image } from './image.ts';
import type { TraceEvent } from './trace.ts';

export type NameChange =
  | { readonly op: 'link'; readonly name: string; readonly is: File | 'folder' }
  | { readonly op: 'unlink'; readonly name: string }
  | { readonly op: 'rename'; readonly name: string; readonly to: string };

interface File {
  /** What is certainly on the disk. */
  safe: Image;
  /** Changes since the last sync, in order; each may or may not have reached the disk. */
  readonly open: Change[];
}

type Names = Map<string, File | 'folder'>;

/** Which of the changes that nobody synced are on the disk after the cut. */
export interface Survivors {
  readonly name: string;
  /** Whether a name made, removed or changed is so on the disk. */
  nameChange(change: NameChange, index: number, count: number): boolean;
  /** What survives of a change of content: all of it, nothing, or some of its sectors. */
  change(change: Change, index: number, count: number): readonly Change[];
}

/** Files by name after a power cut. */
export type CrashState = ReadonlyMap<string, Image>;

/**
 * A disk that keeps its promises and no more: content is safe after a sync of the file, a name after a sync of its
 * folder, and until then each is there or not whatever became of the others. That is what POSIX promises; ext4 and xfs
 * promise more (names in their order), so that what holds here holds there.
 */
export class Disk {
  readonly #now: Names = new Map();
  readonly #safe: Names = new Map();
  #open: NameChange[] = [];

  apply(event: TraceEvent): void {
    switch (event.op) {
      case 'create':
        return this.#rename({ op: 'link', name: event.name, is: { safe: Image.EMPTY, open: [] } });
      case 'folder':
        return this.#rename({ op: 'link', name: event.name, is: 'folder' });
      case 'unlink':
        return this.#rename({ op: 'unlink', name: event.name });
      case 'rename':
        if (dirname(event.name) !== dirname(event.to)) throw new Error(`${event.name} moves to another folder`);
        return this.#rename({ op: 'rename', name: event.name, to: event.to });
      case 'write':
        return void this.#file(event.name).open.push({ op: 'write', offset: event.offset, data: event.data });
      case 'truncate':
        return void this.#file(event.name).open.push({ op: 'truncate', size: event.size });
      case 'sync':
        if (event.name === '.' || this.#now.get(event.name) === 'folder') return this.#syncNames(event.name);
        return this.#syncFile(this.#file(event.name));
    }
  }

  /** Changes of names that no sync has made safe. */
  get openNames(): readonly NameChange[] {
    return this.#open;
  }

  /** Nothing hangs in the air: every cut ends alike. */
  get settled(): boolean {
    const files = new Set([...this.#safe.values(), ...this.#now.values()]);
    return this.#open.length === 0 && [...files].every((file) => file === 'folder' || file.open.length === 0);
  }

  /** The power goes now. */
  cut(survivors: Survivors): CrashState {
    const names: Names = new Map(this.#safe);
    // Two changes of one name happen in their order: with the first, the second is gone as well.
    const gone = new Set<string>();
    for (const [index, change] of this.#open.entries()) {
      const touched = change.op === 'rename' ? [change.name, change.to] : [change.name];
      if (!touched.some((name) => gone.has(name)) && survivors.nameChange(change, index, this.#open.length)) {
        changeName(names, change);
      } else {
        for (const name of touched) gone.add(name);
      }
    }
    const state = new Map<string, Image>();
    for (const [name, file] of names) {
      const folder = dirname(name);
      if (file === 'folder' || (folder !== '.' && names.get(folder) !== 'folder')) continue;
      const { safe, open } = file;
      state.set(name, safe.with(open.flatMap((change, i) => survivors.change(change, i, open.length))));
    }
    return state;
  }

  #file(name: string): File {
    const file = this.#now.get(name);
    if (file === undefined || file === 'folder') throw new Error(`the trace changes ${name}, which was never made`);
    return file;
  }

  #rename(change: NameChange): void {
    changeName(this.#now, change);
    this.#open.push(change);
  }

  #syncNames(folder: string): void {
    const here = (change: NameChange) => dirname(change.name) === folder;
    for (const change of this.#open) if (here(change)) changeName(this.#safe, change);
    this.#open = this.#open.filter((change) => !here(change));
  }

  #syncFile(file: File): void {
    file.safe = file.safe.with(file.open.splice(0));
  }
}

function changeName(names: Names, change: NameChange): void {
  if (change.op === 'link') return void names.set(change.name, change.is);
  const file = names.get(change.name);
  names.delete(change.name);
  if (change.op === 'rename' && file !== undefined) names.set(change.to, file);
}

/** One text for the same files with the same bytes. */
export function fingerprint(state: CrashState): string {
  return [...state]
    .map(([name, image]) => `${name} ${image.fingerprint}`)
    .sort()
    .join('\n');
}
