import { readFileSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import { createInterface } from 'node:readline/promises';
import type { Speech } from './words.ts';

export interface Credentials {
  readonly name: string;
  readonly secret: string;
}

export interface CredentialSources {
  readonly name: string | undefined;
  readonly secretFile: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Name and secret from options, environment, or the person at the terminal. A secret is never an argument: arguments
 * are visible to everybody on the machine. Undefined: nobody can be asked.
 */
export async function findCredentials(sources: CredentialSources, speech: Speech): Promise<Credentials | undefined> {
  const { env, input, output } = sources;
  let name = sources.name ?? env['KIOSK_TECHNICIAN'];
  let secret = sources.secretFile === undefined ? env['KIOSK_SECRET'] : readFileSync(sources.secretFile, 'utf8').trim();
  if ((name === undefined || secret === undefined) && !input.isTTY) return undefined;
  if (name === undefined) {
    const lines = createInterface({ input, output });
    name = (await lines.question(speech.say('askName'))).trim();
    lines.close();
  }
  secret ??= await askHidden(input, output, speech.say('askSecret'));
  return { name, secret };
}

/** Reads one line without showing it. Ctrl+C ends the program as it always does. */
function askHidden(input: ReadStream, output: NodeJS.WriteStream, question: string): Promise<string> {
  output.write(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  let typed = '';
  return new Promise((resolve) => {
    const onData = (text: string) => {
      for (const character of text) {
        if (character === '\u0003') return end(() => process.kill(process.pid, 'SIGINT'));
        if (character === '\r' || character === '\n') return end(() => resolve(typed));
        typed = character === '\u007f' || character === '\b' ? typed.slice(0, -1) : typed + character;
      }
    };
    const end = (then: () => void) => {
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      then();
    };
    input.on('data', onData);
  });
}
