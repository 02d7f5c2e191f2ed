import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { runCommand } from './bootstrap/run-command.mjs';
import { cacheFolder, obtainElectronRuntime } from './electron-runtime.mjs';

const linuxX64 = process.platform === 'linux' && process.arch === 'x64';

it('a machine with an empty cache gets a runtime that starts', { skip: !linuxX64 && 'Linux x64 only' }, async () => {
  const cache = await mkdtemp(path.join(tmpdir(), 'electron-cache-'));
  process.env['XDG_CACHE_HOME'] = cache;
  try {
    const told: string[] = [];
    const runtime = await obtainElectronRuntime((line) => told.push(line));
    assert.ok(runtime, `no runtime; told: ${told.join('; ')}`);
    const version = await runCommand(runtime.executable, ['--version', '--no-sandbox']);
    assert.equal(version.trim(), `v${runtime.version}`);
    const left = (await readdir(cacheFolder())).filter((name) => name.startsWith('.'));
    assert.deepEqual(left, [], 'half-unpacked folders stay behind in the cache');
  } finally {
    await rm(cache, { recursive: true });
  }
});
