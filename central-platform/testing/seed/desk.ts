import { randomBytes } from 'node:crypto';
import { GENESIS, entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticPeople } from '@kiosk/domain/synthetic.ts';
import { requestContext } from '../../ingest/effect.ts';
import { createArrivals } from '../../management/arrivals.ts';
import type { Store } from '../../store/store.ts';
import { sealJson, type Vault } from '../../vault.ts';
import { SEEDED_TERMINALS } from './fleet.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;
const DAYS = { consult: 2, suggest: 10, complain: 5, followUp: 3, help: 10 / 1_440, case: 3, anomaly: 2, change: 1 };
const TEXTS = [
  '退休提取需要带哪些材料？',
  '在这台机器上打印时等了很久，希望能快一些。',
  '我的手机号换了，验证码收不到，应该怎么办？',
  '建议在北湖大厅增加一台终端。',
  '偿还贷款提取多久到账？',
  '窗口人员解释得很清楚，谢谢。',
] as const;
const TOPICS = ['withdrawal', 'machine', 'other', 'staff', 'loan', 'deposit'] as const;
const REASONS = ['device', 'process', 'advice', 'policy'] as const;

/** Requests, work orders, cases, what was set aside, alarms: everything that waits for somebody. */
export async function seedDesk(store: Store, vault: Vault, now: number, random: Random): Promise<void> {
  const people = syntheticPeople(shanghaiDate(now));
  const arrivals = createArrivals({
    ...{ clock: new ManualClock(now), work: store.work, figures: store.figures, vault },
    channelOf: async () => '50',
    days: DAYS,
  });
  const numbers: string[] = [];
  for (let counter = 1; counter <= 36; counter++) {
    const terminalId = SEEDED_TERMINALS[counter % 9]!;
    const requestNumber = makeRequestNumber({ terminal: terminalId, counter });
    numbers.push(requestNumber);
    const { name, idNumber, phone } = people[counter % people.length]!;
    const person = counter % 4 === 0 ? null : { name, idNumber, phone };
    const receivedAt = now - random.between(1, 140) * HOUR_MS;
    const booked = counter % 3 === 0;
    const form = booked
      ? {
          ...{ item: 'B08', topicId: random.of(['withdrawal-visit', 'loan-visit', 'transfer-visit']) },
          ...{
            branchId: random.of(['wangjiang', 'beihu', 'nanping']),
            date: addDays(shanghaiDate(now), random.between(1, 9)),
          },
          half: random.of(['morning', 'afternoon']),
        }
      : { item: 'S01', topicId: TOPICS[counter % TOPICS.length]!, text: TEXTS[counter % TEXTS.length]! };
    const content = sealJson(vault, requestContext(requestNumber), { form, person });
    await arrivals.request(
      {
        ...{ requestNumber, terminalId, seq: counter, operationId: `seed-${counter}`, item: form.item, level: 'L1' },
        ...{ topicId: form.topicId, offline: counter % 5 === 0, submittedAt: receivedAt, receivedAt, content },
      },
      '50',
    );
    if (booked) continue;
    const kind = (['consult', 'complain', 'suggest'] as const)[counter % 3]!;
    const dueAt = receivedAt + DAYS[kind] * 24 * HOUR_MS;
    await store.work.changeWorkOrder(requestNumber, 'open', { kind, dueAt });
    if (counter % 4 === 1) {
      const answeredAt = Math.min(now, receivedAt + random.between(1, 60) * HOUR_MS);
      await store.work.changeWorkOrder(requestNumber, 'open', { state: 'answered', answeredAt, assignee: 'wang.min' });
      await step(store, vault, 'workOrder', requestNumber, {
        at: answeredAt,
        by: 'wang.min',
        act: 'answered',
        text: '已电话答复。',
      });
    }
  }
  for (let seq = 1; seq <= 5; seq++) {
    await arrivals.take([
      {
        ...{ kind: 'rating', terminalId: SEEDED_TERMINALS[seq]!, seq, sessionId: `seed-session-${seq}` },
        ...{ score: 'dissatisfied', reason: random.of(REASONS), at: now - random.between(1, 90) * HOUR_MS },
      },
    ]);
  }
  await seedCases(store, vault, now);
  await seedQuarantine(store, now);
  await seedAlarms(store, now, numbers);
  await seedBackups(store, now);
  const booker = people[1]!;
  await store.figures.addRegister({
    ...{ what: 'commitmentBroken', personHash: vault.hash('bad-faith register', booker.idNumber), nameMasked: '李**' },
    ...{ requestNumber: numbers[1]!, from: now - 700 * HOUR_MS, until: addDays(shanghaiDate(now), 700) },
    ...{ reason: '容缺受理后逾期未补材料', by: 'wang.min', approvedBy: 'li.qiang' },
  });
}

