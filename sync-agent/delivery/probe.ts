import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type Socket, connect, isIP } from 'node:net';
import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { PlatformFiles } from './http.ts';

export interface LinkStep {
  readonly name: 'name' | 'tcp' | 'tls' | 'http';
  readonly passed: boolean;
  readonly milliseconds: number;
  readonly detail?: string;
}

/**
 * Name, TCP, TLS with both certificates, then a heartbeat, each only when the one before passed: the first that fails
 * tells the technician which cable, box or certificate to look at.
 */
export async function testLink(
  files: PlatformFiles,
  heartbeat: () => Promise<Result<unknown>>,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly LinkStep[]> {
  const { hostname, port } = new URL(files.url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = { host, port: port === '' ? 443 : Number(port) };
  const steps: LinkStep[] = [];

  async function step(name: LinkStep['name'], run: () => Promise<string | undefined>): Promise<boolean> {
    const started = clock.monotonic();
    const problem = await run().catch((error: unknown) => (error instanceof Error ? errorCode(error) : 'failed'));
    const passed = problem === undefined;
    const milliseconds = Math.round((clock.monotonic() - started) * 10) / 10;
    steps.push({ name, passed, milliseconds, ...(passed ? {} : { detail: problem }) });
    return passed;
  }

  const reached =
    (await step('name', async () => void (await lookup(host)))) &&
    (await step('tcp', () => opened(connect({ ...address, signal }), 'connect'))) &&
    (await step('tls', () =>
      opened(
        connectTls({
          ...address,
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ca: readFileSync(files.caFile),
          cert: readFileSync(files.certificateFile),
          key: readFileSync(files.keyFile),
        }),
        'secureConnect',
      ),
    ));

  async function opened(socket: Socket, event: string): Promise<undefined> {
    try {
      await once(socket, event, { signal });
    } finally {
      socket.destroy();
    }
  }

  if (reached) {
    await step('http', async () => {
      const answer = await heartbeat();
      return answer.ok ? undefined : [answer.error.code, answer.error.detail].filter(Boolean).join(' ');
    });
  }
  return steps;
}

const errorCode = (error: Error): string => ('code' in error ? String(error.code) : error.name);
