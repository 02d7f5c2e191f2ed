import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ROOT } from '../bootstrap.mjs';
import { EXTERNAL } from '../build/targets.ts';
import { runtimeClosure } from './closure.ts';
import { identityOf } from './stage.ts';

describe('what a package calls itself', () => {
  it('with the test-only runtime nobody can take it for a release', () => {
    const identity = identityOf('0.1.0', { testOnly: true, version: '25.1.1' });
    assert.deepEqual(identity, {
      name: 'provident-fund-kiosk-test-only',
      productName: 'Provident Fund Kiosk (test-only)',
      version: '0.1.0-testonly.electron25',
    });
  });

  it('with a release runtime it carries the plain name and version', () => {
    const { name, version } = identityOf('0.1.0', { testOnly: false, version: '45.4.1' });
    assert.deepEqual({ name, version }, { name: 'provident-fund-kiosk', version: '0.1.0' });
  });
});

describe('what lies beside the bundled programs', () => {
  it('native modules bring what they need in turn', async () => {
    const folders = await runtimeClosure(ROOT, EXTERNAL);
    for (const name of ['better-sqlite3', 'serialport', '@serialport/bindings-cpp', 'pkg-prebuilds']) {
      assert.ok(folders.includes(`node_modules/${name}`), `${name} is missing from the package`);
    }
    assert.ok(
      folders.some((folder) => folder.endsWith('/node-gyp-build')),
      'the loader of prebuilt modules is missing',
    );
  });

  it('a package that is not installed is named', async () => {
    await assert.rejects(runtimeClosure(ROOT, ['no-such-package']), /no-such-package, needed by a program, is missing/);
  });
});
