import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { BatchReceipt } from '@kiosk/contract/platform/ingest.ts';
import { startTestPlatform, type TestPlatform } from '../testing/installation.ts';
import { TestJournal, type TestTerminal } from '../testing/terminal.ts';

let platform: TestPlatform;
let terminal: TestTerminal;
let journal: TestJournal;
before(async () => {
  platform = await startTestPlatform();
  terminal = await platform.terminal();
  journal = new TestJournal(terminal, 'business');
  for (let i = 0; i < 50; i++) journal.write({ type: 'service.rated', sessionId: `session-${i}`, score: 'satisfied' });
});
after(() => platform.end());

const send = (body: Buffer, encoding: string) =>
  terminal.send('POST', '/v1/streams/business/batches', body, { 'content-encoding': encoding });

test('a compressed batch is the same batch', async () => {
  const packed = gzipSync(JSON.stringify(journal.batch()));
  const { status, body } = await send(packed, 'gzip');
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal((body as BatchReceipt).durableUpTo, 50);
});

test('a small body that unfolds to more than a body may hold is refused, and the platform goes on', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  assert.ok(bomb.length < 100_000);
  const answer = await send(bomb, 'gzip');
  assert.deepEqual([answer.status, (answer.body as { code: string }).code], [413, 'E9005']);
  assert.equal((await terminal.send('GET', '/v1/streams/audit/head')).status, 200);
});

test('a body that is not what it says, or is in an encoding nobody reads, is refused with its own status', async () => {
  const packed = gzipSync(JSON.stringify(journal.batch()));
  for (const [what, body, encoding, status] of [
    ['plain text that calls itself gzip', Buffer.from('{}'), 'gzip', 400],
    ['cut short', packed.subarray(0, -10), 'gzip', 400],
    ['gzip in gzip', gzipSync(packed), 'gzip', 400],
    ['brotli', packed, 'br', 415],
    ['two encodings', packed, 'gzip, gzip', 415],
  ] as const) {
    const answer = await send(body, encoding);
    assert.deepEqual([answer.status, (answer.body as { code: string }).code], [status, 'E9005'], what);
  }
});
