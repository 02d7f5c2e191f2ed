// npm test: make the machine ready, then run every suite with the Node from the lockfile. The build is one of the
// suites, so that a program that cannot be built is a counted failure and everything else is still tried.

import path from 'node:path';
import { ROOT, bootstrap, ensureLabPackages, orExit } from './bootstrap.mjs';
import { handOver } from './bootstrap/run-command.mjs';

const node = await orExit(() => bootstrap({ scope: 'test', build: false }));
// Apart from the others: where these cannot be had, one suite says so and everything else runs.
await ensureLabPackages();
await handOver(node, [path.join(ROOT, 'tools', 'test', 'run.ts'), ...process.argv.slice(2)]);
