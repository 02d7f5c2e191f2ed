import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { formatResumeCode } from '@kiosk/domain/resume-code.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { startTestPlatform, TERMINALS } from '../testing/installation.ts';
import { claimOf } from '../testing/terminal.ts';
import type { MyCase, MyDocument } from './contract.ts';
import type { CaseProvider, DocumentProvider } from './providers.ts';
import { outOfQuiet } from './quiet.ts';
import { type Answered, ordinary, startHall, TODAY } from './testing/hall.ts';

const MINUTE = 60_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const other = syntheticPerson('middle-dot', TODAY);
const codeOf = ({ body }: Answered) => (body as { code?: string }).code;

function mine(): { documents: DocumentProvider; cases: CaseProvider; state: MyCase } {
  let document: MyDocument['state'] = 'valid';
  const state: MyCase = {
    number: 'YTJ300120000001K',
    item: 'B03',
    name: { zh: '退休提取', en: 'Retirement withdrawal' },
    channel: '50',
    state: 'waitingForYou',
    receivedAt: 1,
    dueAt: null,
    missing: [{ zh: '退休证', en: 'Retirement card' }],
    words: null,
  };
  const row = (): MyDocument => ({
    documentNumber: 'D-0001',
    kind: 'depositCertificate',
    kindName: { zh: '缴存证明', en: 'Deposit certificate' },
    state: document,
    issuedAt: 1,
    pages: 1,
    prints: 0,
  });
  const isOrdinary = ({ idNumber }: { idNumber: string }) => idNumber === ordinary.idNumber;
  return {
    state,
    cases: { ofPerson: async (person) => (isOrdinary(person) ? [state] : []), appointments: async () => [] },
    documents: {
      ofPerson: async (person) => (isOrdinary(person) ? [row()] : []),
      shown: async (number) =>
        number === 'D-0001'
          ? {
              ...row(),
              documentNumber: number,
              lines: [{ name: { zh: '姓名', en: 'Name' }, value: '沈*' }],
            }
          : undefined,
      cancel: async () => {
        if (document !== 'valid') return fail('E2612');
        document = 'cancelled';
        return ok({ state: 'cancelled' });
      },
    },
  };
}

test('a missing paper is taken by what its bytes are, kept sealed, and not without end', async (t) => {
  const { call, signedIn, store, rooms } = await startHall(t, { providers: mine() });
  const session = await signedIn();
  const number = 'YTJ300120000001K';
  const hand = (bytes: Buffer, to = number) =>
    call('handInPaper', { number: to, material: '退休证', fileBase64: bytes.toString('base64') }, { session });
  assert.equal((await hand(PNG)).status, 200);
  assert.deepEqual([(await hand(Buffer.from('<svg onload=alert(1)>'))).status], [415]);
  assert.equal(codeOf(await hand(Buffer.concat([PNG, Buffer.alloc(6 * 1024 * 1024)]))), 'E2604');
  const [kept] = await store.service.handedIn(number);
  assert.ok(!Buffer.from((await store.service.paper(kept!.id))!.content).includes(PNG.subarray(0, 8)), 'sealed');
  assert.deepEqual((await rooms.papers.open(kept!.id))!.bytes, PNG);
  for (let i = 0; i < 9; i++) assert.equal((await hand(PNG)).status, 200);
  assert.equal(codeOf(await hand(PNG)), 'E2605', 'ten are enough');
});

test('numbers of others and numbers of nobody are answered alike, and not often', async (t) => {
  const { call, signedIn } = await startHall(t, { providers: mine() });
  const session = await signedIn(other, '20');
  const look = async (number: string) => {
    const { status, body } = await call('myCase', { number }, { session, channel: '20' });
    return [status, body];
  };
  assert.deepEqual(await look('YTJ300120000001K'), await look('YTJ999999999999X'));
  for (let i = 0; i < 8; i++) await look(`YTJ30012000010${i}X`);
  assert.equal((await look('YTJ300120000777X'))[0], 429);
});

