import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/** Plain facts only: codes, counts, states, ids of programs and devices. Never a name, number, phone, code or token. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Log = (event: string, fields?: LogFields) => void;

/** One JSON text a line. */
export function jsonLog(clock: Clock, write: (line: string) => void): Log {
  return (event, fields = {}) =>
    write(JSON.stringify({ at: new Date(clock.now()).toISOString(), program: 'sync-agent', event, ...fields }) + '\n');
}
