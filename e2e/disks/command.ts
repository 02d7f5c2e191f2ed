import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps what only root uses; not on everybody's path. */
const FOLDERS_OF_ROOT = ['/usr/sbin', '/sbin'];

export const PATH_OF_ROOT = [process.env['PATH'] ?? '', ...FOLDERS_OF_ROOT].join(delimiter);

export function isInstalled(command: string): boolean {
  return PATH_OF_ROOT.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a command that must succeed, and answers what it printed. */
export function system(command: string, ...options: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, options, {
    encoding: 'utf8',
    env: { ...process.env, PATH: PATH_OF_ROOT },
  });
  if (status !== 0) throw new Error(`${command} ${options.join(' ')}: ${error?.message ?? stderr.trim()}`);
  return stdout.trim();
}
