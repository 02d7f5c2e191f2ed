import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { IssuedDocument } from '@kiosk/contract/platform/api.ts';
import type { DocumentAsk } from '@kiosk/contract/platform/documents.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { startTestPlatform, type TestPlatform } from '../testing/installation.ts';
import { createTestSeal } from '../testing/seal.ts';
import { claimOf, type TestTerminal } from '../testing/terminal.ts';
import { type CertificateWord, signedText } from './certificates/exchange.ts';

const CENTRE = '江州市住房公积金管理中心';
const LENDER = { centreId: '38020000', name: '海湾市住房公积金管理中心' };
const lenderKey = generateKeyPairSync('ed25519');
const folder = mkdtempSync(join(tmpdir(), 'papers-'));
let platform: TestPlatform;
let terminal: TestTerminal;
let identityToken: string;
/** Of somebody who owes nothing. */
let withoutLoan: string;

before(async () => {
  const { authorityFile: _, ...seal } = await createTestSeal(folder, CENTRE);
  const publicKeyFile = join(folder, 'lender.pub');
  writeFileSync(publicKeyFile, lenderKey.publicKey.export({ type: 'spki', format: 'pem' }));
  platform = await startTestPlatform({
    config: { documents: { seal, partners: [{ ...LENDER, publicKeyFile }], validMonths: { accountSheet: 1 } } },
  });
  terminal = await platform.terminal();
  identityToken = await identify('ordinary');
  withoutLoan = await identify('middle-dot');
});
after(async () => {
  await platform.end();
  rmSync(folder, { recursive: true });
});

async function identify(key: string): Promise<string> {
  const { challengeId } = await terminal.ask('sendCode', claimOf(syntheticPerson(key, '2026-11-21')));
  const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const check = await terminal.ask('checkCode', { challengeId, code: /\d{6}/.exec(message!.text)![0] });
  assert.ok(check.accepted);
  return check.identityToken;
}

const issue = (ask: DocumentAsk, operationId: string, token = identityToken) =>
  terminal.ask('issueDocument', { identityToken: token, operationId, ask, maskIdNumber: true });
const codeOf = async (answer: Promise<{ status: number; body: unknown }>) =>
  ((await answer).body as { code?: string }).code;

function pages(pdfBase64: string): string {
  const file = join(folder, 'paper.pdf');
  writeFileSync(file, Buffer.from(pdfBase64, 'base64'));
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

function signature({ pdfBase64 }: IssuedDocument): string {
  const file = join(folder, 'sealed.pdf');
  writeFileSync(file, Buffer.from(pdfBase64, 'base64'));
  return spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout;
}

const reply = async (
  word: Partial<CertificateWord> & Pick<CertificateWord, 'event'>,
  of: IssuedDocument,
  key = lenderKey,
) => {
  const text = JSON.stringify({
    version: 1,
    documentNumber: of.documentNumber,
    verificationCode: of.verificationCode,
    centreId: LENDER.centreId,
    at: platform.clock.now(),
    ...word,
  });
  const signatureBase64 = sign(null, signedText(text), key.privateKey).toString('base64');
  const answer = await fetch(`${platform.running.publicUrl}/exchange/certificates`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ word: text, signatureBase64 }),
  });
  return { status: answer.status, body: (await answer.json()) as { state?: string; code?: string } };
};

/** From the day of issue: usually two months, one as configured here, and a year's interest does not grow old. */
const UNTIL: Readonly<Record<string, string | null>> = {
  depositCertificate: '2027-01-21',
  annualStatement: null,
  accountSheet: '2026-12-21',
  depositStatement: '2027-01-21',
};

test('papers of an account are issued, sealed with a signature, and stand in the register', async () => {
  const asks: DocumentAsk[] = [
    { kind: 'depositCertificate', purpose: '办理商业银行住房贷款' },
    { kind: 'annualStatement', fundYear: 2025 },
    { kind: 'accountSheet' },
    { kind: 'depositStatement', period: { from: '2025-12', to: '2026-11' } },
  ];
  for (const ask of asks) {
    const issued = await issue(ask, `op-${ask.kind}`);
    assert.match(signature(issued), /Signature is Valid/, ask.kind);
    assert.deepEqual(await issue(ask, `op-${ask.kind}`), issued, 'asked again it is the same paper');
    const verified = await terminal.ask('verifyDocument', {
      documentNumber: issued.documentNumber,
      code: issued.verificationCode,
    });
    assert.deepEqual([verified.verdict, verified.paper!.kind, verified.paper!.sealed], ['valid', ask.kind, true]);
    assert.equal(verified.paper!.validUntil, UNTIL[ask.kind], ask.kind);
  }
});

