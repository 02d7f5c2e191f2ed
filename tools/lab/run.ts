import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LAB_DEVICES } from '@kiosk/testbench/lab/devices.ts';
import { ROOT } from '../bootstrap.mjs';
import { bundleProgram } from '../build/bundle.ts';
import { udevRules } from '../udev/rules.ts';
import { prepareBadLine } from './bad-line.ts';
import { type LabCheck, gather } from './lines.ts';
import { runInLab } from './machine.ts';
import { prepareLab } from './prepare.ts';

/** What the machine needs for everything is a minute or so, on a busy computer two or three; after this it hangs. */
const LIMIT_MS = 480_000;

const BUNDLES = [
  ['e2e/lab/main.ts', 'checks.js'],
  ['testbench/lab/device-side/main.ts', 'devices.js'],
  ['sync-agent/agent/main.ts', 'agent.js'],
  ['central-platform/main.ts', 'platform.js'],
  // Threads and processes of the platform; it starts them by these names.
  ['central-platform/ingest/unwrap-worker.ts', 'unwrap-worker.ts'],
  ['central-platform/downlink/signer-process.ts', 'signer-process.ts'],
] as const;

export interface LabOptions {
  /** Only these checks; empty: all. */
  readonly only: readonly string[];
  readonly tell: (line: string) => void;
  readonly onConsole?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs the checks of e2e/lab in the laboratory machine. Rejects when there can be no such machine here. */
export async function runLab({ only, tell, onConsole, signal }: LabOptions): Promise<LabCheck[]> {
  const lab = await prepareLab(tell);
  const rules = udevRules(Object.values(LAB_DEVICES));
  if (!rules.ok) throw new Error(rules.error.detail);
  await mkdir(path.join(ROOT, 'var'), { recursive: true });
  const work = await mkdtemp(path.join(ROOT, 'var', 'lab-'));
  // A path of its own, because those of sockets must be short.
  const installation = await mkdtemp(path.join(tmpdir(), 'lab-'));
  try {
    const environment = await prepareBadLine(installation);
    const program = await bundled(work);
    const limitMs = LIMIT_MS;
    return gather(await runInLab(lab, { program, environment, rules: rules.value, only, limitMs, onConsole, signal }));
  } finally {
    await Promise.all([work, installation].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

/** As the product's programs are built; in emulation a hundred small source files would take half of the time. */
async function bundled(work: string): Promise<string> {
  const programs = path.join(work, 'programs');
  for (const [entry, file] of BUNDLES) await bundleProgram(entry, path.join(programs, file));
  await symlink(path.join(ROOT, 'assets'), path.join(work, 'assets'));
  // The platform tells its version from the file beside its folder.
  await copyFile(path.join(ROOT, 'central-platform', 'package.json'), path.join(work, 'package.json'));
  return path.join(programs, 'checks.js');
}
