import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { type Clock, ManualClock, systemClock } from '@kiosk/contract/kernel/clock.ts';
import { ending } from '../testing/ending.ts';
import { TERMINAL, temporaryFolder } from '../testing/journal.ts';
import { testAuthority } from '../testing/tls.ts';
import { openLine } from './http.ts';

/** A bare HTTPS server that wants a certificate, and a line to it. */
async function lineTo(
  t: TestContext,
  answer: RequestListener,
  { connections = 1, clock = systemClock }: { connections?: number; clock?: Clock } = {},
) {
  const authority = await testAuthority(temporaryFolder(t));
  const { certificateFile, keyFile } = await authority.issue('platform');
  const server = createServer(
    {
      ...{ cert: readFileSync(certificateFile), key: readFileSync(keyFile), ca: readFileSync(authority.caFile) },
      ...{ requestCert: true, rejectUnauthorized: true },
    },
    answer,
  );
  let opened = 0;
  server.on('secureConnection', () => opened++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const files = { url: `https://127.0.0.1:${port}`, caFile: authority.caFile, ...(await authority.issue(TERMINAL)) };
  const line = openLine(files, connections, clock);
  ending(t, () => {
    server.closeAllConnections();
    server.close();
    return line.close();
  });
  return { line, opened: () => opened };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const exchange = { method: 'POST', path: '/v1/anything', deadlineMs: 30_000 } as const;

test('fifty batches go over one connection, each under the certificate of this terminal', async (t) => {
  const names = new Set<unknown>();
  const { line, opened } = await lineTo(t, (request, response) => {
    names.add((request.socket as TLSSocket).getPeerCertificate().subject.CN);
    request.resume().on('end', () => response.end('{}'));
  });
  for (let n = 0; n < 50; n++) {
    const answer = await line.exchange({ ...exchange, body: { n } });
    assert.equal(answer.ok && answer.value.status, 200);
  }
  assert.deepEqual([...names], [TERMINAL]);
  assert.equal(opened(), 1, 'a TLS handshake for every batch');
});

test('a long body travels small and arrives whole; a short one is not worth it', async (t) => {
  const heard: { encoding: string | undefined; bytes: number; text: string }[] = [];
  const { line } = await lineTo(t, (request, response) => {
    void bytesOf(request).then((bytes) => {
      const encoding = request.headers['content-encoding'];
      heard.push({ encoding, bytes: bytes.length, text: String(encoding === 'gzip' ? gunzipSync(bytes) : bytes) });
      response.end('{}');
    });
  });
  const bodies = [{ text: '江州'.repeat(4_000) }, { text: 'short' }];
  for (const body of bodies) assert.ok((await line.exchange({ ...exchange, body, compress: true })).ok);
  assert.deepEqual(
    heard.map(({ text }) => JSON.parse(text) as unknown),
    bodies,
  );
  assert.deepEqual(
    heard.map(({ encoding }) => encoding),
    ['gzip', undefined],
  );
  assert.ok(heard[0]!.bytes * 10 < heard[0]!.text.length, `${heard[0]!.bytes} bytes on the line`);
});

test('nobody answers: the deadline ends it, on the clock of this program; who gives up hears so at once', async (t) => {
  const asked = { heard: () => {} };
  const clock = new ManualClock();
  const { line } = await lineTo(t, () => asked.heard(), { connections: 2, clock });
  const heard = () => new Promise<void>((resolve) => (asked.heard = resolve));

  let there = heard();
  const silent = line.exchange({ ...exchange, body: {} });
  await there;
  clock.advance(exchange.deadlineMs);
  assert.deepEqual(await silent, { ok: false, error: { code: 'E3102' } });

  there = heard();
  const given = new AbortController();
  const cancelled = line.exchange({ ...exchange, body: {}, signal: given.signal });
  await there;
  given.abort('E9001');
  assert.deepEqual(await cancelled, { ok: false, error: { code: 'E9001' } });
});
