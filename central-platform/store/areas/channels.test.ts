import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../testing/engines.ts';
import { channelStore } from './channels.ts';
import { passStore } from './passes.ts';
import { outwardStore } from './outward.ts';
import { serviceStore } from './service.ts';

const row = { code: '40', appId: 'web', keyHash: null, tokenHash: null, settings: '{}', version: 1, changedAt: 5 };

for (const { name, skip, open } of engines) {
  test(`the last place below the flow cap is given once (${name})`, { skip }, async (t) => {
    const channels = channelStore(await open(t));
    const sums = await Promise.all(Array.from({ length: 8 }, () => channels.use('40', '2026-11-21', 'calls', 1, 5)));
    assert.equal(sums.filter((sum) => sum !== undefined).length, 5);
    assert.deepEqual(await channels.used('2026-11-21'), [{ code: '40', what: 'calls', amount: 5 }]);
    assert.equal(await channels.use('40', '2026-11-21', 'money B03', 700, 600), undefined, 'above it with the first');
    assert.equal(await channels.use('40', '2026-11-22', 'calls', 1, 5), 1, 'a new day begins at nothing');
  });

  test(`a start overwrites no channel, and of two changes at once one is refused (${name})`, { skip }, async (t) => {
    const channels = channelStore(await open(t));
    await channels.seed(row);
    assert.equal(await channels.replace({ ...row, settings: '{"a":1}', version: 2 }), true);
    await channels.seed(row);
    assert.equal((await channels.byAppId('web'))!.settings, '{"a":1}');
    assert.equal(await channels.replace({ ...row, settings: '{"b":1}', version: 2 }), false);
  });

  test(`a pass works once, whoever is faster (${name})`, { skip }, async (t) => {
    const passes = passStore(await open(t));
    const pass = {
      passHash: 'h',
      purpose: 'handOver' as const,
      depositorId: 'd',
      channel: '50',
      content: Buffer.from('x'),
      createdAt: 1,
      expiresAt: 100,
    };
    assert.equal(await passes.add(pass), true);
    assert.equal(await passes.add(pass), false);
    const used = await Promise.all(Array.from({ length: 6 }, () => passes.use('h', '40', 50)));
    assert.equal(used.filter(Boolean).length, 1);
    await passes.add({ ...pass, passHash: 'late' });
    assert.equal(await passes.use('late', '40', 100), false, 'its time was over');
  });

  test(`papers of one case end at the limit, also when they come together (${name})`, { skip }, async (t) => {
    const service = serviceStore(await open(t));
    const paper = {
      caseNumber: 'C1',
      depositorId: 'd',
      channel: '40',
      material: 'm',
      mediaType: 'image/png',
      size: 1,
      sha256: 's',
      content: Buffer.from([1]),
      at: 1,
    };
    const taken = await Promise.all(Array.from({ length: 5 }, () => service.handIn(paper, 3)));
    assert.equal(taken.filter(Boolean).length, 3);
    assert.equal((await service.handedIn('C1')).length, 3);
    const rating = { at: 1, channel: '40', depositorId: 'd', subject: 'C1', score: 'satisfied', reason: null };
    assert.deepEqual([await service.rate(rating), await service.rate(rating)], [true, false]);
  });

  test(`a consent is withdrawn once and by its own person only (${name})`, { skip }, async (t) => {
    const outward = outwardStore(await open(t));
    await outward.consent({
      consentId: 'c',
      depositorId: 'd',
      departmentId: 'housing',
      fields: ['state'],
      purpose: 'p',
      channel: '40',
      givenAt: 1,
      until: 9,
      withdrawnAt: null,
    });
    assert.equal(await outward.withdraw('c', 'other', 2), false);
    assert.deepEqual([await outward.withdraw('c', 'd', 3), await outward.withdraw('c', 'd', 4)], [true, false]);
    assert.equal((await outward.consents('d'))[0]!.withdrawnAt, 3);
    const department = { departmentId: 'housing', keyHash: null, settings: '{}', version: 1, changedAt: 1 };
    assert.equal(await outward.put(department), true);
    assert.equal(await outward.put({ ...department, version: 3 }), false, 'over the version before only');
    assert.equal(await outward.put({ ...department, version: 2 }), true);
  });
}