test("requests left on any channel are the person's own list, with their work orders and appointments", async (t) => {
  const { call, signedIn, store, vault } = await startHall(t);
  const row = {
    topicId: 'loan-visit',
    channelId: '50',
    terminalId: '300120',
    receivedAt: 5,
    idHash: vault.hash('find id', ordinary.idNumber),
    phoneHash: null,
    content: Buffer.from([1]),
  };
  const visit = { branchId: 'beihu', date: '2026-11-25', half: 'afternoon' };
  await store.work.addLookup({ ...row, requestNumber: 'YTJ300120000001K', item: 'B08', ...visit });
  await store.work.addLookup({
    ...row,
    requestNumber: 'YTJ300120000002H',
    item: 'S01',
    branchId: null,
    date: null,
    half: null,
  });
  await store.work.addLookup({
    ...{ ...row, requestNumber: 'YTJ300120000003F', item: 'S01', branchId: null, date: null, half: null },
    idHash: vault.hash('find id', other.idNumber),
  });
  const session = await signedIn();
  const cases = (await call('myCases', {}, { session })).body as { rows: MyCase[] };
  assert.deepEqual(cases.rows.map(({ number }) => number).sort(), ['YTJ300120000001K', 'YTJ300120000002H']);
  const appointments = (await call('myAppointments', {}, { session })).body as { rows: object[] };
  assert.deepEqual(appointments.rows, [
    {
      number: 'YTJ300120000001K',
      branch: { zh: '北湖区管理部（北湖大厅）', en: 'Beihu branch' },
      service: { zh: '办理贷款', en: 'A loan' },
      date: '2026-11-25',
      half: 'afternoon',
      state: 'requested',
    },
  ]);
});

test('a document is shown for five minutes by a code that a newer one ends; cancelled, it cannot be shown', async (t) => {
  const { call, signedIn, clock, url } = await startHall(t, { providers: mine() });
  const session = await signedIn();
  const show = async () => (await call('showDocument', { number: 'D-0001' }, { session })).body as { url: string };
  const page = async (address: string) => (await fetch(address, { headers: { 'accept-language': 'en' } })).status;
  const first = await show();
  assert.ok(first.url.startsWith(`${url}/c/`));
  assert.equal(await page(first.url), 200);
  assert.equal(await page(first.url), 200, 'who checks may look twice');
  const second = await show();
  assert.equal(await page(first.url), 404);
  clock.advance(5 * MINUTE);
  assert.equal(await page(second.url), 404);
  const cancel = () => call('cancelDocument', { number: 'D-0001', reason: 'unused' }, { session });
  assert.equal((await cancel()).status, 200);
  assert.equal(codeOf(await call('showDocument', { number: 'D-0001' }, { session })), 'E2612');
  const rated = await call('rate', { subject: 'D-0001', score: 'dissatisfied', reason: 'process' }, { session });
  assert.equal(rated.status, 200);
  assert.equal(codeOf(await call('rate', { subject: 'D-0001', score: 'satisfied' }, { session })), 'E2608');
});

test('the e-card is read once within its minute, masked', async (t) => {
  const { call, signedIn, clock, rooms } = await startHall(t);
  const rule = { itemId: 'B09', channels: ['10', '92'], hours: [], monthWindow: null, closedOnHolidays: false };
  const none = { perPersonDay: null, perDay: null, mostAmountFen: null, mostDayAmountFen: null, diversion: null };
  await rooms.office.apply({ kind: 'item.rule', rule: { ...rule, ...none } }, { by: 'a', approvedBy: 'b' });
  const session = await signedIn();
  const card = async () => ((await call('myCard', {}, { session })).body as { code: string }).code;
  const read = (code: string) => call('readCard', { code }, { channel: '92' });
  const code = await card();
  const answer = (await read(code)).body as { name: string; account: string };
  assert.equal(answer.name, '沈*');
  assert.match(answer.account, /^\*{8}\d{4}$/);
  assert.equal(codeOf(await read(code)), 'E2602');
  const late = await card();
  clock.advance(MINUTE);
  assert.equal(codeOf(await read(late)), 'E2602');
});

test('questions are answered from what is published, or not at all', async (t) => {
  const { call, store } = await startHall(t);
  const article = (title: string, body: string) => ({
    title: { zh: title, en: title },
    body: { zh: body, en: body },
    itemId: null,
    keywords: [],
  });
  const articles = {
    rent: article('租房提取', '无房职工租房可以提取住房公积金，每月一次，带身份证和银行卡。'),
    retire: article('退休提取', '退休后可以一次提取全部余额，账户注销。'),
  };
  for (const [articleId, content] of Object.entries(articles)) {
    await store.places.addArticle({
      articleId,
      version: 1,
      state: 'draft',
      content: JSON.stringify(content),
      by: 'w',
      at: 1,
      publishedAt: null,
    });
    await store.places.publishArticle(articleId, 1, 2);
  }
  const ask = async (question: string) =>
    (await call('ask', { question })).body as { known: boolean; articles?: { articleId: string }[] };
  assert.equal((await ask('租房怎么提取公积金？')).articles![0]!.articleId, 'rent');
  assert.equal((await ask('退休了怎么办')).articles![0]!.articleId, 'retire');
  assert.equal((await ask('今天天气如何')).known, false);
  await store.places.withdrawArticle('rent');
  const after = await ask('租房怎么提取公积金？');
  assert.ok(!after.articles?.some(({ articleId }) => articleId === 'rent'), 'what was withdrawn answers nobody');
});

