import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { MOST_PAPER_BYTES } from '../papers.ts';
import { start } from '../../requests/testing/city.ts';
import type { TestPlatform } from '../../testing/installation.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const OUTER_LIMIT_MS = 60_000;

/** A phone's browser: forms, redirects, cookies, no script. */
function phoneOf(base: string) {
  const cookies = new Map<string, string>();
  async function go(path: string, init: RequestInit = {}): Promise<{ status: number; text: string; at: string }> {
    const url = new URL(path, base);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { 'accept-language': 'zh-CN', origin: url.origin, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    const to = response.headers.get('location');
    return to === null ? { status: response.status, text: await response.text(), at: url.pathname } : go(to);
  }
  const post = (path: string, fields: Record<string, string> = {}) =>
    go(path, { method: 'POST', body: new URLSearchParams(fields) });
  return { go, post };
}

/** Sign-in answers before its message is sent. */
async function loginCode(platform: TestPlatform): Promise<string> {
  for (let waited = 0; waited < OUTER_LIMIT_MS; waited += 20) {
    const sent = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    const found = sent.map(({ text }) => /登录.*?(\d{6})(?!\d)|(\d{6})(?!\d).*?登录/.exec(text)).find(Boolean);
    if (found) return (found[1] ?? found[2])!;
    await pause(20);
  }
  throw new Error('no code for a sign-in came');
}

test('left at a terminal, gone on with on the phone: a missing paper reaches the case, a certificate is shown, the case is rated', async (t) => {
  const { depositor, platform, bindCard } = await start(t);
  await bindCard();
  const { identityToken, terminal, person } = depositor;
  const { number } = await depositor.request({
    ...{ item: 'B03', payTo: 'onRecord', gaps: [{ material: 'retirement', as: 'later' }] },
  });
  const { documentNumber } = await terminal.ask('issueDocument', {
    ...{ identityToken, operationId: 'paper', maskIdNumber: true },
    ask: { kind: 'depositCertificate', purpose: 'loan' },
  });
  const left = await terminal.ask('leave', { to: 'phone', item: 'Q06', step: 'list', form: {}, identityToken });
  const { go, post } = phoneOf(platform.running.publicUrl);

  assert.match((await go(left.url!)).text, /请先登录/);
  const asked = await post('/m/code', { phone: person.phone });
  const challengeId = /name="challengeId" value="([^"]+)"/.exec(asked.text)![1]!;
  const back = await post('/m/sign-in', { challengeId, code: await loginCode(platform) });
  assert.equal(back.at, new URL(left.url!).pathname, 'signed in, it is where it was');
  const taken = await post(back.at);
  assert.match(taken.text, /已经接到手机上了[\s\S]*href="\/m\/cases"/);
  assert.equal((await post(back.at)).status, 404, 'once');

  assert.ok((await go('/m/cases')).text.includes(number));
  const page = await go(`/m/cases/${number}`);
  const material = /<option value="([^"]+)"/.exec(page.text)![1]!;
  const hand = (bytes: Buffer) => {
    const form = new FormData();
    form.set('material', material);
    // What the browser calls it counts for nothing.
    form.set('file', new File([new Uint8Array(bytes)], 'photo.png', { type: 'image/png' }));
    return go(`/m/cases/${number}/papers`, { method: 'POST', body: form });
  };
  assert.equal((await hand(Buffer.from('<svg onload=alert(1)>'))).status, 415);
  assert.equal((await hand(Buffer.concat([PNG, Buffer.alloc(MOST_PAPER_BYTES)]))).status, 413);
  assert.equal((await depositor.outcome(number)).state, 'needs', 'what was refused is not handed in');
  assert.match((await hand(PNG)).text, /已经收到/);
  const after = await depositor.outcome(number);
  assert.ok(after.state === 'case' && after.why.some(({ reason }) => reason === 'supplement'), JSON.stringify(after));

  assert.ok((await go('/m/documents')).text.includes(`/m/documents/${documentNumber}/show`), documentNumber);
  assert.match((await post(`/m/documents/${documentNumber}/show`)).text, /请对方扫这个码[\s\S]*<svg/);

  const words = { zh: '材料不符', en: 'Not the right paper' };
  const { office } = platform.running.requests;
  assert.ok((await office.decide({ requestNumber: number, verdict: 'refused', words, by: 'wang.min' })).ok);
  assert.match((await go(`/m/cases/${number}`)).text, /材料不符[\s\S]*评价这次服务/);
  const rate = () => post(`/m/cases/${number}/rating`, { score: 'dissatisfied', reason: 'process' });
  assert.match((await rate()).text, /谢谢您的评价/);
  assert.equal((await rate()).status, 422, 'once');
  assert.match((await post('/m/sign-out')).text, /登录/);
  assert.equal((await go('/m/cases')).at, '/m/sign-in', 'nothing is shown to whoever has the phone next');
});
