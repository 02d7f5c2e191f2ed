import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { TERMINAL } from '../agent/provision.ts';
import { printer, startPair } from './pair.ts';

async function running(t: TestContext) {
  const pair = await startPair(t);
  await pair.start();
  await pair.until(({ link }) => link.state === 'online');
  await pair.count([printer(100)]);
  // The first close has nothing to compare counters with.
  const first = await pair.nextDay();
  assert.deepEqual(first.closes[0]?.moved.sheets, { notComparable: 'first' });
  return pair;
}

test('a day on which everything was counted everywhere: heads, sums and counters are equal', async (t) => {
  const pair = await running(t);
  await pair.print('print-1', 3);
  await pair.print('print-2', 1);
  const submitted = await pair.client.call('submitRequest', {
    ...{ sessionId: 'session-1', operationId: 'request-1', level: 'L0', form: { item: 'S01', topicId: 'machine' } },
  });
  assert.ok(submitted.ok);
  await pair.count([printer(104)]);
  const { closes, cases, heads } = await pair.nextDay();
  assert.deepEqual(cases, []);
  assert.equal(heads?.equal, true);
  assert.deepEqual(
    closes.map(({ number, result, moved }) => [number, result, moved.sheets]),
    [
      [2, 'equal', { by: 4 }],
      [1, 'equal', { notComparable: 'first' }],
    ],
  );
  const kept = (await pair.closes())[0]!;
  assert.match(kept.statement, /^requests 1$/m);
  assert.match(kept.statement, /^prints intended 2 done 2$/m);
  assert.match(kept.statement, /^sheets 4 under way 0 counted 4$/m);
});

test('a sheet that the printer counted and no entry knows is a case, the same one however often it is told', async (t) => {
  const pair = await running(t);
  await pair.print('print-1', 3);
  await pair.count([printer(104)]);
  const { closes, cases } = await pair.nextDay();
  assert.equal(closes[0]?.result, 'differs');
  assert.deepEqual(
    cases.map(({ kind, subject, terminalValue, platformValue }) => [kind, subject, terminalValue, platformValue]),
    [['counters', 'sheets', '4', '3']],
  );
  const [opened] = await pair.cases();
  assert.deepEqual([opened?.state, opened?.owner, opened?.number, opened?.reports], ['open', '', 2, 1]);
  // The answer was lost: the terminal tells the same close once more.
  await pair.stop();
  pair.forgetAnswer(2);
  await pair.start();
  await pair.until(({ link }) => link.state === 'online');
  await pair.reconcile();
  assert.deepEqual(
    (await pair.cases()).map(({ caseId, reports }) => [caseId, reports]),
    [[opened?.caseId, 2]],
  );
  assert.equal((await pair.closes()).length, 2);
});

for (const [what, sql] of [
  ['link', 'UPDATE entry_key SET link = ? WHERE terminal_id = ? AND stream = ? AND seq = ?'],
  ['digest', 'UPDATE entry_key SET digest = ? WHERE terminal_id = ? AND stream = ? AND seq = ?'],
] as const) {
  test(`one ${what} among 20,000 altered in the platform's file: a case that names the entry, in log2(N) questions`, async (t) => {
    const pair = await startPair(t);
    pair.fill(
      Array.from({ length: 20_000 }, (_, n) => ({ type: 'session.opened', sessionId: `s-${n}`, mode: 'depositor' })),
    );
    await pair.start();
    await pair.until(({ link, queue }) => link.state === 'online' && queue.audit.pending === 0);
    pair.alter(sql, 'ab'.repeat(32), TERMINAL, 'audit', 7_777);
    const { cases } = await pair.nextDay();
    assert.deepEqual(
      cases.map(({ kind, subject, firstSeq }) => [kind, subject, firstSeq]),
      [['heads', 'audit', 7_777]],
    );
    const probes = pair.probes();
    assert.ok(probes >= 1 && probes <= Math.ceil(Math.log2(20_100)) + 1, `${probes} questions`);
    // Told again every hour, it stays one case; the entries of both sides are as they were.
    await pair.reconcile();
    assert.equal((await pair.cases()).length, 1);
    assert.equal((await pair.cases())[0]?.firstSeq, 7_777);
  });
}

test('a terminal that was dark for three days closes each of them, in order, when the link is back', async (t) => {
  const pair = await running(t);
  const first = shanghaiDate(pair.clock.now());
  pair.dark(true);
  await pair.until(({ link }) => link.state === 'offline');
  for (const [day, sheets] of [102, 102, 105].entries()) {
    if (day !== 1) await pair.print(`print-${day}`, day === 0 ? 2 : 3);
    await pair.hear([printer(sheets)]);
    pair.clock.turnOn(1);
    await pair.closedOffline(day + 1);
  }
  assert.equal((await pair.closes()).length, 1);
  pair.dark(false);
  await pair.until(({ reconciliation }) => reconciliation?.waiting === 0);
  const closes = (await pair.closes()).sort((a, b) => a.close.number - b.close.number);
  assert.deepEqual(
    closes.slice(1).map(({ close: { number, day }, equal }) => [number, day, equal]),
    [0, 1, 2].map((n) => [n + 2, addDays(first, n), true]),
  );
  for (const [i, { close }] of closes.slice(1).entries()) {
    const before = closes[i]!.close;
    for (const { stream, from } of close.windows) {
      const former = before.windows.find((window) => window.stream === stream)!;
      assert.equal(from, former.to + 1, `${stream} of close ${close.number} goes on where the one before ended`);
    }
  }
  assert.deepEqual(await pair.cases(), []);
});

test('a machine that was switched off over days closes them when it starts', async (t) => {
  const pair = await running(t);
  await pair.print('print-1', 2);
  await pair.count([printer(102)]);
  await pair.stop();
  pair.clock.turnOn(3);
  await pair.start();
  await pair.until(({ reconciliation, link }) => link.state === 'online' && reconciliation !== undefined);
  await pair.count([printer(102)]);
  const { closes, cases } = await pair.reconcile();
  assert.deepEqual(
    closes.map(({ number, result, moved }) => [number, result, moved.sheets]),
    [
      [4, 'equal', { by: 0 }],
      [3, 'equal', { by: 0 }],
      [2, 'equal', { by: 2 }],
      [1, 'equal', { notComparable: 'first' }],
    ],
  );
  assert.deepEqual(cases, []);
});

test('a counter that went back, or a printer that is another one: not comparable, said so, and no case', async (t) => {
  const pair = await running(t);
  await pair.print('print-1', 2);
  await pair.count([printer(1)]);
  const reset = await pair.nextDay();
  assert.deepEqual(reset.closes[0]?.moved.sheets, { notComparable: 'reset' });
  await pair.print('print-2', 2);
  await pair.count([printer(3, { identity: 'Another printer' })]);
  const exchanged = await pair.nextDay();
  assert.deepEqual(exchanged.closes[0]?.moved.sheets, { notComparable: 'exchanged' });
  await pair.print('print-3', 2);
  await pair.count([printer(5, { identity: 'Another printer' })]);
  const again = await pair.nextDay();
  assert.deepEqual(again.closes[0]?.moved.sheets, { by: 2 });
  assert.deepEqual(
    again.closes.map(({ result }) => result),
    ['equal', 'equal', 'equal', 'equal'],
  );
  assert.deepEqual(again.cases, []);
});