test('a notice reaches who wants it, once, and not at night', async (t) => {
  const { rooms, call, signedIn, clock } = await startHall(t);
  const session = await signedIn();
  await call('subscribe', { topic: 'loan', on: true }, { session });
  // 14:08 in China; nine hours on it is night.
  clock.advance(9 * 60 * MINUTE);
  const notice = { noticeId: 'n1', topic: 'loan', title: { zh: '利率', en: 'Rates' }, text: { zh: '调整', en: 'New' } };
  assert.equal(await rooms.push.publish(notice), 1);
  await rooms.push.publish(notice);
  assert.equal(await rooms.push.run(), 0, 'quiet hours');
  clock.advance(9 * 60 * MINUTE);
  assert.equal((await rooms.push.run()) <= 1, true);
  const news = (await call('myNews', {}, { session: await signedIn() })).body as { rows: unknown[] };
  assert.equal(news.rows.length, 1);
  assert.equal(outOfQuiet(Date.UTC(2026, 10, 21, 13, 0)), Date.UTC(2026, 10, 22, 0, 0), '21:00 waits for 8:00');
  assert.equal(outOfQuiet(Date.UTC(2026, 10, 21, 23, 59)), Date.UTC(2026, 10, 22, 0, 0));
  assert.equal(outOfQuiet(Date.UTC(2026, 10, 22, 0, 0)), Date.UTC(2026, 10, 22, 0, 0));
});

test('left at a terminal, gone on with elsewhere: the same person identified again, once, in time', async (t) => {
  const platform = await startTestPlatform();
  t.after(() => platform.end());
  const identify = async (terminalId: string, person = ordinary) => {
    const terminal = await platform.terminal(terminalId);
    const { challengeId } = await terminal.ask('sendCode', claimOf(person));
    const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    const check = await terminal.ask('checkCode', { challengeId, code: /\d{6}/.exec(message!.text)![0] });
    assert.ok(check.accepted);
    return { terminal, identityToken: check.identityToken };
  };
  const begun = { item: 'P01', step: 'period', form: { from: '2026-01', secret: newId() } };
  const here = await identify(TERMINALS[0]);
  const left = await here.terminal.ask('leave', { ...begun, to: 'resume', identityToken: here.identityToken });
  const phone = await here.terminal.ask('leave', { ...begun, to: 'phone', identityToken: here.identityToken });
  const there = await platform.terminal(TERMINALS[1]);
  const refused = async (request: object) =>
    ((await there.call('takeUp', request as never)).body as { code: string }).code;
  assert.equal(await refused({ code: left.code }), 'E2602', 'nobody was identified');
  const stranger = await identify(TERMINALS[1], other);
  assert.equal(await refused({ code: left.code, identityToken: stranger.identityToken }), 'E2602', 'somebody else');
  platform.clock.advance(2 * MINUTE);
  const again = await identify(TERMINALS[1]);
  const typed = formatResumeCode(left.code).toLowerCase();
  const taken = await again.terminal.ask('takeUp', { code: typed, identityToken: again.identityToken });
  assert.deepEqual(taken, { ...begun, from: '50' });
  assert.equal(await refused({ code: left.code, identityToken: again.identityToken }), 'E2602', 'once');
  // The QR on the screen: the page asks who it is before it shows anything.
  const page = await fetch(phone.url!, { headers: { 'accept-language': 'zh' } });
  const text = await page.text();
  assert.equal(page.status, 200);
  assert.match(text, /请先登录/);
  assert.ok(!text.includes(begun.form.secret));
  platform.clock.advance(10 * MINUTE);
  assert.equal((await fetch(phone.url!)).status, 404, 'ten minutes');
  assert.ok(!platform.logLines.join('').includes(left.code), 'the code is in no log');
});
