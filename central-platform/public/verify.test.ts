import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { IssuedDocument } from '@kiosk/contract/platform/api.ts';
import { formatVerificationCode } from '@kiosk/documents/index.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskAccount } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { MANAGEMENT_TOKEN, startTestPlatform, type TestPlatform } from '../testing/installation.ts';
import { claimOf } from '../testing/terminal.ts';

const person = syntheticPerson('ordinary', '2026-11-21');
let platform: TestPlatform;
let issued: IssuedDocument;
before(async () => {
  platform = await startTestPlatform({ config: { limits: { publicPerSecond: 1, publicBurst: 40 } } });
  const terminal = await platform.terminal();
  const { challengeId } = await terminal.ask('sendCode', claimOf(person));
  const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const check = await terminal.ask('checkCode', { challengeId, code: /\d{6}/.exec(message!.text)![0] });
  assert.ok(check.accepted);
  issued = await terminal.ask('issueStatement', {
    identityToken: check.identityToken,
    operationId: 'op-1',
    period: { from: '2025-12', to: '2026-11' },
    maskIdNumber: true,
  });
});
after(() => platform.end());

const page = async (number: string, code: string) => {
  const query = new URLSearchParams({ n: number, c: code });
  const response = await fetch(`${platform.running.publicUrl}/verify?${query}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

test('the address in the QR code opens a page that says the paper is genuine, and what must stand on it', async () => {
  const response = await fetch(issued.verificationUrl);
  const text = await response.text();
  assert.equal(response.status, 200);
  assert.match(text, /这份凭证是真的，现在有效/);
  assert.ok(text.includes(formatDocumentNumber(issued.documentNumber)));
  const account = person.accounts[0]!;
  assert.ok(text.includes(`${formatYuan(account.balanceFen)} 元`), 'closing balance');
  assert.ok(text.includes(maskAccount(account.accountNumber)));
  assert.ok(text.includes('沈*'));
  assert.match(text, /演示环境/, 'invented seals are called so');
  for (const whole of [person.name, person.idNumber, person.phone, account.accountNumber, account.unitName]) {
    assert.ok(!text.includes(whole), 'the page shows a personal value unmasked');
  }
});

test('number and code may be typed in groups, in lower case and with O for 0', async () => {
  const number = formatDocumentNumber(issued.documentNumber).toLowerCase();
  const code = formatVerificationCode(issued.verificationCode).toLowerCase().replaceAll('0', 'o');
  assert.equal((await page(number, code)).status, 200);
});

test('a wrong code and a wrong number are answered alike', async () => {
  const other = issued.verificationCode.startsWith('0') ? '1' : '0';
  const wrongCode = await page(issued.documentNumber, other + issued.verificationCode.slice(1));
  const wrongNumber = await page(`${issued.documentNumber}0`, issued.verificationCode);
  assert.deepEqual([wrongCode.status, wrongNumber.status], [404, 404]);
  assert.equal(wrongCode.text, wrongNumber.text);
  assert.ok(!wrongCode.text.includes('沈'));
});

test('what is typed into the address is never part of the page', async () => {
  const { text, headers } = await page('<script>alert(1)</script>', '"><img src=x>');
  assert.ok(!text.includes('<script') && !text.includes('<img'));
  assert.match(headers.get('content-security-policy')!, /default-src 'none'/);
  const twice = await fetch(`${platform.running.publicUrl}/verify?n=a&n=b&c=c`);
  assert.match(await twice.text(), /扫描凭证上的二维码/);
});

test('a paper that was cancelled says so, and after two months it is past its validity', async () => {
  const set = (state: string) =>
    platform.management(`documents/${issued.documentNumber}/state`, {
      method: 'POST',
      body: JSON.stringify({ state }),
    });
  await set('cancelled');
  assert.match((await page(issued.documentNumber, issued.verificationCode)).text, /已被本中心注销/);
  await set('valid');
  platform.clock.step(61 * 86_400_000);
  assert.match((await page(issued.documentNumber, issued.verificationCode)).text, /现在有效/);
  platform.clock.step(86_400_000);
  assert.match((await page(issued.documentNumber, issued.verificationCode)).text, /已过有效期/);
});

test('whoever asks too often has to wait', async () => {
  let last = await fetch(`${platform.running.publicUrl}/verify`);
  for (let i = 0; i < 40 && last.status !== 429; i++)
    last = await fetch(`${platform.running.publicUrl}/verify?n=a&c=b&n=c`);
  assert.equal(last.status, 429);
  assert.equal(last.headers.get('retry-after'), '1');
});

test('after ten wrong codes an address is locked for a quarter of an hour, for right ones as well, and then is not', async () => {
  platform.clock.advance(3_600_000);
  let last = await page(issued.documentNumber, 'WRONG');
  for (let i = 1; i <= 10; i++) last = await page(issued.documentNumber, 'WRONG');
  assert.equal(last.status, 429);
  assert.match(last.text, /错误次数太多/);
  assert.equal(last.headers.get('retry-after'), '900');
  assert.equal((await page(issued.documentNumber, issued.verificationCode)).status, 429);
  platform.clock.advance(901_000);
  assert.equal((await page(issued.documentNumber, issued.verificationCode)).status, 200);
});

test('management is closed without its token, and knows no verification code', async () => {
  const { publicUrl } = platform.running;
  for (const authorization of ['', 'Bearer', `Bearer ${MANAGEMENT_TOKEN} `.trim() + 'x', MANAGEMENT_TOKEN]) {
    const response = await fetch(`${publicUrl}/management/documents`, { headers: { authorization } });
    assert.equal(response.status, 401);
  }
  const text = await (await platform.management('documents')).text();
  assert.ok(text.includes(issued.documentNumber));
  assert.ok(!text.includes(issued.verificationCode));
});

test('a terminal is admitted by hand, and a new key for a known one is recorded', async () => {
  const { publicKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64');
  const signingKeyPem = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`;
  const put = (id: string, body: unknown) =>
    platform.management(`terminals/${id}`, { method: 'PUT', body: JSON.stringify(body) });
  assert.equal((await put('300122', { signingKeyPem })).status, 200);
  assert.equal((await put('300120', { signingKeyPem })).status, 200);
  assert.equal((await put('30012', { signingKeyPem })).status, 400);
  assert.equal((await put('300122', { signingKeyPem: 'no key' })).status, 400);
  const events = (await (await platform.management('events')).json()) as { terminalId: string; detail: string }[];
  assert.deepEqual(
    events.map((event) => [event.terminalId, event.detail]),
    [['300120', 'signing key was replaced']],
  );
});

test('a page read on this machine brings its font along; one with an address of its own leaves that to the phone', async (t) => {
  const font = await fetch(`${platform.running.publicUrl}/fonts/NotoSansSC-Regular.ttf`);
  assert.equal(font.headers.get('content-type'), 'font/ttf');
  assert.ok((await font.arrayBuffer()).byteLength > 1_000_000);
  const baseUrl = 'https://gjj.jiangzhou.example';
  const away = await startTestPlatform({ config: { publicListener: { port: 0, baseUrl } } });
  t.after(() => away.end());
  const text = await (await fetch(`${away.running.publicUrl}/verify`)).text();
  assert.ok(!text.includes('@font-face'));
  assert.equal((await fetch(`${away.running.publicUrl}/fonts/NotoSansSC-Regular.ttf`)).status, 404);
});

test('health is answered to anybody', async () => {
  const response = await fetch(`${platform.running.publicUrl}/healthz`);
  assert.equal(((await response.json()) as { status: string }).status, 'ok');
});
