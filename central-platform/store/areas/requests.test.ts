import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../testing/engines.ts';
import type { CaseRow, Confirmation, NewCase } from '../request-store.ts';

const AT = Date.UTC(2026, 10, 21, 6, 0);
const bytes = (text: string) => Buffer.from(text);
const arrival = (requestNumber: string, change: Partial<NewCase> = {}): NewCase => ({
  ...{ requestNumber, operationId: `op ${requestNumber}`, terminalId: '300120', channelId: '50', item: 'B04' },
  ...{ offline: false, idHash: 'somebody', state: 'arrived', receivedAt: AT, dueOn: null, wakeAt: AT },
  ...{ asked: bytes('asked'), content: bytes('new') },
  ...change,
});
const to: Pick<CaseRow, 'state' | 'depositorId' | 'dueOn' | 'decidedAt' | 'wakeAt' | 'content'> = {
  ...{ state: 'withPerson' as const, depositorId: 'D1', dueOn: '2026-11-25', decidedAt: null, wakeAt: null },
  content: bytes('with staff'),
};
const step = (act: string) => ({ at: AT, by: 'system', act, event: bytes(act) });

for (const { name, skip, openStore } of engines) {
  test(
    `a case arrives once, is taken by one process, and moves only from where it was read (${name})`,
    { skip },
    async (t) => {
      const { requests } = await openStore(t);
      assert.deepEqual([await requests.arrive(arrival('R1')), await requests.arrive(arrival('R1'))], [true, false]);
      await requests.arrive(arrival('R2', { receivedAt: AT + 1, wakeAt: null, idHash: null }));
      const [due] = await requests.due(AT, 10);
      assert.equal(due?.requestNumber, 'R1');
      // Two processes at the same moment.
      const taken = await Promise.all([requests.claim(due, AT + 60_000), requests.claim(due, AT + 60_000)]);
      assert.equal(taken.filter(Boolean).length, 1);
      assert.equal((await requests.due(AT, 10)).length, 0);
      assert.equal(await requests.move(due, to, step('toPerson')), false, 'moved from where it is no more');
      const now = { ...due, version: due.version + 1 };
      assert.equal(await requests.move(now, to, step('toPerson')), true);
      const kept = await requests.get('R1');
      assert.deepEqual(
        [kept?.state, kept?.depositorId, kept?.dueOn, kept?.wakeAt, kept?.version],
        ['withPerson', 'D1', '2026-11-25', null, 3],
      );
      assert.equal(Buffer.from(kept!.content).toString(), 'with staff');
      assert.deepEqual(
        (await requests.steps('R1')).map(({ act }) => act),
        ['toPerson'],
      );
      await requests.wake('R1', AT + 5);
      assert.deepEqual(
        (await requests.due(AT + 5, 10)).map(({ requestNumber }) => requestNumber),
        ['R1'],
      );
    },
  );

  test(`cases are found by person, state and deadline, in pages (${name})`, { skip }, async (t) => {
    const { requests } = await openStore(t);
    for (let n = 1; n <= 5; n++)
      await requests.arrive(arrival(`R${n}`, { receivedAt: AT + n, dueOn: n < 3 ? '2026-11-20' : null }));
    await requests.arrive(arrival('R9', { idHash: 'another', item: 'S01', receivedAt: AT + 9 }));
    const numbers = (rows: readonly { requestNumber: string }[]) => rows.map(({ requestNumber }) => requestNumber);
    assert.deepEqual(numbers(await requests.ofPerson('somebody', 3)), ['R5', 'R4', 'R3']);
    const first = await requests.list({}, 2);
    const last = first.at(-1)!;
    assert.deepEqual(numbers(first), ['R9', 'R5']);
    assert.deepEqual(numbers(await requests.list({}, 2, `${last.receivedAt}.${last.requestNumber}`)), ['R4', 'R3']);
    assert.deepEqual(numbers(await requests.list({ dueBefore: '2026-11-21' }, 9)), ['R2', 'R1']);
    assert.deepEqual(numbers(await requests.list({ item: 'S01', state: 'arrived' }, 9)), ['R9']);
  });

  test(`what was confirmed and checked first stands (${name})`, { skip }, async (t) => {
    const { requests } = await openStore(t);
    const given: Confirmation = {
      ...{ terminalId: '300120', operationId: 'op', depositorId: 'D1', item: 'B04', formHash: 'a' },
      ...{ level: 'L3' as const, agent: null, signature: bytes('strokes'), at: AT },
    };
    await requests.confirm(given);
    assert.equal((await requests.confirm({ ...given, formHash: 'b' })).formHash, 'a');
    assert.equal(Buffer.from((await requests.confirmation('300120', 'op'))!.signature!).toString(), 'strokes');
    assert.equal(await requests.confirmation('300121', 'op'), undefined);

    const check = { checkId: 'c', terminalId: '300120', depositorId: 'D1', phoneHash: 'p', phoneMasked: '122******01' };
    await requests.addContactCheck({ ...check, codeHash: 'h', createdAt: AT, expiresAt: AT + 9, provenAt: null });
    assert.equal((await requests.openContactCheck('D1', AT + 8))?.checkId, 'c');
    assert.equal(await requests.openContactCheck('D1', AT + 9), undefined);
    assert.deepEqual([await requests.proveContact('c', AT), await requests.proveContact('c', AT)], [true, false]);
    assert.equal(await requests.openContactCheck('D1', AT), undefined);

    const card = { checkId: 'k', depositorId: 'D1', cardHash: 'x', verified: true, bankName: '江州银行', at: AT };
    await requests.addCardCheck(card);
    assert.deepEqual(await requests.addCardCheck({ ...card, verified: false }), card);
  });
}
