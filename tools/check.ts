// What is checked without running the product, one command each:
// node tools/run.mjs tools/check.ts typecheck|lint|build|format [--write]

import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './bootstrap.mjs';

const modules = (...parts: string[]): string => path.join(ROOT, 'node_modules', ...parts);
const PRETTIER = [modules('prettier', 'bin', 'prettier.cjs'), '.', '--cache', '--log-level', 'warn'];

export type CheckName = 'typecheck' | 'lint' | 'build' | 'format' | 'format:write';

/** Each check is a list of scripts for the lockfile's Node, all of which must end well. */
export const CHECKS: Readonly<Record<CheckName, readonly (readonly string[])[]>> = {
  typecheck: [
    // By path: `tsc` in node_modules/.bin belongs to whichever TypeScript was installed last.
    [modules('typescript', 'bin', 'tsc'), '-p', '.'],
    [modules('typescript', 'bin', 'tsc'), '-p', 'testbench/bench/page'],
    ...['kiosk-app/renderer', 'central-platform/management/web'].map((workspace) => [
      modules('svelte-check', 'bin', 'svelte-check'),
      '--workspace',
      workspace,
      '--tsconfig',
      'tsconfig.json',
      '--fail-on-warnings',
    ]),
  ],
  // Without ESLint's cache, which would not notice a change of our own rule.
  lint: [[modules('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0']],
  format: [[...PRETTIER, '--check']],
  build: [[path.join(ROOT, 'tools', 'build.ts'), '--if-changed']],
  'format:write': [[...PRETTIER, '--write']],
};

/** Runs one check to its end, its scripts side by side. `output` is everything they printed. */
export async function runCheck(name: CheckName, signal?: AbortSignal): Promise<{ passed: boolean; output: string }> {
  const results = await Promise.all(CHECKS[name].map((script) => runScript(script, signal)));
  return {
    passed: results.every((result) => result.passed),
    output: results.map((result) => result.output).join(''),
  };
}

async function runScript(
  script: readonly string[],
  signal?: AbortSignal,
): Promise<{ passed: boolean; output: string }> {
  const child = spawn(process.execPath, script, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  let output = '';
  const collect = (bytes: Buffer): void => {
    output += bytes.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { passed: code === 0, output };
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
