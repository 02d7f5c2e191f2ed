import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { type Page, chromium } from 'playwright-core';
import { WEB_CHANNEL } from '../settings.ts';
import { ordinary, startHall } from '../testing/hall.ts';

/** Where pictures go, for whoever wants to look: PICTURES=folder. */
const PICTURES = process.env['PICTURES'];
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

/** What no page may have: something wider than the phone, a thing to press that is too small, a form field without a name. */
async function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { document: whole } = globalThis;
    const { scrollWidth, clientWidth } = whole.documentElement;
    if (scrollWidth > clientWidth) found.push(`wider than the screen by ${scrollWidth - clientWidth}`);
    for (const one of whole.querySelectorAll<HTMLElement>('main a, nav a, button, label.choice')) {
      const { width, height } = one.getBoundingClientRect();
      if (width < 44 || height < 44) found.push(`too small to press: ${one.textContent?.trim()} ${width}x${height}`);
    }
    for (const one of whole.querySelectorAll('input:not([type=hidden]), select')) {
      if (!one.closest('label')) found.push(`a field without a label: ${one.getAttribute('name')}`);
    }
    return found;
  });
}

test('a phone signs in, hands in a paper, shows a document and rates, in both languages and with large text, without a script', async (t) => {
  const paper = {
    documentNumber: '38010000202611213001200000017',
    kind: 'depositCertificate',
    kindName: { zh: '个人住房公积金缴存证明', en: 'Deposit certificate' },
    state: 'valid' as const,
    issuedAt: Date.UTC(2026, 10, 21, 6, 8),
    pages: 1,
    prints: 1,
  };
  const aCase = (number: string, state: 'waitingForYou' | 'done') => ({
    number,
    item: 'B03',
    name: { zh: '退休提取', en: 'Retirement withdrawal' },
    channel: '50',
    state,
    receivedAt: paper.issuedAt,
    dueAt: paper.issuedAt + 3 * 86_400_000,
    missing: state === 'done' ? [] : [{ zh: '退休证', en: 'Retirement card' }],
    words: null,
  });
  const hall = await startHall(t, {
    providers: {
      documents: {
        ofPerson: async () => [paper],
        shown: async () => ({ ...paper, lines: [{ name: { zh: '姓名', en: 'Name' }, value: '沈*' }] }),
        cancel: async () => ({ ok: true, value: { state: 'cancelled' } }),
      },
      cases: {
        ofPerson: async () => [aCase('YTJ300120000001K', 'waitingForYou'), aCase('YTJ300120000002H', 'done')],
        appointments: async () => [],
      },
    },
  });
  const found = await hall.core.findByIdNumber(ordinary.idNumber);
  assert.ok(found.ok && found.value);
  await hall.contacts.people.identified(found.value, '50');
  await hall.store.terminals.register('300120', 'pem', hall.clock.now());
  await hall.store.terminals.heartbeat('300120', hall.clock.now(), { devices: [{ id: 'printer', state: 'fault' }] });
  await hall.store.places.placeTerminal({ terminalId: '300120', branchId: 'wangjiang', hall: null, position: null });
  const left = await hall.rooms.handOver.leave(
    'phone',
    { depositorId: found.value.depositorId, channel: '50' },
    { item: 'Q01', step: 'overview', form: {} },
  );
  assert.ok(left.ok);

  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  t.after(() => browser.close());
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: true,
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  const seen: string[] = [];
  async function look(name: string): Promise<void> {
    for (const width of [360, 390]) {
      await page.setViewportSize({ width, height: 844 });
      seen.push(...(await faults(page)).map((fault) => `${name} at ${width}: ${fault}`));
    }
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  }
  const open = (path: string) => page.goto(hall.url + path);
  const cookieOf = async (name: string) => (await context.cookies()).find((one) => one.name === name)?.value ?? '';
  const press = (name: string) => page.getByRole('button', { name }).first().click();

  await open('/');
  await look('home');
  await open('/status');
  await look('status');
  assert.match(await page.content(), /部分功能暂停/);
  // The terminal's QR: the page asks who it is, and goes on with it once that is known.
  await open(`/m/h/${left.value.code}`);
  await look('sign-in');
  await page.getByLabel('预留手机号').fill(ordinary.phone);
  await press('获取验证码');
  await look('code');
  await page.getByLabel('验证码', { exact: true }).fill('000000');
  await press('确定');
  assert.match(await page.content(), /还可以试 2 次/);
  await page.getByLabel('验证码', { exact: true }).fill(await hall.lastCode());
  await press('确定');
  await look('hand-over');
  await press('接着办');
  await look('taken');
  await page.getByRole('link', { name: '接着办' }).click();
  await look('mine');
  await open('/m/documents');
  await look('documents');
  await press('出示给别人看');
  await look('show');
  const shown = await hall.call(
    'showDocument',
    { number: paper.documentNumber },
    { session: await cookieOf('hall'), channel: WEB_CHANNEL },
  );
  assert.equal(shown.status, 200, JSON.stringify(shown.body));
  await page.goto((shown.body as { url: string }).url);
  await look('shown');
  await open('/m/cases');
  await look('cases');
  await open('/m/cases/YTJ300120000001K');
  await look('case');
  await page.setInputFiles('input[type=file]', { name: 'x.png', mimeType: 'image/png', buffer: PNG });
  await press('上传');
  await look('handed-in');
  assert.equal((await hall.store.service.handedIn('YTJ300120000001K'))[0]!.material, '退休证');
  await open('/m/cases/YTJ300120000002H');
  await page.getByText('基本满意').click();
  await press('评价这次服务');
  await look('rated');
  assert.equal((await hall.store.service.ratings(0))[0]!.score, 'fair');
  await open('/m/cases/YTJ300120000002H');
  await look('rate');
  await open('/m/documents/38010000202611213001200000017/cancel');
  await look('cancel');
  await open('/m/consents');
  await look('consents');
  await open('/m/register');
  await look('register');
  await open('/c/nothing');
  await look('gone');
  await open('/m/card');
  await look('card');
  await open('/ask?q=' + encodeURIComponent('打印缴存明细'));
  await look('ask');
  // English, then large.
  await open('/m/documents');
  await page.getByRole('link', { name: 'EN', exact: true }).click();
  assert.match(await page.content(), /My documents/);
  await open('/m/cases/YTJ300120000001K');
  await look('case-english');
  await open('/m/cases');
  await look('cases-english');
  await open('/status');
  await look('status-english');
  await open('/m/documents');
  await page.getByRole('link', { name: 'Large text' }).click();
  await look('documents-large-english');
  await open('/m');
  await look('mine-large-english');
  await open('/');
  await look('home-large-english');
  assert.deepEqual(seen, [], 'look at the pictures: PICTURES=folder');
  assert.equal(await page.evaluate(() => globalThis.document.scripts.length), 0, 'no page needs a script');
});
