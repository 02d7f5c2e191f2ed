import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, system } from './command.ts';

export type FileSystem = 'ext4' | 'xfs';

export const MAKE: Readonly<Record<FileSystem, readonly [command: string, ...options: string[]]>> = {
  ext4: ['mkfs.ext4', '-q', '-F', '-m', '0'],
  xfs: ['mkfs.xfs', '-q', '-f'],
};
/** The least that mkfs.xfs takes; only what is written takes room. */
export const VOLUME_BYTES = 304 * 1024 * 1024;

/** Why there can be no file system of this kind in a file here, or undefined when there can. Tries it. */
export function whyNoVolume(kind: FileSystem, folder: string): string | undefined {
  if (process.platform !== 'linux') return 'loop devices need Linux';
  if (process.getuid?.() !== 0) return 'loop devices and mounts need root';
  const missing = [MAKE[kind][0], 'losetup', 'mount'].find((command) => !isInstalled(command));
  if (missing !== undefined) return `${missing} is not installed`;
  try {
    using volume = new Volume(kind, join(folder, `try-${kind}`));
    volume.mount();
    return undefined;
  } catch (error) {
    return `no ${kind} on a loop device: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A file system of its own, in a file behind a loop device. */
export class Volume implements Disposable {
  /** Where it is mounted. */
  readonly place: string;
  readonly device: string;
  readonly #home: string;
  #mounted = false;

  /** Makes it in the folder `home`, which must not exist yet. */
  constructor(kind: FileSystem, home: string) {
    this.#home = home;
    this.place = join(home, 'mounted');
    mkdirSync(this.place, { recursive: true });
    const image = join(home, 'image');
    const fd = openSync(image, 'wx', 0o600);
    ftruncateSync(fd, VOLUME_BYTES);
    closeSync(fd);
    this.device = system('losetup', '--find', '--show', image);
    try {
      const [make, ...options] = MAKE[kind];
      system(make, ...options, this.device);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  mount(options = 'defaults'): void {
    system('mount', '-o', options, this.device, this.place);
    this.#mounted = true;
  }

  /** Every program must have let go of its files. */
  unmount(): void {
    system('umount', this.place);
    this.#mounted = false;
  }

  /** Takes everything away, whatever state it is in. */
  [Symbol.dispose](): void {
    if (this.#mounted) spawnSync('umount', ['--lazy', this.place], { stdio: 'ignore' });
    this.#mounted = false;
    spawnSync('losetup', ['--detach', this.device], { stdio: 'ignore' });
    rmSync(this.#home, { recursive: true, force: true });
  }
}
