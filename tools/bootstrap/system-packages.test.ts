import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { installCommand, missingPackages, readSystemPackages, type SystemPackage } from './system-packages.mjs';

const list: SystemPackage[] = [
  { anyOf: ['libold', 'libnew'], for: 'start', why: 'the window' },
  { anyOf: ['browser'], for: 'test', why: 'the tests' },
];

describe('system packages', () => {
  it('starting the terminal does not ask for what only tests need', () => {
    assert.deepEqual(missingPackages(list, 'start', new Set(['libold'])), []);
    assert.deepEqual(missingPackages(list, 'test', new Set(['libold'])), [list[1]]);
  });

  it('the laboratory asks for its own packages only, and nobody else for them', () => {
    const lab: SystemPackage = { anyOf: ['emulator'], for: 'lab', why: 'a machine in the machine' };
    assert.deepEqual(missingPackages([...list, lab], 'lab', new Set()), [lab]);
    assert.deepEqual(missingPackages([lab], 'test', new Set()), []);
  });

  it('a newer Debian has the library under another name', () => {
    assert.deepEqual(missingPackages(list, 'test', new Set(['libnew', 'browser'])), []);
  });

  it('a person who is not root gets one command', () => {
    assert.equal(installCommand(list), 'apt-get install -y --no-install-recommends libold browser');
  });

  it('every package in the list says why it is there', async () => {
    for (const entry of await readSystemPackages()) {
      assert.ok(entry.why.length > 5 && entry.anyOf.length > 0, `system-packages.json: ${JSON.stringify(entry)}`);
    }
  });

  it('no Chinese font is installed: the screens bring their own', async () => {
    const names = (await readSystemPackages()).flatMap((entry) => entry.anyOf);
    assert.deepEqual(
      names.filter((name) => name.startsWith('fonts-')),
      [],
    );
  });
});
