import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/** One line of the program's log. Fields are technical: never a name, an ID number, a phone or the bytes of a card. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | undefined>>,
) => void;

/** JSON lines, as a supervisor's log collector wants them. `write` takes one line with its line feed. */
export function jsonLines(clock: Clock, program: string, write: (line: string) => void): Log {
  return (level, message, fields) =>
    write(JSON.stringify({ at: new Date(clock.now()).toISOString(), program, level, message, ...fields }) + '\n');
}
