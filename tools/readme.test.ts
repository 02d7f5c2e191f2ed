import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import packageJson from '../package.json' with { type: 'json' };

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const READMES = ['README.md', 'README.zh-CN.md'] as const;

test('whoever reads either README finds every command', () => {
  for (const readme of READMES) {
    const text = read(readme);
    for (const script of Object.keys(packageJson.scripts)) {
      const command = script === 'start' || script === 'test' ? `npm ${script}` : `npm run ${script}`;
      assert.ok(text.includes(command), `${readme} does not name ${command}`);
    }
  }
});
