// What is checked without running the product, one command each:
// node tools/run.mjs tools/check.ts typecheck|lint|build|format [--write]

import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './bootstrap.mjs';

const modules = (...parts: string[]): string => path.join(ROOT, 'node_modules', ...parts);
const PRETTIER = [modules('prettier', 'bin', 'prettier.cjs'), '.', '--cache', '--log-level', 'warn'];

/** Each check is a list of scripts for the lockfile's Node, all of which must end well. */
export const CHECKS = {
  typecheck: [
    // By path: `tsc` in node_modules/.bin belongs to whichever TypeScript was installed last.
    [modules('typescript', 'bin', 'tsc'), '-p', '.'],
    [modules('typescript', 'bin', 'tsc'), '-p', 'testbench/bench/page'],
    [modules('svelte-check', 'bin', 'svelte-check'), '--workspace', 'kiosk-app/renderer', '--fail-on-warnings'],
  ],
  lint: [
    [
      modules('eslint', 'bin', 'eslint.js'),
      '.',
      '--max-warnings=0',
      '--cache',
      '--cache-location',
      modules('.cache', 'eslint/'),
    ],
  ],
  format: [[...PRETTIER, '--check']],
  build: [[path.join(ROOT, 'tools', 'build.ts'), '--if-changed']],
  'format:write': [[...PRETTIER, '--write']],
} as const satisfies Record<string, readonly (readonly string[])[]>;

export type CheckName = keyof typeof CHECKS;

/** Runs one check to its end. `output` is everything it printed. */
export async function runCheck(name: CheckName, signal?: AbortSignal): Promise<{ passed: boolean; output: string }> {
  let passed = true;
  let output = '';
  for (const script of CHECKS[name]) {
    const child = spawn(process.execPath, script, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    });
    const collect = (bytes: Buffer): void => {
      output += bytes.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) passed = false;
  }
  return { passed, output };
}

if (import.meta.main) {
  const [name, option] = process.argv.slice(2);
  const check = name === 'format' && option === '--write' ? 'format:write' : name;
  if (check === undefined || !(check in CHECKS)) {
    process.stderr.write(`usage: tools/check.ts ${Object.keys(CHECKS).join('|')}\n`);
    process.exit(2);
  }
  const { passed, output } = await runCheck(check as CheckName);
  process.stdout.write(output);
  process.exitCode = passed ? 0 : 1;
}
