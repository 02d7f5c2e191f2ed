// What a suite needs from the machine, and how to find out whether it is there.

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../bootstrap.mjs';
import { stampFile } from '../bootstrap/build-stamp.mjs';
import { whyNoPostgres } from '@kiosk/central-platform/testing/postgres-programs.ts';
import { findElectronRuntime } from '../electron-runtime.mjs';
import { whyNoLab } from '../lab/prepare.ts';

export type Need =
  'chromium' | 'electron' | 'display' | 'socat' | 'ippeveprinter' | 'poppler' | 'gcc' | 'postgres' | 'build' | 'lab';

/** Missing, these are told and never held against a machine: not every one can run another machine. */
export const OPTIONAL: ReadonlySet<Need> = new Set(['lab']);

const COMMANDS = {
  chromium: 'chromium',
  socat: 'socat',
  ippeveprinter: 'ippeveprinter',
  poppler: 'pdftoppm',
  gcc: 'gcc',
} as const satisfies Partial<Record<Need, string>>;

/** Why a need is not met here, or undefined when it is. */
export async function whyUnmet(need: Need): Promise<string | undefined> {
  switch (need) {
    case 'electron':
      return (await findElectronRuntime()) === undefined ? 'no Electron runtime on this machine' : undefined;
    case 'display':
      if (process.env['DISPLAY']) return undefined;
      return (await commandExists('Xvfb')) ? undefined : 'neither a display nor Xvfb';
    case 'build':
      // Its stamp is the last thing a build writes and the first that it takes away.
      return (await isThere(stampFile(ROOT))) ? undefined : 'dist/ is not built';
    case 'postgres':
      return whyNoPostgres();
    case 'lab':
      return await whyNoLab();
    default:
      return (await commandExists(COMMANDS[need])) ? undefined : `${COMMANDS[need]} is not installed`;
  }
}

async function commandExists(command: string): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = await Promise.all(folders.map((folder) => isThere(path.join(folder, command), constants.X_OK)));
  return found.includes(true);
}

async function isThere(file: string, mode: number = constants.F_OK): Promise<boolean> {
  return await access(file, mode).then(
    () => true,
    () => false,
  );
}
