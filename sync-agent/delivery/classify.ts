import { errors } from 'undici';
import type { Failure } from '@kiosk/contract/kernel/result.ts';
import { Refusal } from '@kiosk/contract/platform/api.ts';
import type { Answer } from './http.ts';

export interface Failed extends Failure {
  /** The platform asked to be left alone this long (429, 503). */
  readonly retryAfterMs?: number | undefined;
  /** 413 for a batch of so many entries. */
  readonly tooLargeWith?: number | undefined;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
]);

/**
 * What a connection that failed means. A server certificate that does not verify is somebody in between (E3104); an
 * alert of the other side about our certificate is a refusal (E3105).
 */
export function connectionFailure(error: unknown): Failed {
  const code = codeOf(error) ?? codeOf(causeOf(error));
  // Bytes that are no HTTP at all: the one failure for which undici has no code.
  if (code === undefined && error instanceof errors.HTTPParserError) return { code: 'E3104', detail: 'not HTTP' };
  if (code === undefined) throw error;
  // A call's own deadline may run out a moment before or after undici's for the connection: one silence, one code.
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return { code: 'E3102', detail: code };
  if (UNREACHABLE.has(code)) return { code: 'E3101', detail: code };
  if (/^ERR_SSL_.*ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/.test(code)) {
    return { code: 'E3105', detail: code };
  }
  return { code: 'E3104', detail: code };
}

/** What an answer that is not a 2xx means. A refusal in the platform's own words keeps its code. */
export function answerFailure(answer: Answer): Failed {
  const { status, retryAfterMs } = answer;
  const refusal = Refusal.safeParse(answer.json);
  if (status === 429) return { code: 'E3106', retryAfterMs };
  if (status >= 500) return { code: 'E3103', detail: `HTTP ${status}`, retryAfterMs };
  if (status >= 400 && refusal.success) return refusal.data;
  if (status === 401 || status === 403) return { code: 'E3105', detail: `HTTP ${status}` };
  return { code: 'E3104', detail: `HTTP ${status}` };
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);
