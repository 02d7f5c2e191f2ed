// Child processes for the bootstrap: quiet while they succeed, complete output when they fail.

import { spawn } from 'node:child_process';
import path from 'node:path';

/** A command that ended with an error; `output` holds everything it printed. */
export class CommandFailed extends Error {
  /**
   * @param {string} command
   * @param {string} reason
   * @param {string} output
   */
  constructor(command, reason, output) {
    super(`${command}: ${reason}${output ? `\n${output.trimEnd()}` : ''}`);
    this.name = 'CommandFailed';
    this.output = output;
  }
}

/**
 * Runs a command to its end and returns what it printed on standard output.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [options]
 * @returns {Promise<string>} rejects with CommandFailed
 */
export function runCommand(file, args, options = {}) {
  const shown = [file, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a .cmd file on Windows, which only a shell can start.
      shell: process.platform === 'win32' && file === 'npm',
    });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (bytes) => {
      stdout += bytes;
      all += bytes;
    });
    child.stderr.on('data', (bytes) => {
      all += bytes;
    });
    child.on('error', (error) => reject(new CommandFailed(shown, error.message, all)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new CommandFailed(shown, signal ? `ended by ${signal}` : `exit code ${code}`, all));
    });
  });
}

/**
 * Replaces this process as far as Node can: same terminal, signals passed on, same exit code.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<never>}
 */
export async function handOver(file, args, env = process.env) {
  const child = spawn(file, args, { stdio: 'inherit', env });
  // Ctrl+C reaches the child through the terminal's process group; this process only has to outlive it.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  process.exit(code);
}

/**
 * The environment for npm itself: without this repository's `.bin`, whose Node may be replaced while npm runs.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentForNpm(root) {
  const ownBin = path.join(root, 'node_modules', '.bin');
  const PATH = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.resolve(folder) !== ownBin)
    .join(path.delimiter);
  return { ...process.env, PATH };
}
