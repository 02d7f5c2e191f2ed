// Whether dist/ is up to date: one hash over everything the bundles are made of, kept beside them.

import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Relative to the repository: what ends up in a bundle, and what decides how it is made. */
const INPUTS = [
  'contract',
  'domain',
  'documents',
  'device-drivers',
  'sync-agent',
  'kiosk-app',
  'central-platform/management/contract',
  'central-platform/management/web',
  'assets',
  'tools/build.ts',
  'tools/build',
  'package-lock.json',
];

/** @param {string} root */
export function stampFile(root) {
  return path.join(root, 'dist', 'build-stamp.json');
}

/**
 * @param {string} root
 * @returns {Promise<string | undefined>} why a build is necessary
 */
export async function buildNeeded(root) {
  const stamp = await readFile(stampFile(root), 'utf8').catch(() => undefined);
  if (stamp === undefined) return 'nothing built yet';
  return JSON.parse(stamp).inputs === (await hashInputs(root)) ? undefined : 'sources changed';
}

/**
 * A hash over names and contents of all inputs. Tests are no input: nothing imports them.
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function hashInputs(root) {
  const files = (await Promise.all(INPUTS.map((input) => filesBelow(path.join(root, input))))).flat().sort();
  const digests = await Promise.all(files.map((file) => digestOf(root, file)));
  return createHash('sha256').update(digests.join('\n')).digest('hex');
}

/** @param {string} root @param {string} file */
async function digestOf(root, file) {
  const name = path.relative(root, file);
  // Fonts are 20 MB that hardly ever change: size and time of change stand for their content.
  if (/\.(ttf|otf|woff2)$/.test(name)) {
    const { size, mtimeMs } = await stat(file);
    return `${name} ${size} ${mtimeMs}`;
  }
  return `${name} ${createHash('sha256')
    .update(await readFile(file))
    .digest('hex')}`;
}

/** @param {string} place a file or a folder @returns {Promise<string[]>} */
async function filesBelow(place) {
  const found = await stat(place).catch(() => undefined);
  if (found === undefined) return [];
  if (!found.isDirectory()) return [place];
  const names = (await readdir(place)).filter((name) => name !== 'node_modules' && !/\.test\.ts$|\.md$/.test(name));
  return (await Promise.all(names.map((name) => filesBelow(path.join(place, name))))).flat();
}
