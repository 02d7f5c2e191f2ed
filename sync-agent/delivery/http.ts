import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { retryAfterMs } from './backoff.ts';
import { type PlatformFiles, type ServerFiles, credentialFiles } from './credentials.ts';
import { type Failed, connectionFailure } from './classify.ts';

export type { PlatformFiles } from './credentials.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The body may be long and is worth compressing, where the platform understands it. */
  readonly compress?: boolean;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  /** The JSON of the body; undefined when it is not JSON. */
  readonly json: unknown;
  readonly retryAfterMs: number | undefined;
  readonly roundTripMs: number;
}

/** One pool of connections to the platform: HTTPS, both sides show a certificate (only the platform while we have none). */
export interface Line {
  /** E3101 not reachable, E3102 no answer in time, E3104 not HTTP or not our platform, E3105 it refuses us, E9001. */
  exchange(exchange: Exchange): Promise<Result<Answer, Failed>>;
  close(): Promise<void>;
}

/** A 12-page sealed statement is about 200 kB; ten times a month's journal batch stays far below. */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;
/** Longer than the heartbeat's pause, so that a person's call finds a connection open; shorter than what gateways forget. */
const KEEP_ALIVE_MS = 20_000;
/** Below this the header and the work cost more than the bytes. */
const WORTH_COMPRESSING = 2 * 1024;
const UNSUPPORTED_MEDIA_TYPE = 415;
const FORBIDDEN = 403;

const compressed = promisify(gzip);

export function openLine(files: ServerFiles | PlatformFiles, connections: number, clock: Clock): Line {
  const credentials = credentialFiles(files, clock);
  let agent = newAgent();
  /** The platform has said that it does not read gzip. */
  let plainOnly = false;
  let closed = false;

  function newAgent(): Agent {
    return new Agent({
      connections,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      // Every exchange carries its own deadline on the injected clock; undici's own timers stay out of the way.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: MOST_ANSWER_BYTES,
      connect: { ca: credentials.current.ca, ...credentials.current.own, minVersion: 'TLSv1.2' },
    });
  }

  /** A renewed certificate counts from the next connection on; exchanges under way end on the old one. */
  function renew(now = false): boolean {
    if (closed || !credentials.changed(now)) return false;
    const old = agent;
    agent = newAgent();
    void old.close();
    return true;
  }

  async function ask(exchange: Exchange): Promise<Result<Answer, Failed>> {
    const { method, path, body, compress, deadlineMs, signal } = exchange;
    const stop = new AbortController();
    const cancelTimer = clock.after(deadlineMs, () => stop.abort('E3102'));
    const cancelled = () => stop.abort(signal?.reason === 'E9002' ? 'E3102' : 'E9001');
    if (signal?.aborted) cancelled();
    signal?.addEventListener('abort', cancelled, { once: true });
    const started = clock.monotonic();
    try {
      const text = body === undefined ? null : JSON.stringify(body);
      const zip = compress === true && !plainOnly && text !== null && text.length >= WORTH_COMPRESSING;
      const response = await request(new URL(path, files.url), {
        dispatcher: agent,
        method,
        signal: stop.signal,
        headers: {
          accept: 'application/json',
          ...(text === null ? {} : { 'content-type': 'application/json' }),
          ...(zip ? { 'content-encoding': 'gzip' } : {}),
        },
        body: zip ? await compressed(text, { level: 1 }) : text,
      });
      const answer = await response.body.text();
      if (zip && response.statusCode === UNSUPPORTED_MEDIA_TYPE) plainOnly = true;
      return ok({
        status: response.statusCode,
        json: parseJson(answer),
        retryAfterMs: retryAfterMs(single(response.headers['retry-after']), clock.now()),
        roundTripMs: clock.monotonic() - started,
      });
    } catch (error) {
      const reason: unknown = stop.signal.reason;
      if (reason === 'E3102' || reason === 'E9001') return err({ code: reason });
      return err(connectionFailure(error));
    } finally {
      cancelTimer();
      signal?.removeEventListener('abort', cancelled);
    }
  }

  return {
    async exchange(exchange) {
      renew();
      const couldZip = !plainOnly;
      const answer = await ask(exchange);
      // The first to show a renewed certificate ends the one that everybody else still shows.
      if (answer.ok && answer.value.status === FORBIDDEN && renew(true)) return ask(exchange);
      // Refused for the compression alone: the same once more as it is.
      return answer.ok && couldZip && plainOnly && answer.value.status === UNSUPPORTED_MEDIA_TYPE
        ? ask(exchange)
        : answer;
    },
    close() {
      closed = true;
      return agent.destroy();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const single = (header: Dispatcher.ResponseData['headers'][string]): string | undefined =>
  Array.isArray(header) ? header[0] : header;
