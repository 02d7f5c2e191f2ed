import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { LAB_DEVICES } from '@kiosk/testbench/lab/devices.ts';
import { ROOT } from '../bootstrap.mjs';
import { bundleProgram } from '../build/bundle.ts';
import { udevRules } from '../udev/rules.ts';
import { type LabCheck, gather } from './lines.ts';
import { runInLab } from './machine.ts';
import { prepareLab } from './prepare.ts';

/** What the machine needs for everything is a minute at most, on a busy computer two; after this it hangs. */
const LIMIT_MS = 300_000;

export interface LabOptions {
  /** Only these checks; empty: all. */
  readonly only: readonly string[];
  readonly tell: (line: string) => void;
  readonly onConsole?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs the checks of testbench/lab in the laboratory machine. Rejects when there can be no such machine here. */
export async function runLab({ only, tell, onConsole, signal }: LabOptions): Promise<LabCheck[]> {
  const lab = await prepareLab(tell);
  const rules = udevRules(Object.values(LAB_DEVICES));
  if (!rules.ok) throw new Error(rules.error.detail);
  await mkdir(path.join(ROOT, 'var'), { recursive: true });
  const work = await mkdtemp(path.join(ROOT, 'var', 'lab-'));
  try {
    const program = await bundled(work);
    const limitMs = LIMIT_MS;
    return gather(await runInLab(lab, { program, rules: rules.value, only, limitMs, onConsole, signal }));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** As the product's programs are built; in emulation a hundred small source files would take half of the time. */
async function bundled(work: string): Promise<string> {
  const programs = path.join(work, 'programs');
  await bundleProgram('testbench/lab/main.ts', path.join(programs, 'checks.js'));
  await bundleProgram('testbench/lab/device-side/main.ts', path.join(programs, 'devices.js'));
  await symlink(path.join(ROOT, 'assets'), path.join(work, 'assets'));
  return path.join(programs, 'checks.js');
}
