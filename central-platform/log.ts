/**
 * One JSON line an event. Fields are named by hand at every call: identifiers, codes, counts and times, never a name, a number of a
 * person, a code or anything typed by a depositor.
 */
export interface LogFields {
  readonly event: string;
  readonly terminal?: string | undefined;
  readonly route?: string | undefined;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  readonly milliseconds?: number | undefined;
  readonly count?: number | undefined;
}

export type Log = (fields: LogFields) => void;

export function jsonLog(now: () => number, write: (line: string) => void): Log {
  return (fields) => write(`${JSON.stringify({ at: new Date(now()).toISOString(), ...fields })}\n`);
}

/** Where a bug happened, without its message: messages quote values, and values may be somebody's. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return [error.name, ...places.slice(0, 6).map((line) => line.trim())].join(' | ');
}
