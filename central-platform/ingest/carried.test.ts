import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type BundleBlock,
  type BundleHeader,
  type BundleReceipt,
  type BundleSeal,
  bundleStatement,
} from '@kiosk/contract/journal/bundle.ts';
import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import type { StreamPage } from '@kiosk/contract/platform/ingest.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { MANAGEMENT_TOKEN, startTestPlatform, type TestPlatform } from '../testing/installation.ts';
import { complaint, TestJournal, type TestTerminal } from '../testing/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'carried-'));
after(() => rmSync(folder, { recursive: true }));

interface Context {
  after(work: () => Promise<void>): void;
}

async function fresh(t: Context) {
  const platform = await startTestPlatform();
  t.after(() => platform.end());
  const terminal = await platform.terminal();
  return { platform, terminal };
}

/** A month's journal of one stream, small: complaints between ratings. */
function filled(terminal: TestTerminal, length: number): TestJournal {
  const journal = new TestJournal(terminal, 'business');
  for (let n = 1; n <= length; n++) {
    if (n % 3 !== 0) journal.write({ type: 'service.rated', sessionId: `session-${n}`, score: 'fair' });
    else {
      const number = makeRequestNumber({ terminal: terminal.terminalId, counter: n });
      journal.write(complaint(number, `operation-${n}`).data);
    }
  }
  return journal;
}

/** As a terminal writes it, batches of 10. */
function bundleOf(journal: TestJournal, terminal: TestTerminal, afterSeq = 0): Buffer {
  const lines: unknown[] = [
    {
      format: 'kiosk-journal-bundle',
      v: 1,
      terminalId: journal.terminalId,
      suite: 'intl',
      createdAt: 0,
      streams: [
        {
          stream: journal.stream,
          afterSeq,
          previousHead: afterSeq === 0 ? GENESIS : journal.linkAt(afterSeq),
          requests: 0,
          upToSeq: journal.length,
          head: journal.linkAt(journal.length),
          acknowledgedSeq: 0,
        },
      ],
    } satisfies BundleHeader,
  ];
  for (let from = afterSeq + 1; from <= journal.length; from += 10) {
    const to = Math.min(from + 9, journal.length);
    lines.push({ batch: journal.batch(from, to), keysForTerminal: [] } satisfies BundleBlock);
  }
  const body = Buffer.from(lines.map((line) => JSON.stringify(line) + '\n').join(''));
  const sha256 = createHash('sha256').update(body).digest('hex');
  const entries = journal.length - afterSeq;
  const statement = Buffer.from(bundleStatement(journal.terminalId, sha256, entries));
  const signatureBase64 = signStatement(terminal.signingKey, statement).toString('base64');
  const seal: BundleSeal = { seal: { sha256, entries, signatureBase64 } };
  return Buffer.concat([body, Buffer.from(JSON.stringify(seal) + '\n')]);
}