export async function step(
  store: Store,
  vault: Vault,
  kind: 'change' | 'workOrder' | 'case',
  subject: string,
  { text, ...rest }: { at: number; by: string; act: string; text: string },
): Promise<void> {
  await store.work.addStep(kind, subject, { ...rest, text: vault.seal(`step ${kind} ${subject}`, Buffer.from(text)) });
}

async function seedCases(store: Store, vault: Vault, now: number): Promise<void> {
  const seen = [
    ['300203', 'totals', 'printsDone', '41', '42', 30],
    ['300205', 'counters', 'sheets', '118', '121..123', 80],
    ['300207', 'heads', 'audit', 'a'.repeat(64), 'b'.repeat(64), 6],
  ] as const;
  for (const [terminalId, kind, subject, terminalValue, platformValue, hours] of seen) {
    const at = now - hours * HOUR_MS;
    const found = await store.reconciliation.see({
      ...{ terminalId, kind, subject, number: kind === 'heads' ? null : 12, day: shanghaiDate(at), seq: null },
      ...{ terminalValue, platformValue, at, newId: `case-${terminalId}` },
    });
    if (hours !== 80) continue;
    await store.work.changeCase(found.caseId, { assignee: 'li.qiang' });
    await step(store, vault, 'case', found.caseId, {
      ...{ at: at + HOUR_MS, by: 'li.qiang', act: 'commented', text: '已请运维核对打印机计数器，现场多取三张测试页。' },
    });
  }
}

async function seedQuarantine(store: Store, now: number): Promise<void> {
  const [terminalId, stream] = ['300206', 'audit'] as const;
  const bodies = [
    JSON.stringify({ v: 1, at: now - HOUR_MS, data: { type: 'weather.observed', sessionId: 's', degrees: 21 } }),
    '{"v":1,"at":"yesterday"}',
    // An earlier release did not know it; this one does.
    JSON.stringify({ v: 1, at: now - 2 * HOUR_MS, data: { type: 'query.answered', sessionId: 's', item: 'Q01' } }),
  ].map((text) => Buffer.from(text));
  let link = GENESIS;
  const entries = bodies.map((body, i) => {
    const salt = randomBytes(16);
    const digest = entryDigest(intl, salt, body);
    link = nextLink(intl, link, terminalId, stream, i + 1, digest);
    const quarantine = { code: 'E6301', reason: i === 1 ? 'at invalid_type' : 'data.type invalid_union' };
    return { seq: i + 1, digest, link, salt, body, wrappedKey: null, quarantine };
  });
  const expected = { durableUpTo: 0, head: GENESIS };
  await store.journal.append({ terminalId, stream, expected, entries, signature: randomBytes(64), at: now - HOUR_MS });
}

async function seedAlarms(store: Store, now: number, numbers: readonly string[]): Promise<void> {
  const events = [
    ['E3105', '300208', 'certificate of another terminal', 20],
    ['E6203', '300204', 'batch jumps to 118, expected 117', 12],
    ['E3106', '300202', '2 s', 3],
    ['E6501', '300203', 'totals printsDone case-300203', 30],
  ] as const;
  for (const [code, terminalId, detail, hours] of events) {
    await store.security.record({ at: now - hours * HOUR_MS, code, terminalId, detail });
  }
  const acts = [
    ['chen.yu', 'staff.added', 'sun.hua', 300],
    ['wang.min', 'branch.waiting', 'wangjiang', 2],
    ['wang.min', 'person.revealed', numbers[0]!, 5],
    ['li.qiang', 'workOrder.answered', numbers[0]!, 4],
    ['zhao.jie', 'audit.verified', 'audit', 1],
  ] as const;
  for (const [actor, action, subject, hours] of acts) {
    await store.audit.append({ at: now - hours * HOUR_MS, actor, action, subject, detail: { demonstration: true } });
  }
  const today = shanghaiDate(now);
  const hour = { hour: 2, channelId: '50', day: addDays(today, -1) };
  await store.figures.add([
    { ...hour, terminalId: '300209', name: 'session', label: '', amount: 24 },
    { ...hour, hour: 11, terminalId: '300206', name: 'identity', label: 'failed', amount: 31 },
    { ...hour, hour: 15, terminalId: '300210', name: 'clockJump', label: '', amount: 1 },
  ]);
}

/** Runs as the platform would have noted them. There is no file: nothing here was copied. */
async function seedBackups(store: Store, now: number): Promise<void> {
  for (const back of [3, 2, 1]) {
    const at = now - back * 24 * HOUR_MS - 11 * HOUR_MS;
    const id = await store.upkeep.beginBackup(at, `demonstration-${shanghaiDate(at)}.db`, at - HOUR_MS);
    if (id === undefined) continue;
    const bytes = 48_000_000 + (3 - back) * 1_310_720;
    await store.upkeep.endBackup(id, { endedAt: at + 95_000, bytes, verified: true, compared: 41_220, error: null });
  }
}
