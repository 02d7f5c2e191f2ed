import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildNeeded, hashInputs, stampFile } from './build-stamp.mjs';

describe('whether dist/ belongs to the sources', () => {
  let root = '';
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };

  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'build-stamp-'));
    await write('contract/slip.ts', 'export const width = 48;');
  });
  after(() => rm(root, { recursive: true }));

  it('nothing was built yet', async () => {
    assert.equal(await buildNeeded(root), 'nothing built yet');
  });

  it('nothing changed since the build', async () => {
    await mkdir(path.dirname(stampFile(root)), { recursive: true });
    await writeFile(stampFile(root), JSON.stringify({ inputs: await hashInputs(root) }));
    assert.equal(await buildNeeded(root), undefined);
  });

  it('a test or a note changed, which no bundle contains', async () => {
    await write('contract/slip.test.ts', 'test');
    await write('contract/README.md', 'note');
    assert.equal(await buildNeeded(root), undefined);
  });

  it('a source changed, or one was added deep in a folder', async () => {
    await write('kiosk-app/renderer/screens/Attract.svelte', '<h1>');
    assert.equal(await buildNeeded(root), 'sources changed');
  });
});
