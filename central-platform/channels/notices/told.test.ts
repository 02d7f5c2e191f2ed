import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { start, TODAY } from '../../requests/testing/city.ts';
import type { TestPlatform } from '../../testing/installation.ts';

const OUTER_LIMIT_MS = 60_000;

/** What stands in the outbox when one with these words is there: a notice goes out after what it tells is answered. */
async function outboxWith(platform: TestPlatform, wanted: string): Promise<string[]> {
  for (let waited = 0; waited < OUTER_LIMIT_MS; waited += 20) {
    const sent = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    if (sent.some(({ text }) => text.includes(wanted))) return sent.map(({ text }) => text);
    await pause(20);
  }
  throw new Error(`${wanted} did not reach the outbox`);
}

test('a certificate that is issued and one that staff call back are told once, and so is an appointment that staff confirm', async (t) => {
  const { depositor, platform } = await start(t, { person: syntheticPerson('middle-dot', TODAY) });
  const { identityToken, terminal } = depositor;
  const issue = () =>
    terminal.ask('issueDocument', {
      ...{ identityToken, operationId: 'paper', maskIdNumber: true },
      ask: { kind: 'crossRegionCertificate', addressee: '临海市住房公积金管理中心' },
    });
  const { documentNumber } = await issue();
  await issue();
  await outboxWith(platform, '出具');
  await depositor.request({ item: 'P03', documentNumber, reason: 'notNeeded' });
  const { certificates, requests } = platform.running;
  const review = { documentNumber, approved: true, by: 'wang.min' };
  assert.ok((await certificates.reviewCancel(review)).ok);
  assert.ok((await certificates.reviewCancel(review)).ok, 'again is the same');
  await outboxWith(platform, '注销');

  const visit = { topicId: 'loan', branchId: 'wangjiang', date: '2026-11-24', half: 'morning' } as const;
  const { number, told } = await depositor.request({ item: 'B08', ...visit });
  assert.equal(told.state, 'case', 'nobody has said how much room there is');
  const words = { zh: '已约上', en: 'Booked' };
  const done = await requests.office.decide({ requestNumber: number, verdict: 'granted', words, by: 'wang.min' });
  assert.ok(done.ok, JSON.stringify(done));
  const sent = await outboxWith(platform, '已确认');
  for (const once of ['出具', '注销', '已确认']) {
    assert.equal(sent.filter((text) => text.includes(once)).length, 1, once);
  }
});
