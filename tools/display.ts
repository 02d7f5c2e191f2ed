// A virtual screen for windows where the machine has none: Xvfb with a window manager, because a kiosk window fills the
// screen only when somebody answers its wish to be full-screen. It is reached through a local socket only.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface Display {
  /** To be merged into the environment of programs that open a window. */
  readonly env: { readonly DISPLAY: string };
  stop(): Promise<void>;
}

/** Pixels of the upright kiosk screen. */
const KIOSK_SCREEN = { width: 1080, height: 1920 };

/** Starts a virtual screen on a free display number. Rejects when Xvfb is not installed or does not come up. */
export async function startDisplay({ width, height } = KIOSK_SCREEN): Promise<Display> {
  const screen = `${width}x${height}x24`;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const DISPLAY = `:${await displayNumber(server)}`;
  const manager = spawn('matchbox-window-manager', ['-use_titlebar', 'no'], {
    env: { ...process.env, DISPLAY },
    stdio: 'ignore',
  });
  // Without a window manager windows still open, only not at full size; the tests of the window say so then.
  manager.on('error', () => undefined);
  return {
    env: { DISPLAY },
    async stop() {
      await end(manager);
      await end(server);
    },
  };
}

/** The machine's own display where there is one, else a virtual one. */
export async function displayOrVirtual(): Promise<Display> {
  const DISPLAY = process.env['DISPLAY'];
  if (DISPLAY) return { env: { DISPLAY }, stop: () => Promise.resolve() };
  return await startDisplay();
}

/** Xvfb picks a free number and writes it to descriptor 3 as soon as it accepts connections. */
async function displayNumber(server: ChildProcess): Promise<string> {
  let complaint = '';
  server.stderr?.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const numbers = server.stdio[3] as Readable;
  const failed = new Promise<never>((_, reject) => {
    server.on('error', (error) => reject(new Error(`Xvfb could not be started: ${error.message}`)));
    server.on('exit', (code) => reject(new Error(`Xvfb ended with code ${code}: ${complaint.trim()}`)));
  });
  const [line] = (await Promise.race([once(numbers, 'data'), failed])) as [Buffer];
  failed.catch(() => undefined);
  return line.toString().trim();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
