import { join } from 'node:path';
import type { Simulator } from '../process.ts';
import { HEARTBEAT, TRIGGER } from './commands.ts';
import { LINE_FAULTS, SerialLine } from '../serial-line.ts';

export interface CodeScannerOptions {
  /** Folder in which the port appears, as `code-scanner`. */
  readonly dir: string;
  readonly seed?: number;
  readonly baudRate?: number;
  readonly slowMs?: number;
}

/**
 * A scanner in serial mode. Faults of the line spoil answers and codes alike; noTerminator: a code without its end.
 * Events: `asked` after each heartbeat, `looking` with whether it looks for a code.
 */
export async function startCodeScanner(
  options: CodeScannerOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  let heard = '';
  let looking = false;
  const line = new SerialLine({ ...options, port: join(options.dir, 'code-scanner') }, (chunk) => {
    heard += chunk.toString('hex');
    for (;;) {
      const command = [HEARTBEAT.send, TRIGGER.start, TRIGGER.stop].find((known) => heard.startsWith(known));
      if (!command) break;
      heard = heard.slice(command.length);
      if (command === HEARTBEAT.send) {
        // While it looks for a code, a fault that was set is meant for the code.
        const faults = looking ? (['silent'] as const) : LINE_FAULTS;
        void line.say(Buffer.from(HEARTBEAT.expect, 'hex'), faults).then(() => emit('asked', null));
      } else {
        looking = command === TRIGGER.start;
        emit('looking', looking);
      }
    }
    // Part of a command may still come; anything else is thrown away.
    heard = [HEARTBEAT.send, TRIGGER.start, TRIGGER.stop].some((known) => known.startsWith(heard)) ? heard : '';
  });

  await line.start();
  return {
    ready: { port: line.pty.port },
    methods: {
      ...line.methods(() => {
        heard = '';
        looking = false;
      }),
      /** Holds a code before the window. `end`: what the scanner was set to send behind a code. */
      show: ({ codeHex, end }: { codeHex: string; end?: 'cr' | 'lf' | 'crlf' }) => {
        const terminator = line.takeFault('noTerminator') ? '' : { cr: '0d', lf: '0a', crlf: '0d0a' }[end ?? 'crlf'];
        return line.say(Buffer.from(codeHex + terminator, 'hex'));
      },
      state: () => ({ looking, plugged: line.pty.isPlugged, faults: line.faults }),
    },
    stop: () => line.pty.close(),
  };
}
