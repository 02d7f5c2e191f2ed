/** The database did not answer, or not in time. What was asked may have happened or not; asking again is safe and is what helps. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** After how many seconds a caller asks again. */
export const RETRY_AFTER_S = 5;

// https://www.postgresql.org/docs/15/errcodes-appendix.html: connection exceptions, resources, shutdown and start, time-outs.
const STATES = /^(08...|53...|57P0[1-5]|57014|55P03|25P03|58...)$/;
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);
/** What pg says without a code of its own. */
const WORDS =
  /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed)/;

/** Whether an error of a PostgreSQL connection says that the server is away or stalled rather than that a question was wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (STATES.test(code) || SYSTEM.has(code))) return true;
  return WORDS.test(error.message);
}
