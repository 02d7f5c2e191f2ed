import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { explain } from '@kiosk/contract/errors/catalogue.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import type { DocumentAsk } from '@kiosk/contract/platform/documents.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { CoreSystem } from '../core/core-system.ts';
import { syntheticCore } from '../core/synthetic-core.ts';
import { startTestPlatform, tablesOf, type TestPlatform } from '../testing/installation.ts';
import { claimOf, type TestTerminal } from '../testing/terminal.ts';
import { createVault } from '../vault.ts';

const FOREIGN = {
  name: 'MARIA TERESA ANCHETA',
  certificateKind: 'foreignResident',
  idNumber: 'XXX380119870509',
} as const;
const YEAR = { from: '2025-12', to: '2026-11' };
const WHOLE = { from: '2016-01', to: '2026-11' };
const ADDRESSEE = '海湾市住房公积金管理中心';
/** A running loan, a settled one, an overdue one and two accounts; nobody's loan. */
const WHO = ['ordinary', 'card-without-end', 'two-accounts', 'middle-dot'] as const;

const folder = mkdtempSync(join(tmpdir(), 'every-paper-'));
const tokens = new Map<string, string>();
let platform: TestPlatform;
let terminal: TestTerminal;

/** One of the invented people holds a foreigner's permit here, everything else of theirs as it is. */
function withForeigner(core: CoreSystem): CoreSystem {
  const { idNumber } = syntheticPerson('middle-dot', '2026-11-21');
  return {
    ...core,
    async get(depositorId) {
      const found = await core.get(depositorId);
      return found.ok && found.value?.idNumber === idNumber ? ok({ ...found.value, ...FOREIGN }) : found;
    },
  };
}

before(async () => {
  const clock = new ManualClock();
  platform = await startTestPlatform({ clock, parts: { core: withForeigner(syntheticCore(clock)) } });
  terminal = await platform.terminal();
  for (const key of WHO) {
    const { challengeId } = await terminal.ask('sendCode', claimOf(syntheticPerson(key, '2026-11-21')));
    const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    const check = await terminal.ask('checkCode', { challengeId, code: /\d{6}/.exec(message!.text)![0] });
    assert.ok(check.accepted);
    tokens.set(key, check.identityToken);
  }
});
after(async () => {
  await platform.end();
  rmSync(folder, { recursive: true });
});

const asked = (key: string, ask: DocumentAsk, operationId: string) => ({
  ...{ identityToken: tokens.get(key)!, operationId, ask, maskIdNumber: true },
});
async function printed(key: string, ask: DocumentAsk, operationId = `${key} ${JSON.stringify(ask)}`): Promise<string> {
  const { pdfBase64 } = await terminal.ask('issueDocument', asked(key, ask, operationId));
  const file = join(folder, 'paper.pdf');
  writeFileSync(file, Buffer.from(pdfBase64, 'base64'));
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}
async function refused(key: string, ask: DocumentAsk): Promise<string> {
  const { status, body } = await terminal.call('issueDocument', asked(key, ask, 'none'));
  assert.ok(status >= 400 && status < 500, `${status}`);
  const { code } = body as { code: string };
  assert.ok(explain(code).depositor.zh !== '', `${code} has words`);
  return code;
}

test('a running loan: history, plan and sheet say what the loan says; there is nothing to certify as settled', async () => {
  const { loans } = await terminal.ask('loans', { identityToken: tokens.get('ordinary')! });
  const { contractNumber } = loans[0]!;
  for (const ask of [
    { kind: 'repaymentHistory', period: YEAR },
    { kind: 'repaymentSchedule' },
    { kind: 'loanSheet' },
  ] as const) {
    assert.ok((await printed('ordinary', ask)).includes(contractNumber), ask.kind);
  }
  assert.equal(await refused('ordinary', { kind: 'loanSettlement' }), 'E5208');
  assert.equal(await refused('ordinary', { kind: 'loanSheet', loanNumber: 'none' }), 'E5207');
  assert.equal(await refused('ordinary', { kind: 'crossRegionCertificate', addressee: ADDRESSEE }), 'E5209');
});

