import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comparison, Difference } from '@kiosk/contract/platform/reconciliation.ts';
import type { Reconciliation } from '@kiosk/contract/services/sync-agent.ts';
import { run, running } from '../testing/cli.ts';
import { layOut } from './layout.ts';
import { reconcileReport } from './reconcile-report.ts';
import { speech } from './words.ts';

const DIFFERENCE: Difference = {
  caseId: '019aa0a0-0000-7000-8000-000000000001',
  kind: 'counters',
  subject: 'sheets',
  terminalValue: '4',
  platformValue: '3',
  seq: null,
  firstSeq: null,
  day: '2026-11-21',
  openedAt: Date.UTC(2026, 10, 21, 16, 0),
};
const STATE: Reconciliation = {
  openDay: '2026-11-22',
  heads: {
    at: Date.UTC(2026, 10, 21, 16, 0),
    heads: [{ stream: 'business', seq: 7, head: 'ab'.repeat(32) }],
    equal: true,
  },
  closes: [
    {
      ...{ number: 2, day: '2026-11-21', at: Date.UTC(2026, 10, 21, 16, 0), answeredAt: 1, result: 'differs' },
      moved: { sheets: { by: 4 }, slips: { notComparable: 'exchanged' }, cards: { by: 0 } },
    },
  ],
  waiting: 0,
  cases: [
    DIFFERENCE,
    {
      ...DIFFERENCE,
      kind: 'heads',
      subject: 'audit',
      seq: 900,
      firstSeq: 771,
      terminalValue: 'aa',
      platformValue: '-',
    },
  ],
};

test('what differs is told in both languages: where, both values, the number of the case, and what to do', () => {
  const zh = layOut(reconcileReport(STATE, speech('zh')).sections);
  for (const text of ['对账', '不平', '未结差异', '自第 771', '设备已更换，不可比', DIFFERENCE.caseId, 'E6501']) {
    assert.ok(zh.includes(text), `${text} is missing in\n${zh}`);
  }
  const en = layOut(reconcileReport(STATE, speech('en')).sections);
  for (const text of ['differs', 'from entry 771', 'device exchanged', '+4']) assert.ok(en.includes(text), en);
  assert.equal(reconcileReport(STATE, speech('en')).good, false);
  assert.equal(reconcileReport({ ...STATE, cases: [] }, speech('en')).good, true);
});

test('a technician has everything compared: the heads go out signed, and an open case makes the command end with 1', async (t) => {
  const { terminal, client } = await running(t);
  const answer: Comparison = { equal: true, differences: [], open: [DIFFERENCE] };
  terminal.platform.answers.set('/v1/reconciliation/heads', () => answer);
  const { code, out } = await run(terminal, ['reconcile', '--now']);
  assert.equal(code, 1, out);
  assert.ok(out.includes(DIFFERENCE.caseId) && out.includes('equal'), out);
  const reported = terminal.platform.calls.find(({ path }) => path === '/v1/reconciliation/heads');
  assert.equal((reported?.body as { heads: unknown[] }).heads.length, 3);
  const json = await run(terminal, ['reconcile', '--json']);
  assert.equal((JSON.parse(json.out) as Reconciliation).cases[0]?.caseId, DIFFERENCE.caseId);
  assert.equal(client.snapshot?.reconciliation?.cases, 1);
  const status = await run(terminal, ['status']);
  assert.ok(status.out.includes('Open differences 1'), status.out);
});
