// npm start: make the machine ready, then bring up the whole terminal with the Node from the lockfile.

import path from 'node:path';
import { ROOT, bootstrap } from './bootstrap.mjs';
import { handOver } from './bootstrap/run-command.mjs';

const node = await bootstrap({ scope: 'start' });
await handOver(node, [path.join(ROOT, 'tools', 'dev', 'start.ts'), ...process.argv.slice(2)]);
