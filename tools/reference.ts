// The reference pages in docs/reference/, made from the contract: npm run reference

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './reference/pages.ts';

const FOLDER = join(import.meta.dirname, '../docs/reference');

mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of Object.entries(pages())) writeFileSync(join(FOLDER, name), text);
