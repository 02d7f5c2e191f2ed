import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../testing/engines.ts';
import type { WorkOrderRow } from '../desk-store.ts';
import type { FigureCount } from '../figures-store.ts';
import type { StaffMember } from '../staff-store.ts';
import { changeStore } from './changes.ts';
import { figureStore } from './figures.ts';
import { placeStore } from './places.ts';
import { staffStore } from './staff.ts';
import { workStore } from './work.ts';

const MEMBER: StaffMember = {
  ...{ login: 'wang', name: '王', role: 'operator', state: 'active', secret: 'x', mustChange: true },
  ...{ tries: 0, lockedUntil: 0, createdAt: 1, lastSignInAt: null },
};
const ORDER: Omit<WorkOrderRow, 'number' | 'receivedAt'> = {
  ...{ kind: 'consult', state: 'open', topicId: 'loan', channelId: '50', terminalId: '300120', dueAt: 9 },
  ...{ assignee: null, ratingReason: null, nameMasked: null, phoneMasked: null, hasText: false, answeredAt: null },
  ...{ closedAt: null, outcome: null },
};

for (const { name, skip, open } of engines) {
  test(`a member of staff, tries counted at the same moment, sessions that end (${name})`, { skip }, async (t) => {
    const staff = staffStore(await open(t));
    assert.equal(await staff.add(MEMBER), true);
    assert.equal(await staff.add({ ...MEMBER, name: 'other' }), false, 'a login is given once');
    const counts = await Promise.all(Array.from({ length: 5 }, () => staff.countTry('wang')));
    assert.deepEqual([...counts].sort(), [1, 2, 3, 4, 5]);
    await staff.change('wang', { lockedUntil: 77, mustChange: false });
    assert.deepEqual(await staff.get('wang'), { ...MEMBER, tries: 5, lockedUntil: 77, mustChange: false });
    for (const tokenHash of ['a', 'b', 'c']) {
      await staff.addSession({ tokenHash, login: 'wang', csrfToken: 'c', createdAt: 1, lastUsedAt: 1 });
    }
    await staff.endSessionsOf('wang', 'b');
    assert.deepEqual(
      (await staff.sessions()).map(({ tokenHash }) => tokenHash),
      ['b'],
    );
    await staff.touch('b', 50);
    await staff.sweepSessions(50);
    assert.equal((await staff.session('b'))?.lastUsedAt, 50);
    await staff.sweepSessions(51);
    assert.equal(await staff.session('b'), undefined);
  });

  test(`two people decide the same change at the same moment: one of them does (${name})`, { skip }, async (t) => {
    const changes = changeStore(await open(t));
    const id = await changes.add({
      ...{ content: { kind: 'register.lift', entryId: 1 }, before: null, state: 'proposed', emergency: false },
      ...{ confirmBy: null, proposedBy: 'wang', proposedAt: 5, reason: 'why', version: null },
    });
    const moved = await Promise.all(
      ['li', 'zhao'].map((decidedBy) => changes.move(id, 'proposed', { state: 'applied', decidedBy, decidedAt: 6 })),
    );
    assert.equal(moved.filter(Boolean).length, 1);
    assert.equal((await changes.list(10, undefined, 'proposed')).length, 0);
    assert.equal((await changes.list(10))[0]?.state, 'applied');
    assert.equal(await changes.wave(id, 0, { wavesSent: 1 }), true);
    assert.equal(await changes.wave(id, 0, { wavesSent: 1 }), false);
  });

  test(
    `work orders page by page, found by a person's hash, changed from the state they had (${name})`,
    { skip },
    async (t) => {
      const work = workStore(await open(t));
      for (let n = 1; n <= 5; n++) await work.addWorkOrder({ ...ORDER, number: `W${n}`, receivedAt: n < 4 ? 7 : n });
      assert.equal(await work.addWorkOrder({ ...ORDER, number: 'W1', receivedAt: 1 }), false);
      const first = await work.workOrders({}, 2);
      assert.deepEqual(
        first.map(({ number }) => number),
        ['W3', 'W2'],
      );
      const rest = await work.workOrders({}, 9, '7.W2');
      assert.deepEqual(
        rest.map(({ number }) => number),
        ['W1', 'W5', 'W4'],
      );
      assert.equal(await work.changeWorkOrder('W1', 'open', { state: 'closed', closedAt: 9 }), true);
      assert.equal(await work.changeWorkOrder('W1', 'open', { state: 'answered' }), false);
      const content = Buffer.from('sealed');
      const row = {
        ...{ requestNumber: 'W1', item: 'S01', topicId: 'loan', channelId: '50', terminalId: null },
        receivedAt: 1,
      };
      await work.addLookup({ ...row, idHash: 'h', phoneHash: null, content, branchId: null, date: null, half: null });
      assert.deepEqual(
        (await work.find('idHash', 'h', 5)).map(({ requestNumber }) => requestNumber),
        ['W1'],
      );
      assert.deepEqual(Buffer.from((await work.lookup('W1'))!.content), content);
      await work.changeCase('c1', { assignee: 'wang' });
      await work.changeCase('c1', { closedAt: 3, resolution: 'explained' });
      assert.deepEqual(await work.caseDesk('c1'), {
        caseId: 'c1',
        assignee: 'wang',
        closedAt: 3,
        resolution: 'explained',
      });
      await work.addStep('case', 'c1', { at: 1, by: 'wang', act: 'assigned', text: Buffer.from('x') });
      assert.equal((await work.steps('case', 'c1')).length, 1);
    },
  );

  test(`a stretch of a stream is counted once, whoever counts it (${name})`, { skip }, async (t) => {
    const figures = figureStore(await open(t));
    const count: FigureCount = {
      ...{ day: '2026-11-21', hour: 9, channelId: '50', terminalId: '300120', name: 'session', label: '', amount: 2 },
    };
    const timing = { day: '2026-11-21', step: 'statement', bucket: 20, amount: 1 };
    assert.equal(await figures.fold('300120', 'audit', 0, 5, [count], [timing]), true);
    assert.equal(await figures.fold('300120', 'audit', 0, 5, [count], []), false);
    assert.equal(await figures.fold('300120', 'audit', 5, 7, [count], [timing]), true);
    assert.deepEqual(await figures.counts('2026-11-21', '2026-11-21'), [{ ...count, terminalId: '', amount: 4 }]);
    assert.deepEqual(await figures.byTerminal('2026-11-21'), [{ ...count, hour: -1, amount: 4 }]);
    assert.deepEqual(await figures.byTerminal('2026-11-21', 10), []);
    assert.deepEqual(await figures.timings('2026-11-20', '2026-11-22'), [{ ...timing, amount: 2 }]);
    const seen = { rule: 'manyPrints', subject: '300120', day: '2026-11-21', count: 40, threshold: 30, at: 1 };
    assert.equal(await figures.see(seen), true);
    assert.equal(await figures.see({ ...seen, count: 50, at: 2 }), false);
    const [anomaly] = await figures.anomalies(10);
    assert.deepEqual([anomaly!.count, anomaly!.lastAt], [50, 2]);
    assert.equal((await figures.settle(anomaly!.id, 'harmless', 'li', 'a fair'))?.state, 'harmless');
    assert.equal(await figures.settle(anomaly!.id, 'acted', 'li', 'again'), undefined);
  });

  test(
    `a version of an article replaces the one before it, and settings stand by kind (${name})`,
    { skip },
    async (t) => {
      const places = placeStore(await open(t));
      const draft = { articleId: 'a', state: 'draft', content: '{}', by: 'wang', at: 1, publishedAt: null } as const;
      await places.addArticle({ ...draft, version: 1 });
      await places.publishArticle('a', 1, 5);
      await places.addArticle({ ...draft, version: 2 });
      await places.publishArticle('a', 2, 6);
      assert.deepEqual(
        (await places.article('a')).map(({ version, state }) => [version, state]),
        [
          [2, 'published'],
          [1, 'replaced'],
        ],
      );
      await places.set('rule', 'P01', { a: 1 });
      await places.set('rule', 'P01', { a: 2 });
      assert.deepEqual(await places.settings('rule'), [{ id: 'P01', content: { a: 2 } }]);
      await places.set('rule', 'P01', null);
      assert.equal(await places.setting('rule', 'P01'), undefined);
      await places.reportWaiting('north', 4, 9);
      await places.saveBranch({ branchId: 'north', address: 'x', hours: [], counters: 3, position: { x: 1, y: 2 } });
      assert.deepEqual((await places.branches())[0]?.waiting, 4);
    },
  );
}
