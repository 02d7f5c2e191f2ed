import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../bootstrap.mjs';
import { cpio } from './cpio.ts';
import type { Lab } from './prepare.ts';

export interface Run {
  /** Relative to the repository; started inside with the Node that runs this. */
  readonly program: string;
  /** Variables of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** udev rules that hold inside. */
  readonly rules: string;
  /** Only these checks; empty: all. */
  readonly only: readonly string[];
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Everything the machine says, as it says it. */
  readonly onConsole?: ((text: string) => void) | undefined;
}

/**
 * Starts the machine, waits until it switches itself off, and answers with its console. It sees the whole file tree of
 * this one and can change none of it; it has no network.
 */
export async function runInLab(lab: Lab, run: Run): Promise<string> {
  const work = await mkdtemp(path.join(tmpdir(), 'lab-'));
  try {
    const initrd = path.join(work, 'initrd');
    await writeFile(initrd, Buffer.concat([await aligned(lab.initrd), ownFiles(run)]));
    return await boot(lab.kernel, initrd, run);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The kernel takes one archive after another; each begins at a multiple of four bytes. */
async function aligned(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function ownFiles({ program, environment, rules, only }: Run): Buffer {
  const own = { LAB_ROOT: ROOT, LAB_NODE: process.execPath, LAB_PROGRAM: program, LAB_ONLY: only.join(' ') };
  const lines = Object.entries({ ...environment, ...own }).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  return cpio([
    { name: 'lab' },
    { name: 'lab/environment', data: Buffer.from(lines.join('')) },
    { name: 'lab/rules', data: Buffer.from(rules) },
  ]);
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

async function boot(kernel: string, initrd: string, { limitMs, signal, onConsole }: Run): Promise<string> {
  const limit = AbortSignal.timeout(limitMs);
  const child = spawn(
    'qemu-system-x86_64',
    [
      // Emulated in software: a virtual machine inside a virtual machine hangs on many a build server.
      ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '1536'],
      ...['-nodefaults', '-display', 'none', '-serial', 'stdio', '-no-reboot', '-nic', 'none'],
      ...['-kernel', kernel, '-initrd', initrd, '-append', 'console=ttyS0 quiet loglevel=1 panic=-1'],
      ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      killSignal: 'SIGKILL',
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (heard: string) => {
      text += heard;
      onConsole?.(heard);
    });
  }
  // A machine whose program was ended would go on for minutes.
  const ended = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
  const end = (name: NodeJS.Signals) => {
    child.kill('SIGKILL');
    ended.forEach((each) => process.off(each, end));
    process.kill(process.pid, name);
  };
  ended.forEach((each) => process.on(each, end));
  await new Promise<void>((resolve, reject) => {
    // Out of time: what was said until then says which check did not end.
    child.on('error', (error) => (limit.aborted ? undefined : reject(error)));
    child.on('close', () => resolve());
  }).finally(() => ended.forEach((each) => process.off(each, end)));
  return limit.aborted ? `${text}\nnot finished after ${limitMs / 1_000} s` : text;
}
