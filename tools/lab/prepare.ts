// Kernel and first file system of the laboratory machine: Debian's kernel, unpacked and not installed, and of its
// modules the few that are needed. Made once, kept in the cache beside the Electron runtime.

import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommand } from '../bootstrap/run-command.mjs';
import { cacheFolder } from '../electron-runtime.mjs';
import { type Entry, cpio } from './cpio.ts';

/** Files of the machine, without what differs from run to run. */
export interface Lab {
  readonly kernel: string;
  readonly initrd: string;
  readonly release: string;
}

/** In the order of loading, what each depends on added by `modprobe`. */
const MODULES: readonly (readonly [name: string, options?: string])[] = [
  // The files of this machine, shared by way of QEMU.
  ['virtio_pci'],
  ['9pnet_virtio'],
  ['9p'],
  ['overlay'],
  // The host side of USB devices.
  ['hid_generic'],
  ['usbhid'],
  ['uhid'],
  ['cdc_acm'],
  ['usblp'],
  // The device side: as many sockets as there are devices, and what can be plugged into them.
  ['dummy_hcd', 'num=6'],
  ['usb_f_acm'],
  ['usb_f_printer'],
  ['usb_f_fs'],
  ['usb_f_hid'],
  // Disks that can be made to lie, the file systems on them, and a network that can be made bad.
  ['loop'],
  ['dm_mod'],
  ['dm_flakey'],
  ['ext4'],
  ['xfs'],
  ['sch_netem'],
];

const COMMANDS = [
  ...['qemu-system-x86_64', 'busybox', 'modprobe', 'depmod', 'ip', 'udevadm'],
  ...['dmsetup', 'losetup', 'mkfs.ext4', 'mkfs.xfs', 'tc'],
];
const FOLDERS_OF_ROOT = ['/usr/sbin', '/sbin'];
const INIT = new URL('./init.sh', import.meta.url);

/** Why there can be no laboratory here, or undefined when there can. Downloads nothing. */
export async function whyNoLab(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `the laboratory needs Linux on x64, this is ${process.platform} on ${process.arch}`;
  }
  const found = await Promise.all(COMMANDS.map(commandPath));
  const missing = COMMANDS.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) return `${missing.join(', ')} not installed`;
  if (await present(await labFolder())) return undefined;
  return (await commandPath('apt-get')) ? undefined : 'no apt-get to fetch a kernel with';
}

/**
 * The machine's files, fetched and made when they are not there yet.
 * @param tell receives what takes time
 * @returns rejects when apt has no kernel to give
 */
export async function prepareLab(tell: (line: string) => void): Promise<Lab> {
  const folder = await labFolder();
  const ready = await present(folder);
  if (ready) return ready;
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(path.join(cacheFolder(), '.lab-'));
  try {
    await make(work, tell);
    // Another process may have been faster; what it made is the same.
    await rename(path.join(work, 'lab'), folder).catch(async (error: unknown) => {
      if (!(await present(folder))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const made = await present(folder);
  if (!made) throw new Error(`${folder} is not complete`);
  return made;
}

/** Another recipe is another folder. */
async function labFolder(): Promise<string> {
  const recipe = createHash('sha256')
    .update(JSON.stringify(MODULES))
    .update(await readFile(INIT));
  return path.join(cacheFolder(), `lab-${recipe.digest('hex').slice(0, 12)}`);
}

async function present(folder: string): Promise<Lab | undefined> {
  const release = await readFile(path.join(folder, 'release'), 'utf8').catch(() => undefined);
  if (release === undefined) return undefined;
  return { kernel: path.join(folder, 'vmlinuz'), initrd: path.join(folder, 'initrd.gz'), release };
}

async function make(work: string, tell: (line: string) => void): Promise<void> {
  const name = await newestKernel();
  tell(`fetching ${name} for the laboratory machine (70 MB)`);
  await runCommand('apt-get', ['download', name], { cwd: work });
  const archive = (await readdir(work)).find((file) => file.endsWith('.deb'));
  if (archive === undefined) throw new Error(`apt-get download ${name} brought nothing`);
  const unpacked = path.join(work, 'unpacked');
  await runCommand('dpkg-deb', ['-x', path.join(work, archive), unpacked]);
  const release = name.replace('linux-image-', '');
  await runCommand(await command('depmod'), ['-b', unpacked, release]);

  const lab = path.join(work, 'lab');
  await mkdir(lab);
  await rename(path.join(unpacked, 'boot', `vmlinuz-${release}`), path.join(lab, 'vmlinuz'));
  const entries = await firstFiles(await modules(unpacked, release));
  await writeFile(path.join(lab, 'initrd.gz'), gzipSync(cpio(entries)));
  // Written last: without it the folder counts for nothing.
  await writeFile(path.join(lab, 'release'), release);
}

async function newestKernel(): Promise<string> {
  const named = async () => {
    const names = (await runCommand('apt-cache', ['pkgnames', 'linux-image-6.1.'])).split('\n');
    const images = names.filter((name) => /^linux-image-6\.1\.\d+-\d+-amd64$/.test(name));
    return images.sort(new Intl.Collator('en', { numeric: true }).compare).at(-1);
  };
  let newest = await named();
  if (newest === undefined && process.getuid?.() === 0) {
    await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'update']);
    newest = await named();
  }
  if (newest === undefined) throw new Error('apt offers no linux-image-6.1: the laboratory is made for Debian 12');
  return newest;
}

interface Module {
  readonly file: string;
  readonly options: string;
}

/** In the order in which they can be loaded. */
async function modules(unpacked: string, release: string): Promise<Module[]> {
  const modprobe = await command('modprobe');
  const all = new Map<string, Module>();
  for (const [name, options = ''] of MODULES) {
    const printed = await runCommand(modprobe, ['-d', unpacked, '-S', release, '--show-depends', name]);
    const files = printed.split('\n').flatMap((line) => /^insmod (\S+)/.exec(line)?.[1] ?? []);
    files.forEach((file, index) => {
      if (!all.has(file)) all.set(file, { file, options: index === files.length - 1 ? options : '' });
    });
  }
  return [...all.values()];
}

async function firstFiles(loaded: readonly Module[]): Promise<Entry[]> {
  const order = loaded.map(({ file, options }) => `${path.basename(file)} ${options}\n`).join('');
  const folders = ['bin', 'proc', 'sys', 'dev', 'shared', 'layer', 'files', 'lab', 'modules'];
  const files = loaded.map(async ({ file }) => ({
    name: `modules/${path.basename(file)}`,
    data: await readFile(file),
  }));
  return [
    ...folders.map((name) => ({ name })),
    { name: 'bin/busybox', data: await readFile(await command('busybox')), executable: true },
    { name: 'init', data: await readFile(INIT), executable: true },
    { name: 'modules/order', data: Buffer.from(order) },
    ...(await Promise.all(files)),
  ];
}

async function command(name: string): Promise<string> {
  const found = await commandPath(name);
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

async function commandPath(name: string): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...FOLDERS_OF_ROOT];
  for (const file of folders.map((folder) => path.join(folder, name)).filter((each) => existsSync(each))) {
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}
