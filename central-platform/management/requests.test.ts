import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start, TODAY } from '../requests/testing/city.ts';
import { got, refusal, signedIn } from '../testing/console-client.ts';
import { seedInstallation } from '../testing/console-seed.ts';

const WORDS = { zh: '经核对，同意提取', en: 'Looked at and granted' };

test('a withdrawal that rules leave open: seen with why and by when, paid when two agree, and the terminal is told', async (t) => {
  const { platform, depositor, balance, bindCard } = await start(t, {
    config: { consoleListener: { port: 0 } },
    prepare: (config) => seedInstallation(config, Date.parse(`${TODAY}T06:00:00Z`), { staffOnly: true }),
  });
  const url = new URL(platform.running.consoleUrl!).origin;
  const [wang, li] = [await signedIn(url, 'wang.min'), await signedIn(url, 'li.qiang')];
  await bindCard();
  const before = await balance();
  const { number: requestNumber } = await depositor.request({ item: 'B04', months: 2, payTo: 'onRecord' });

  const { rows } = await got(wang.requests({ state: 'withPerson' }));
  assert.deepEqual(
    rows.map((row) => [row.requestNumber, row.item, row.money, row.deadline?.state]),
    [[requestNumber, 'B04', true, 'inTime']],
  );
  const detail = await got(wang.request({ requestNumber }));
  assert.ok(detail.why.length > 0 && detail.trace.some(({ outcome }) => outcome === 'unknown'));
  assert.equal((await got(wang.attention({}))).requestsWaiting, 1);
  const due = (await got(wang.deadlines({ state: 'open' }))).rows.find(({ id }) => id === requestNumber);
  assert.equal(due?.kind, 'request');

  assert.equal(await refusal(wang.decideRequest({ requestNumber, verdict: 'granted', words: WORDS })), 'E2506');
  const content = { kind: 'request.decide', requestNumber, act: 'grant', words: WORDS } as const;
  const { changeId } = await got(wang.proposeChange({ content, reason: 'papers were looked at' }));
  assert.equal((await got(li.request({ requestNumber }))).waitingChange, changeId);
  assert.equal(await balance(), before, 'nothing moves until another person agrees');
  assert.equal(await refusal(wang.decideChange({ changeId, approve: true, comment: '' })), 'E2506');
  assert.equal((await got(li.decideChange({ changeId, approve: true, comment: '' }))).state, 'applied');
  assert.equal(await balance(), before - 3_000_00);
  const after = await got(li.request({ requestNumber }));
  assert.deepEqual([after.state, after.decision?.by, after.acts.at(-1)?.outcome], ['granted', 'person', 'done']);
  const line = await depositor.line(requestNumber);
  assert.deepEqual([line?.state, line?.why?.zh], ['granted', WORDS.zh], 'the terminal was not told');
  const again = { ...content };
  assert.equal(await refusal(wang.proposeChange({ content: again, reason: 'once more' })), 'E2507');
  assert.equal(await refusal(wang.decideRequest({ requestNumber: 'none', verdict: 'refused', words: WORDS })), 'E2508');
});
