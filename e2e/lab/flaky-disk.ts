import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PATH_OF_ROOT, system } from '../disks/command.ts';
import { type FileSystem, MAKE, VOLUME_BYTES } from '../disks/volume.ts';

const SECTOR = 512;
/** Longer than any check lasts: down until told otherwise. */
const FOREVER = 3_600;

/** How the disk is: as it should be, swallowing what is written though it says yes, or failing every write. */
export type Health = 'well' | 'drop_writes' | 'error_writes';

/** A file system on a disk that can be made to lie or to fail while it is in use (device-mapper's flakey target). */
export class FlakyDisk implements Disposable {
  readonly place: string;
  readonly #home: string;
  readonly #name: string;
  readonly #loop: string;
  #mounted = false;

  constructor(kind: FileSystem, home: string) {
    this.#home = home;
    this.#name = `flaky-${kind}-${process.pid}`;
    this.place = join(home, 'mounted');
    mkdirSync(this.place, { recursive: true });
    const image = join(home, 'image');
    const fd = openSync(image, 'wx', 0o600);
    ftruncateSync(fd, VOLUME_BYTES);
    closeSync(fd);
    this.#loop = system('losetup', '--find', '--show', image);
    const [make, ...options] = MAKE[kind];
    system(make, ...options, this.#loop);
    system('dmsetup', 'create', '--noudevsync', this.#name, '--table', this.#table('well'));
    system('dmsetup', 'mknodes', this.#name);
  }

  /** Changes the disk under the file system, which notices nothing; resolves when it is so. */
  async become(health: Health): Promise<void> {
    // One shell: every process takes its time in emulation.
    const script = `dmsetup suspend --noudevsync --nolockfs "$1" && dmsetup load "$1" --table "$2" && dmsetup resume --noudevsync "$1"`;
    const child = spawn('sh', ['-c', script, 'sh', this.#name, this.#table(health)], {
      env: { ...process.env, PATH: PATH_OF_ROOT },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`the disk did not become ${health}: ${said}`);
  }

  mount(): void {
    system('mount', `/dev/mapper/${this.#name}`, this.place);
    this.#mounted = true;
  }

  unmount(): void {
    system('umount', this.place);
    this.#mounted = false;
  }

  [Symbol.dispose](): void {
    const quietly = (command: string, ...options: string[]) =>
      spawnSync(command, options, { stdio: 'ignore', env: { ...process.env, PATH: PATH_OF_ROOT } });
    if (this.#mounted) quietly('umount', '--lazy', this.place);
    quietly('dmsetup', 'remove', '--noudevsync', '--force', this.#name);
    quietly('losetup', '--detach', this.#loop);
    rmSync(this.#home, { recursive: true, force: true });
  }

  #table(health: Health): string {
    const all = `0 ${VOLUME_BYTES / SECTOR}`;
    return health === 'well'
      ? `${all} linear ${this.#loop} 0`
      : `${all} flakey ${this.#loop} 0 0 ${FOREVER} 1 ${health}`;
  }
}
