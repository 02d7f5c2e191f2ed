// npm test: make the machine ready, then run every suite with the Node from the lockfile.

import path from 'node:path';
import { ROOT, bootstrap } from './bootstrap.mjs';
import { handOver } from './bootstrap/run-command.mjs';

const args = process.argv.slice(2);
const node = args.includes('--list')
  ? await bootstrap({ scope: 'test', build: false })
  : await bootstrap({ scope: 'test' });
await handOver(node, [path.join(ROOT, 'tools', 'test', 'run.ts'), ...args]);
