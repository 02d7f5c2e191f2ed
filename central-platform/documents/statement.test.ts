import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { IssuedDocument } from '@kiosk/contract/platform/api.ts';
import { formatVerificationCode } from '@kiosk/documents/index.ts';
import { parseDocumentNumber } from '@kiosk/domain/document-number.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { startTestPlatform, TERMINALS, type TestPlatform } from '../testing/installation.ts';
import { claimOf, TestJournal, type TestTerminal } from '../testing/terminal.ts';

const PERIOD = { from: '2025-12', to: '2026-11' };
const TODAY = '2026-11-21';
let platform: TestPlatform;
let terminal: TestTerminal;
let identityToken: string;
before(async () => {
  platform = await startTestPlatform();
  terminal = await platform.terminal();
  identityToken = await identify(terminal, 'ordinary');
});
after(() => platform.end());

async function identify(at: TestTerminal, key: string, of: TestPlatform = platform): Promise<string> {
  const { challengeId } = await at.ask('sendCode', claimOf(syntheticPerson(key, TODAY)));
  const [message] = (await (await of.management('sms-outbox')).json()) as { text: string }[];
  const check = await at.ask('checkCode', { challengeId, code: /\d{6}/.exec(message!.text)![0] });
  assert.ok(check.accepted);
  return check.identityToken;
}

const order = (operationId: string, change: { maskIdNumber?: boolean; period?: typeof PERIOD } = {}) => ({
  identityToken,
  operationId,
  period: PERIOD,
  maskIdNumber: true,
  ...change,
});

function textOf({ pdfBase64 }: IssuedDocument): string {
  const file = join(platform.installation.dir, 'issued.pdf');
  writeFileSync(file, Buffer.from(pdfBase64, 'base64'));
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

test('the issued paper carries number, code and every row of the period as text', async () => {
  const issued = await terminal.ask('issueStatement', order('op-text'));
  const bytes = Buffer.from(issued.pdfBase64, 'base64');
  assert.equal(createHash('sha256').update(bytes).digest('hex'), issued.sha256);
  const number = parseDocumentNumber(issued.documentNumber);
  assert.ok(number.ok, issued.documentNumber);
  assert.deepEqual([number.value.centre, number.value.terminal], ['38010000', TERMINALS[0]]);

  const text = textOf(issued);
  const person = syntheticPerson('ordinary', TODAY);
  const rows = person.accounts[0]!.entries.filter((entry) => entry.date >= '2025-12-01');
  assert.ok(rows.length > 10);
  for (const row of rows) {
    assert.ok(text.includes(formatYuan(row.balanceFen)), `row of ${row.date} is missing in the text of the PDF`);
  }
  assert.ok(text.includes(person.name));
  assert.ok(text.includes(formatVerificationCode(issued.verificationCode)));
  assert.ok(!text.includes(person.idNumber), 'a masked statement shows no whole ID number');
  assert.ok(text.includes('演示'), 'the paper says that its seal is a demonstration');
});

test('the depositor may ask for the whole ID number', async () => {
  const issued = await terminal.ask('issueStatement', order('op-whole', { maskIdNumber: false }));
  assert.ok(textOf(issued).includes(syntheticPerson('ordinary', TODAY).idNumber));
});

test('asking again gives the same number and the same bytes, at once, later and after a restart', async () => {
  const together = await Promise.all([1, 2, 3].map(() => terminal.ask('issueStatement', order('op-again'))));
  platform.clock.advance(1000);
  const later = await terminal.ask('issueStatement', order('op-again'));
  await platform.restart();
  terminal = await platform.terminal();
  const restarted = await terminal.ask('issueStatement', order('op-again'));
  for (const one of [...together, later, restarted]) assert.deepEqual(one, together[0]);
});

test('a rendering that failed keeps its number for the next try', async (t) => {
  const parts = { fontsDir: join(platform.installation.dir, 'no fonts here') };
  const own = await startTestPlatform({ parts });
  t.after(() => own.end());
  const ask = async () => {
    const at = await own.terminal();
    return at.call('issueStatement', { ...order('op-failed'), identityToken: await identify(at, 'ordinary', own) });
  };
  const failed = await ask();
  assert.deepEqual([failed.status, (failed.body as { code: string }).code], [422, 'E5201']);
  const [waiting] = (await (await own.management('documents')).json()) as { state: string; documentNumber: string }[];
  assert.equal(waiting!.state, 'issuing');
  parts.fontsDir = fileURLToPath(new URL('../../assets/fonts', import.meta.url));
  await own.restart();
  own.clock.advance(86_400_000);
  const { documentNumber } = (await ask()).body as IssuedDocument;
  assert.equal(documentNumber, waiting!.documentNumber);
});

test('two operations get two numbers, counted within terminal and day', async () => {
  const a = await terminal.ask('issueStatement', order('op-a'));
  const b = await terminal.ask('issueStatement', order('op-b'));
  const [first, second] = [a, b].map((one) => parseDocumentNumber(one.documentNumber));
  assert.ok(first!.ok && second!.ok);
  assert.equal(second!.value.sequence, first!.value.sequence + 1);
  assert.notEqual(a.verificationCode, b.verificationCode);
});

test('an operation that made one document does not make another', async () => {
  await terminal.ask('issueStatement', order('op-fixed'));
  const changed = await terminal.call('issueStatement', order('op-fixed', { maskIdNumber: false }));
  assert.deepEqual([changed.status, (changed.body as { code: string }).code], [422, 'E5218']);
});

test('a period without rows, backwards, or of no month makes no document and takes no number', async () => {
  const codeOf = async (period: typeof PERIOD) =>
    ((await terminal.call('issueStatement', order('op-none', { period }))).body as { code: string }).code;
  assert.equal(await codeOf({ from: '2001-01', to: '2001-12' }), 'E5203');
  assert.equal(await codeOf({ from: '2027-01', to: '2027-12' }), 'E5203');
  assert.equal(await codeOf({ from: '2026-03', to: '2026-01' }), 'E9005');
  assert.equal(await codeOf({ from: '2026-13', to: '2026-14' }), 'E9005');
  const documents = (await (await platform.management('documents')).json()) as { state: string }[];
  assert.ok(
    documents.every((document) => document.state === 'valid'),
    'no number was left without its paper',
  );
});

test('names with rare characters are printed, not replaced', async () => {
  for (const key of ['rare-character', 'middle-dot', 'supplementary-plane']) {
    const own = await identify(terminal, key);
    const issued = await terminal.ask('issueStatement', { ...order(`op-${key}`), identityToken: own });
    assert.ok(textOf(issued).includes(syntheticPerson(key, TODAY).name), key);
  }
});

test('what the printer did is seen on the document', async () => {
  const { documentNumber } = await terminal.ask('issueStatement', order('op-printed'));
  const journal = new TestJournal(terminal, 'business');
  const same = { sessionId: 's', operationId: 'print-1' } as const;
  journal.write({ type: 'operation.intended', ...same, kind: 'printDocument', documentNumber, pages: 1 });
  journal.write({ type: 'operation.settled', ...same, outcome: 'done', printed: 1 });
  await terminal.deliver(journal.batch());
  const documents = (await (await platform.management('documents')).json()) as {
    documentNumber: string;
    prints: number;
  }[];
  assert.equal(documents.find((one) => one.documentNumber === documentNumber)!.prints, 1);
});
