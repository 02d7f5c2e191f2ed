import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pages } from './reference/pages.ts';

const FOLDER = join(import.meta.dirname, '../docs/reference');

describe('the reference pages', () => {
  for (const [name, text] of Object.entries(pages())) {
    it(`${name} says what the contract says`, () => {
      assert.ok(
        readFileSync(join(FOLDER, name), 'utf8') === text,
        `docs/reference/${name} is out of date: run "npm run reference" and commit what changed`,
      );
    });

    it(`${name} links only to what it describes`, () => {
      const anchors = new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!.toLowerCase()));
      for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g))
        assert.ok(anchors.has(anchor!), `#${anchor} is nowhere`);
    });
  }
});