test('what cannot be said is refused and takes no number', async () => {
  const at = (ask: DocumentAsk) =>
    terminal.call('issueDocument', { identityToken, operationId: 'op-none', ask, maskIdNumber: true });
  assert.equal(await codeOf(at({ kind: 'loanSettlement', loanNumber: 'none' })), 'E5207');
  assert.equal(await codeOf(at({ kind: 'annualStatement', fundYear: 2026 })), 'E5210');
  assert.equal(await codeOf(at({ kind: 'crossRegionCertificate', addressee: LENDER.name })), 'E5209');
  assert.equal(await codeOf(at({ kind: 'depositCertificate', accountNumber: 'none', purpose: '' })), 'E1205');
});

test('a preview is no document: watermark, nothing in the register', async () => {
  const count = async () => ((await (await platform.management('documents')).json()) as unknown[]).length;
  const before = await count();
  const ask = { kind: 'crossRegionCertificate', addressee: LENDER.name } as const;
  const { pdfBase64 } = await terminal.ask('previewDocument', {
    identityToken: withoutLoan,
    ask,
    maskIdNumber: true,
  });
  assert.match(pages(pdfBase64), /预览，未编号/);
  assert.equal(await count(), before);
});

test('printed again it bears its count, is sealed anew, and asked again for the same print it is the same', async () => {
  const first = await issue({ kind: 'depositCertificate', purpose: '' }, 'op-again');
  const ask = (operationId: string) =>
    terminal.ask('reprintDocument', { identityToken, operationId, documentNumber: first.documentNumber });
  const one = await ask('print-1');
  assert.match(pages(one.pdfBase64), /补打 1/);
  assert.match(signature(one), /Signature is Valid/);
  assert.deepEqual([one.documentNumber, one.verificationCode], [first.documentNumber, first.verificationCode]);
  assert.deepEqual(await ask('print-1'), one);
  assert.equal((await ask('print-2')).reprint!.number, 2);
  const { paper } = await terminal.ask('verifyDocument', {
    documentNumber: first.documentNumber,
    code: first.verificationCode,
  });
  assert.equal(paper!.reprints, 2);
  const none = terminal.call('reprintDocument', { identityToken, operationId: 'p', documentNumber: 'none' });
  assert.equal(await codeOf(none), 'E5211');
});

test('a certificate for another city: reply slip, recall asked for and refused, use, settlement; forged words change nothing', async () => {
  const paper = await issue({ kind: 'crossRegionCertificate', addressee: LENDER.name }, 'op-city', withoutLoan);
  const own = async () =>
    (await terminal.ask('ownDocuments', { identityToken: withoutLoan })).documents.find(
      ({ documentNumber }) => documentNumber === paper.documentNumber,
    )!.certificate!;
  assert.deepEqual(await own(), { state: 'issued', reply: null, mayCancel: true });

  const granted = {
    type: 'replied',
    reply: { self: 'granted', amountFen: 40_000_000, repayment: 'equalPayments' },
  } as const;
  const stranger = generateKeyPairSync('ed25519');
  for (const forged of [
    await reply({ event: granted }, paper, stranger),
    await reply({ event: granted, centreId: '38990000' }, paper),
    await reply({ event: granted, at: platform.clock.now() - 3_600_000 }, paper),
    await reply({ event: granted, verificationCode: '0'.repeat(16) }, paper),
  ]) {
    assert.equal(forged.body.code, 'E5214');
  }
  assert.equal((await own()).state, 'issued');
  assert.equal((await reply({ event: { type: 'used' } }, paper)).body.code, 'E5213', 'used before it was granted');

  assert.equal((await reply({ event: granted }, paper)).body.state, 'granted');
  assert.deepEqual((await own()).reply, { ...granted.reply, centreName: LENDER.name });
  const cancel = { identityToken: withoutLoan, documentNumber: paper.documentNumber, reason: 'notNeeded' } as const;
  assert.equal((await terminal.ask('cancelCertificate', cancel)).state, 'cancelRequested');
  assert.equal((await reply({ event: { type: 'used' } }, paper)).body.code, 'E5213', 'while its recall is looked at');
});

test('what is not a certificate cannot be called back', async () => {
  const { documentNumber } = await issue({ kind: 'accountSheet' }, 'op-sheet');
  const asked = terminal.call('cancelCertificate', { identityToken, documentNumber, reason: 'notNeeded' });
  assert.equal(await codeOf(asked), 'E5211');
});
