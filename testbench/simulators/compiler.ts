import { spawnSync } from 'node:child_process';

/** Why C cannot be compiled here; undefined: it can. */
export function noCompiler(): string | undefined {
  return spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'no C compiler (cc) on this machine';
}

/** Builds one C file; a warning is a failure. */
export function compile(source: URL, output: string, ...options: readonly string[]): void {
  const args = ['-O1', '-Wall', '-Wextra', '-Werror', ...options, '-o', output, source.pathname];
  const built = spawnSync('cc', args, { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`cc ${args.join(' ')}\n${built.stderr}`);
}
