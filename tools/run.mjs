// Runs one TypeScript program of this repository with the Node from the lockfile, installing the packages first if
// need be:
//
//   node tools/run.mjs [--ready] path/to/program.ts [arguments]
//
// --ready does the whole bootstrap, for programs that need the build, the Electron runtime or system tools.

import path from 'node:path';
import { ROOT, bootstrap, ensureDependencies, orExit } from './bootstrap.mjs';
import { handOver } from './bootstrap/run-command.mjs';

const args = process.argv.slice(2);
const ready = args[0] === '--ready';
const [program, ...rest] = ready ? args.slice(1) : args;
if (program === undefined) {
  process.stderr.write('usage: node tools/run.mjs [--ready] program.ts [arguments]\n');
  process.exit(2);
}
const node = await orExit(() => (ready ? bootstrap({ scope: 'test' }) : ensureDependencies()));
await handOver(node, [path.resolve(ROOT, program), ...rest]);
