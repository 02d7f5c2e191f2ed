import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestPlatform, type TestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { WIDE } from './campaign.ts';
import { answersIn, rawConnection, untilClosed } from './raw.ts';

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform({ config: { limits: { ...WIDE, requestTimeoutMs: 2_000 } } });
});
after(() => platform.end());

/** What the platform answers to these bytes, until it ends the connection. */
async function say(bytes: string): Promise<ReturnType<typeof answersIn>> {
  const socket = await rawConnection(platform);
  socket.write(bytes);
  return answersIn(await untilClosed(socket));
}

const JSON_TYPE = 'content-type: application/json\r\n';

test('two lengths, or a length and chunks: nothing is taken for a second request', async () => {
  const hidden = 'GET /v1/streams/audit/head HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
  const shapes = {
    'length and chunks': `POST /v1/downlink HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'two lengths': `POST /v1/downlink HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}content-length: 0\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`,
    'a length with a sign': `POST /v1/downlink HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}content-length: +5\r\n\r\n${hidden}`,
    'chunks by another name': `POST /v1/downlink HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    'a space before the colon': `POST /v1/downlink HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'a folded header': `POST /v1/downlink HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}transfer-encoding:\r\n chunked\r\nx: y\r\n z\r\n\r\n0\r\n\r\n${hidden}`,
    'a chunk of no length': `POST /v1/downlink HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}transfer-encoding: chunked\r\n\r\nzz\r\n\r\n${hidden}`,
  };
  for (const [what, bytes] of Object.entries(shapes)) {
    const answers = await say(bytes);
    assert.ok(
      answers.every(([status, code]) => status >= 400 && status < 500 && code === 'E9005'),
      `${what}: ${JSON.stringify(answers)}`,
    );
    assert.ok(answers.length >= 1, `${what}: no answer`);
  }
});

test('what is no HTTP, and headers without end, are refused with a code', async () => {
  const flood = Array.from({ length: 400 }, (_, i) => `x-${i}: ${'y'.repeat(60)}\r\n`).join('');
  const cases: readonly (readonly [string, string, number])[] = [
    ['nonsense', '\0\u0001\u0002 nonsense\r\n\r\n', 400],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['many headers', `GET /v1/streams/audit/head HTTP/1.1\r\nhost: x\r\n${flood}\r\n`, 431],
    ['one long header', `GET /v1/streams/audit/head HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
    ['a long address', `GET /${'y'.repeat(40_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
    ['no host', 'GET /v1/streams/audit/head HTTP/1.1\r\n\r\n', 400],
  ];
  for (const [what, bytes, status] of cases) {
    const [first] = await say(bytes);
    assert.deepEqual(first?.[0], status, what);
    if (what !== 'no host') assert.equal(first?.[1], 'E9005', what);
  }
});

test('a body that never comes, or comes drop by drop, does not hold a connection', async () => {
  const head = `POST /v1/heartbeat HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}content-length: 100\r\n\r\n`;
  const silent = await rawConnection(platform);
  silent.write(head);
  const slow = await rawConnection(platform);
  slow.write(head);
  const dripping = setInterval(() => slow.write(' '), 300);
  const headerless = await rawConnection(platform);
  headerless.write('POST /v1/heartbeat HTTP/1.1\r\nx: ');
  const said = await Promise.all([silent, slow, headerless].map(untilClosed));
  clearInterval(dripping);
  for (const one of said) assert.deepEqual(answersIn(one), [[408, 'E9005']]);
});

test('a stranger with a large body is answered, and the body is not read', async () => {
  const { port } = new URL(platform.running.terminalUrl);
  const { connect } = await import('node:tls');
  const socket = connect({ host: '127.0.0.1', port: Number(port), ca: platform.installation.authority.ca });
  socket.on('error', () => {});
  const ended = untilClosed(socket);
  socket.write(`POST /v1/heartbeat HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}content-length: 8000000\r\n\r\n`);
  assert.deepEqual(answersIn(await ended), [[403, 'E3105']]);
});

test('the platform is still well after all of it, and its log names no caller’s bytes', async () => {
  const terminal = await platform.terminal();
  assert.equal((await terminal.send('GET', '/v1/streams/audit/head')).status, 200);
  const log = platform.logLines.join('');
  assert.match(log, /"event":"not http"/);
  assert.doesNotMatch(log, /yyyy|nonsense|"event":"bug"/);
});