test('a settled loan: certificate with the day, the whole history, and no loan stands in the way of another city', async () => {
  const { loans } = await terminal.ask('loans', { identityToken: tokens.get('card-without-end')! });
  const [loan] = loans;
  const text = await printed('card-without-end', { kind: 'loanSettlement' });
  const [year, month, day] = loan!.settledOn!.split('-').map(Number);
  assert.match(text, new RegExp(`${year}年0?${month}月0?${day}日`));
  assert.ok(
    (await printed('card-without-end', { kind: 'repaymentHistory', period: WHOLE })).includes(loan!.contractNumber),
  );
  assert.match(await printed('card-without-end', { kind: 'loanSheet' }), /结清/);
  assert.match(await printed('card-without-end', { kind: 'crossRegionCertificate', addressee: ADDRESSEE }), /海湾市/);
});

test('an overdue loan says so; of several accounts each has its own papers', async () => {
  assert.match(await printed('two-accounts', { kind: 'loanSheet' }), /逾期/);
  const { accounts } = await terminal.ask('accounts', { identityToken: tokens.get('two-accounts')! });
  assert.equal(accounts.length, 2);
  for (const { accountNumber, unitName } of accounts) {
    const text = await printed('two-accounts', { kind: 'accountSheet', accountNumber });
    assert.ok(text.replaceAll(/\s/g, '').includes(unitName), unitName);
    await printed('two-accounts', { kind: 'depositCertificate', accountNumber, purpose: '' });
  }
  const [inUse] = accounts;
  const year = { kind: 'annualStatement', fundYear: 2025 } as const;
  assert.match(await printed('two-accounts', { ...year, accountNumber: inUse!.accountNumber }), /2025/);
  assert.match(await printed('two-accounts', { kind: 'depositStatement', period: YEAR }), /汇缴/);
});

test('a foreign holder has every paper of an account in the name of the permit; without a loan it is said in plain words', async () => {
  for (const ask of [
    { kind: 'depositStatement', period: YEAR },
    { kind: 'depositCertificate', purpose: '' },
    { kind: 'annualStatement', fundYear: 2025 },
    { kind: 'accountSheet' },
    { kind: 'crossRegionCertificate', addressee: ADDRESSEE },
  ] as const) {
    const text = (await printed('middle-dot', ask)).replaceAll(/\s/g, '');
    assert.ok(text.includes('MARIATERESAANCHETA'), ask.kind);
    assert.ok(!text.includes(FOREIGN.idNumber), `${ask.kind}: the number is masked`);
  }
  for (const ask of [
    { kind: 'loanSheet' },
    { kind: 'loanSettlement' },
    { kind: 'repaymentSchedule' },
    { kind: 'repaymentHistory', period: YEAR },
  ] as const) {
    assert.equal(await refused('middle-dot', ask), 'E5217', ask.kind);
  }
  assert.equal(await refused('middle-dot', { kind: 'acceptance', requestNumber: 'none' }), 'E2606');
});

test('a statement that was begun before this release is finished after it, and another one under its operation is refused', async () => {
  const vault = createVault(readFileSync(platform.installation.config.verificationSecretFile, 'utf8').trim());
  const person = await syntheticCore(platform.clock).findByIdNumber(syntheticPerson('ordinary', '2026-11-21').idNumber);
  assert.ok(person.ok && person.value);
  const { depositorId, accounts } = person.value;
  await printed('ordinary', { kind: 'accountSheet' }, 'older');
  // As the release before wrote down what was asked.
  const text = JSON.stringify([
    depositorId,
    accounts[0]!.accountNumber,
    { from: '2025-12-01', to: '2026-11-30' },
    true,
  ]);
  const db = await tablesOf(platform.installation);
  await db
    .updateTable('document')
    .set({ kind: 'depositStatement', state: 'issuing', fingerprint: vault.hash('statement order', text) })
    .where('operation_id', '=', 'older')
    .execute();
  await db
    .deleteFrom('document_archive')
    .where(
      'document_number',
      'in',
      db.selectFrom('document').select('document_number').where('operation_id', '=', 'older'),
    )
    .execute();
  await db.destroy();
  const order = { identityToken: tokens.get('ordinary')!, operationId: 'older', period: YEAR, maskIdNumber: true };
  const other = await terminal.call('issueStatement', { ...order, maskIdNumber: false });
  assert.equal((other.body as { code: string }).code, 'E5218');
  const issued = await terminal.ask('issueStatement', order);
  assert.ok(issued.pages > 0);
  assert.deepEqual(await terminal.ask('issueStatement', order), issued);
});
