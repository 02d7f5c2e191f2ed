// npm start: make the machine ready, then bring up the whole terminal with the Node from the lockfile.

import path from 'node:path';
import { ROOT, bootstrap, orExit } from './bootstrap.mjs';
import { handOver } from './bootstrap/run-command.mjs';

const node = await orExit(() => bootstrap({ scope: 'start' }));
await handOver(node, [path.join(ROOT, 'tools', 'dev', 'start.ts'), ...process.argv.slice(2)]);