const handIn = (platform: TestPlatform, bundle: Buffer) =>
  fetch(`${platform.running.publicUrl}/management/bundles`, {
    method: 'POST',
    headers: { authorization: `Bearer ${MANAGEMENT_TOKEN}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bundle),
  });

const list = async (platform: TestPlatform, path: string) =>
  (await (await platform.management(path)).json()) as Record<string, unknown>[];

test('a bundle takes effect once: handed in twice, after the line brought a part, and before the line brings all', async (t) => {
  const { platform, terminal } = await fresh(t);
  const journal = filled(terminal, 45);
  assert.equal((await terminal.deliver(journal.batch(1, 14))).status, 200);
  const bundle = bundleOf(journal, terminal);
  for (const stored of [31, 0]) {
    const answer = await handIn(platform, bundle);
    assert.equal(answer.status, 200);
    const { streams } = (await answer.json()) as BundleReceipt;
    assert.deepEqual(streams, [
      { stream: 'business', entries: 45, stored, putAside: 0, durableUpTo: 45, head: journal.linkAt(45) },
    ]);
  }
  const again = await terminal.deliver(journal.batch(15, 45));
  assert.equal(again.status, 200, 'delivery afterwards finds everything a duplicate');
  assert.equal((await list(platform, 'requests')).length, 15);
  assert.deepEqual(await (await platform.management('ratings')).json(), { fair: 30 });
  assert.deepEqual(await list(platform, 'events'), []);
  assert.deepEqual(readdirSync(join(platform.installation.dir, 'data', 'bundles')), [], 'no copy stays behind');
});

test('another history is put aside whole, once, and what is kept is not touched', async (t) => {
  const { platform, terminal } = await fresh(t);
  const journal = filled(terminal, 30);
  const old = journal.copy(12);
  assert.equal((await terminal.deliver(journal.batch())).status, 200);
  for (let n = 0; n < 25; n++) old.write({ type: 'service.rated', sessionId: `found-${n}`, score: 'satisfied' });
  const bundle = bundleOf(old, terminal);
  for (let n = 0; n < 2; n++) {
    const { streams } = (await (await handIn(platform, bundle)).json()) as BundleReceipt;
    assert.deepEqual(streams, [
      {
        stream: 'business',
        entries: 37,
        stored: 0,
        putAside: 27,
        code: 'E6202',
        durableUpTo: 30,
        head: journal.linkAt(30),
      },
    ]);
  }
  const aside = await list(platform, 'put-aside');
  assert.deepEqual(aside.map(({ fromSeq, toSeq }) => [fromSeq, toSeq]).reverse(), [
    [11, 20],
    [21, 30],
    [31, 37],
  ]);
  assert.deepEqual(await (await platform.management('ratings')).json(), { fair: 20 });
});

test('a bundle that is damaged, of a stranger or of a revoked terminal is refused, and nothing of it stored', async (t) => {
  const { platform, terminal } = await fresh(t);
  const journal = filled(terminal, 20);
  const bundle = bundleOf(journal, terminal);
  const codeOf = async (bytes: Buffer) => ((await (await handIn(platform, bytes)).json()) as { code: string }).code;
  assert.equal(await codeOf(bundle.subarray(0, -30)), 'E6302');
  assert.equal(await codeOf(Buffer.from('hello\n')), 'E6302');
  assert.equal(
    await codeOf(bundleOf(new TestJournal({ ...terminal, terminalId: '999999' }, 'business'), terminal)),
    'E3105',
  );
  await platform.management(`terminals/${terminal.terminalId}/state`, {
    method: 'POST',
    body: JSON.stringify({ state: 'revoked' }),
  });
  assert.equal(await codeOf(bundle), 'E3105');
  assert.deepEqual(await list(platform, 'requests'), []);
});

test('a terminal gets its own entries back byte for byte, page by page, and nobody else does', async (t) => {
  const { platform, terminal } = await fresh(t);
  const journal = filled(terminal, 23);
  await terminal.deliver(journal.batch());
  const pages: StreamPage[] = [];
  for (let after = 0; ; after += 10) {
    const { status, body } = await terminal.send('GET', `/v1/streams/business/entries?after=${after}&limit=10`);
    assert.equal(status, 200, JSON.stringify(body));
    const page = body as StreamPage;
    assert.equal(page.previousHead, journal.linkAt(after));
    pages.push(page);
    if (page.entries.length < 10) break;
  }
  assert.deepEqual(
    pages.flatMap(({ entries }) => entries),
    journal.batch().entries,
  );
  const other = await platform.terminal('300121');
  const foreign = await other.send('GET', '/v1/streams/business/entries?after=0&limit=10');
  assert.deepEqual((foreign.body as StreamPage).entries, []);
  for (const query of ['after=24&limit=10', 'after=-1&limit=10', 'after=0&limit=501', 'after=x&limit=1']) {
    const { status } = await terminal.send('GET', `/v1/streams/business/entries?${query}`);
    assert.ok(status === 400 || status === 404, `${query}: ${status}`);
  }
});

test('the command that hands a bundle in writes the receipt beside it', async (t) => {
  const { platform, terminal } = await fresh(t);
  const file = join(folder, 'carried.journal');
  const token = join(folder, 'token');
  writeFileSync(file, bundleOf(filled(terminal, 12), terminal));
  writeFileSync(token, MANAGEMENT_TOKEN);
  const program = fileURLToPath(new URL('../take-bundle.ts', import.meta.url));
  const args = [program, file, '--url', platform.running.publicUrl, '--token-file', token];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  assert.match(stdout, /business: 12 entries, 12 new, platform has up to 12/);
  const receipt = JSON.parse(readFileSync(`${file}.receipt.json`, 'utf8')) as BundleReceipt;
  assert.equal(receipt.terminalId, terminal.terminalId);
  writeFileSync(file, 'no bundle');
  await assert.rejects(promisify(execFile)(process.execPath, args), /E6302/);
  assert.ok(existsSync(file));
});
