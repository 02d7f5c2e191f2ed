// Makes a fresh clone ready: packages, system libraries, Electron runtime, build. Plain JavaScript, because it runs on
// the bare Node of the machine before anything is installed. Every step asks first whether there is anything to do,
// so that a warm run costs a fraction of a second and says one line.
//
//   node tools/bootstrap.mjs [start|test] [--no-build]

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildNeeded } from './bootstrap/build-stamp.mjs';
import { say, secondsSince, tellStep } from './bootstrap/console.mjs';
import { dependenciesNeeded, installDependencies, lockfileNode } from './bootstrap/dependencies.mjs';
import { runCommand } from './bootstrap/run-command.mjs';
import {
  installCommand,
  installPackages,
  installedPackages,
  missingPackages,
  readSystemPackages,
} from './bootstrap/system-packages.mjs';
import { electronNeeded, obtainElectronRuntime } from './electron-runtime.mjs';

/** @typedef {import('./bootstrap/system-packages.mjs').Scope} Scope */

const PACKAGE_LIST = 'tools/bootstrap/system-packages.json';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Step 1. Everything else needs it; alone it is enough for lint, typecheck and the like.
 * @returns {Promise<string>} the Node executable from the lockfile
 */
export async function ensureDependencies() {
  const why = await dependenciesNeeded(ROOT);
  if (why !== undefined) await tellStep('npm packages', why, () => installDependencies(ROOT));
  return lockfileNode(ROOT);
}

/**
 * Step 2. Never fatal: what cannot be installed here is told, and whoever needs it says so again.
 * @param {Scope} scope
 */
export async function ensureSystemPackages(scope) {
  const list = await readSystemPackages();
  const installed = await installedPackages(list);
  if (installed === undefined) {
    // Windows and macOS bring what the programs need; what is in the list beyond that are Linux tools for tests.
    if (process.platform === 'linux') say(`no dpkg here: system libraries not checked, ${PACKAGE_LIST} names them`);
    return;
  }
  const missing = missingPackages(list, scope, installed);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    say(`going on without ${missing.length} system packages. To add them: sudo ${installCommand(missing)}`);
    return;
  }
  const names = missing.map((entry) => entry.anyOf[0]).join(', ');
  try {
    await tellStep('system packages', `missing: ${names}`, () => installPackages(missing));
  } catch (error) {
    say(`going on without ${names}: ${error instanceof Error ? error.message : error}`);
  }
}

/** What the laboratory machine runs on (`npm run lab`): 20 MB to fetch, 90 MB on the disk. Never fatal. */
export async function ensureLabPackages() {
  await ensureSystemPackages('lab');
}

/** Step 3. Never fatal either: the tests that need a window name the reason. */
export async function ensureElectron() {
  const why = await electronNeeded();
  if (why === undefined) return;
  try {
    await tellStep('Electron runtime', why, () => obtainElectronRuntime(say));
  } catch (error) {
    say(`going on without an Electron runtime: ${error instanceof Error ? error.message : error}`);
  }
}

/** Step 4. @param {string} node */
export async function ensureBuild(node) {
  const why = await buildNeeded(ROOT);
  if (why === undefined) return;
  await tellStep('build', why, () => runCommand(node, [path.join(ROOT, 'tools', 'build.ts')], { cwd: ROOT }));
}

/**
 * All steps in order.
 * @param {{ scope: Scope, build?: boolean }} options
 * @returns {Promise<string>} the Node executable from the lockfile, to run everything else with
 */
export async function bootstrap({ scope, build = true }) {
  const startedAt = performance.now();
  const node = await ensureDependencies();
  await ensureSystemPackages(scope);
  await ensureElectron();
  if (build) await ensureBuild(node);
  say(`ready in ${secondsSince(startedAt)}`);
  return node;
}

/**
 * As `bootstrap`, for the programs behind the npm scripts: what went wrong is told in words, without a stack.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function orExit(work) {
  try {
    return await work();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const scope = args.includes('test') ? 'test' : 'start';
  await orExit(() => bootstrap({ scope, build: !args.includes('--no-build') }));
}
