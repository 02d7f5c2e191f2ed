import { readFileSync } from 'node:fs';
import { Agent, type Dispatcher, request } from 'undici';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { type Failed, connectionFailure } from './classify.ts';
import { retryAfterMs } from './backoff.ts';

export interface PlatformFiles {
  readonly url: string;
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
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

/** One pool of connections to the platform: HTTPS, both sides show a certificate. */
export interface Line {
  /** E3101 not reachable, E3102 no answer in time, E3104 not HTTP or not our platform, E3105 it refuses us, E9001. */
  exchange(exchange: Exchange): Promise<Result<Answer, Failed>>;
  close(): Promise<void>;
}

/** A 12-page sealed statement is about 200 kB; ten times a month's journal batch stays far below. */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;

export function openLine(files: PlatformFiles, connections: number, clock: Clock): Line {
  const agent = new Agent({
    connections,
    pipelining: 1,
    // Every exchange carries its own deadline on the injected clock; undici's own timers stay out of the way.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MOST_ANSWER_BYTES,
    connect: {
      ca: readFileSync(files.caFile),
      cert: readFileSync(files.certificateFile),
      key: readFileSync(files.keyFile),
      minVersion: 'TLSv1.2',
    },
  });
  return {
    async exchange({ method, path, body, deadlineMs, signal }) {
      const stop = new AbortController();
      const cancelTimer = clock.after(deadlineMs, () => stop.abort('E3102'));
      const cancelled = () => stop.abort(signal?.reason === 'E9002' ? 'E3102' : 'E9001');
      if (signal?.aborted) cancelled();
      signal?.addEventListener('abort', cancelled, { once: true });
      const started = clock.monotonic();
      try {
        const response = await request(new URL(path, files.url), {
          dispatcher: agent,
          method,
          signal: stop.signal,
          headers: {
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : JSON.stringify(body),
        });
        const text = await response.body.text();
        return ok({
          status: response.statusCode,
          json: parseJson(text),
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
    },
    close: () => agent.destroy(),
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
