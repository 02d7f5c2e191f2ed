// Step 1: node_modules is what package-lock.json says. Derived from npm's own record, so that `npm install` by hand
// never causes a second installation.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environmentForNpm, runCommand } from './run-command.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, peer?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Says why node_modules does not match the lockfile, or undefined when it does.
 *
 * npm writes `node_modules/.package-lock.json` as the last act of an installation, so its absence also means an
 * installation that was interrupted. Packages marked optional may be absent: they belong to other platforms.
 * @param {Lockfile} wanted
 * @param {Lockfile | undefined} installed
 * @returns {string | undefined}
 */
export function whyInstall(wanted, installed) {
  if (installed === undefined) return 'node_modules is missing or incomplete';
  const present = installed.packages ?? {};
  for (const [location, entry] of Object.entries(wanted.packages ?? {})) {
    if (location === '') continue;
    const found = present[location];
    if (found === undefined) {
      if (entry.optional) continue;
      return `${location} is not installed`;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${location} is not the version in package-lock.json`;
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Promise<Lockfile | undefined>} undefined when there is no such file or it was cut short
 */
async function readLockfile(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Which lockfile the last installation by the bootstrap was made from. npm leaves out what no package.json asks for, and
 * such an entry in the lockfile must not cause an installation at each start.
 * @param {string} root
 */
function stampFile(root) {
  return path.join(root, 'node_modules', '.installed-from.json');
}

/** @param {string} root @returns {Promise<string>} JSON with the lockfile's hash */
async function lockfileStamp(root) {
  const lockfile = await readFile(path.join(root, 'package-lock.json'));
  return JSON.stringify({ lockfile: createHash('sha256').update(lockfile).digest('hex') });
}

/**
 * @param {string} root
 * @returns {Promise<string | undefined>} why `npm ci` is necessary
 */
export async function dependenciesNeeded(root) {
  const wanted = await readLockfile(path.join(root, 'package-lock.json'));
  if (wanted === undefined)
    throw new Error('package-lock.json is missing or not JSON: restore it from version control');
  const installed = await readLockfile(path.join(root, 'node_modules', '.package-lock.json'));
  const why = whyInstall(wanted, installed);
  if (why === undefined || installed === undefined) return why;
  const stamp = await readFile(stampFile(root), 'utf8').catch(() => undefined);
  return stamp === (await lockfileStamp(root)) ? undefined : why;
}

/** @param {string} root */
export async function installDependencies(root) {
  await runCommand('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, env: environmentForNpm(root) });
  await writeFile(stampFile(root), await lockfileStamp(root));
}

/**
 * The Node that runs every program and test: from the lockfile, never from the system.
 * @param {string} root
 * @returns {string} throws on platforms for which the lockfile holds no Node
 */
export function lockfileNode(root) {
  const onWindows = process.platform === 'win32';
  const name = `node-${onWindows ? 'win' : process.platform}-${process.arch}`;
  const file = path.join(root, 'node_modules', name, 'bin', onWindows ? 'node.exe' : 'node');
  if (!existsSync(file)) {
    throw new Error(
      `${file} is missing. The runtime comes from the optional dependency ${name}: run "npm ci" without ` +
        `--omit=optional; on a platform other than Linux x64, Linux arm64 and Windows x64 there is none.`,
    );
  }
  return file;
}
