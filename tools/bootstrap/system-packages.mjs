// Step 2: system libraries and tools, through apt where there is apt. The list with its reasons: system-packages.json.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { CommandFailed, runCommand } from './run-command.mjs';

/** @typedef {'start' | 'test' | 'lab'} Scope what the machine is going to do; `test` needs everything `start` needs, `lab` only its own */
/** @typedef {{ anyOf: string[], for: Scope, why: string }} SystemPackage one need and the packages that satisfy it, newest Debian last */

/** @returns {Promise<SystemPackage[]>} */
export async function readSystemPackages() {
  return JSON.parse(await readFile(new URL('./system-packages.json', import.meta.url), 'utf8'));
}

/**
 * @param {readonly SystemPackage[]} list
 * @param {Scope} scope
 * @param {ReadonlySet<string>} installed
 */
export function missingPackages(list, scope, installed) {
  return list.filter(
    (entry) =>
      (entry.for === scope || (scope === 'test' && entry.for === 'start')) &&
      !entry.anyOf.some((name) => installed.has(name)),
  );
}

/**
 * @param {readonly SystemPackage[]} list
 * @returns {Promise<Set<string> | undefined>} undefined where there is no dpkg
 */
export async function installedPackages(list) {
  const names = list.flatMap((entry) => entry.anyOf);
  /** @param {string} output */
  const parse = (output) =>
    new Set(
      output
        .split('\n')
        .filter((line) => line.endsWith(' installed'))
        .map((line) => line.slice(0, line.indexOf(' '))),
    );
  try {
    return parse(await runCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]));
  } catch (error) {
    // dpkg-query ends with 1 as soon as one name is unknown, after printing the others.
    if (error instanceof CommandFailed && error.output !== '') return parse(error.output);
    return undefined;
  }
}

/**
 * Says which names apt can install here: package names differ between releases of Debian.
 * @param {readonly SystemPackage[]} missing
 * @returns {Promise<string[]>}
 */
async function namesAptKnows(missing) {
  const all = missing.flatMap((entry) => entry.anyOf);
  const known = new Set((await runCommand('apt-cache', ['pkgnames'])).split('\n').filter((name) => all.includes(name)));
  return missing.map((entry) => entry.anyOf.findLast((name) => known.has(name)) ?? entry.anyOf[0] ?? '');
}

/** @param {readonly SystemPackage[]} missing */
export function installCommand(missing) {
  return `apt-get install -y --no-install-recommends ${missing.map((entry) => entry.anyOf[0]).join(' ')}`;
}

/** @param {readonly SystemPackage[]} missing */
export async function installPackages(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  await runCommand('apt-get', [...wait, 'update'], { env });
  const names = await namesAptKnows(missing);
  const release = await holdServices();
  try {
    await runCommand('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...names], { env });
  } finally {
    await release();
  }
}

/** Where Debian's packages ask whether they may start a service: invoke-rc.d(8). */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Tests start a database or a print queue themselves, in folders of their own: no package starts one beside them. A policy that
 * the machine has already is left alone.
 * @returns {Promise<() => Promise<void>>} takes it back
 */
async function holdServices() {
  try {
    await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { flag: 'wx', mode: 0o755 });
  } catch {
    return async () => {};
  }
  return () => rm(POLICY, { force: true });
}
