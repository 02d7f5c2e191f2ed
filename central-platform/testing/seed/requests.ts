import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticPeople } from '@kiosk/domain/synthetic.ts';
import { syntheticCore } from '../../core/synthetic-core.ts';
import { requestContext } from '../../ingest/effect.ts';
import { createCaseBook, type OpenCase } from '../../requests/case-book.ts';
import type { CaseEvent } from '../../requests/life.ts';
import { materialWords } from '../../requests/words.ts';
import type { Store } from '../../store/store.ts';
import { sealJson, type Vault } from '../../vault.ts';
import { SEEDED_TERMINALS } from './fleet.ts';

const HOUR_MS = 3_600_000;
const OWNS_NONE = { zh: '本市无自有住房', en: 'Owns no home in the city' };
const TRACE = [
  { rule: 'account', outcome: 'passed', words: { zh: '账户状态正常', en: 'The account is in order' } },
  { rule: 'months', outcome: 'passed', words: { zh: '连续缴存满三个月', en: 'Paid for three months in a row' } },
] as const;
const open = { rule: 'evidence', outcome: 'unknown', words: OWNS_NONE } as const;
const limit = {
  rule: 'limit',
  outcome: 'limits',
  words: { zh: '本年度限额', en: 'Limit of the year' },
  atMostFen: 1_800_000,
} as const;

/** Withdrawals for rent in each state in which somebody meets them. */
export async function seedRequests(store: Store, vault: Vault, now: number): Promise<void> {
  const clock = new ManualClock(now);
  const core = syntheticCore(clock);
  const today = shanghaiDate(now);
  const until = addDays(today, 9);
  const missing = [{ material: 'noHomeHere', words: materialWords('noHomeHere'), until }];
  const toPerson = (
    why: 'open-rules' | 'above-limit' | 'supplement',
    days: number,
    more: readonly (typeof open | typeof limit)[],
  ) => ({ type: 'toPerson', why: [why], dueOn: addDays(today, days), trace: [...TRACE, ...more] }) satisfies CaseEvent;
  const refused = { zh: '名下有住房，不符合租房提取条件', en: 'Owns a home; rent cannot be withdrawn for' };
  const after: readonly (readonly [number, readonly CaseEvent[]])[] = [
    [3, [toPerson('open-rules', 2, [open])]],
    [20, [toPerson('above-limit', 1, [limit])]],
    [70, [{ type: 'needs', missing, dueOn: until }]],
    [90, [toPerson('open-rules', -1, [open])]],
    [96, [{ type: 'decided', verdict: 'refused', by: 'person', words: refused, trace: [...TRACE] }]],
    [
      30,
      [
        { type: 'needs', missing, dueOn: until },
        { type: 'supplied', materials: ['noHomeHere'], by: 'phone' },
        toPerson('supplement', 3, [open]),
      ],
    ],
  ];
  const people = syntheticPeople(today);
  for (const [index, [hours, events]] of after.entries()) {
    const { name, idNumber, phone } = people[index % people.length]!;
    const found = await core.findByIdNumber(idNumber);
    if (!found.ok || !found.value) continue;
    const terminalId = SEEDED_TERMINALS[index]!;
    const requestNumber = makeRequestNumber({ terminal: terminalId, counter: 500 + index });
    const receivedAt = now - hours * HOUR_MS;
    const book = createCaseBook({ store: store.requests, clock: new ManualClock(receivedAt + HOUR_MS / 6), vault });
    const form = {
      item: 'B04',
      months: 3 + index,
      amountFen: 450_000 + index * 300_000,
      payTo: 'onRecord',
      consents: ['homes'],
    };
    const content = sealJson(vault, requestContext(requestNumber), { form, person: { name, idNumber, phone } });
    await book.arrive(
      {
        ...{ requestNumber, terminalId, seq: 900 + index, operationId: `seed-case-${index}`, item: 'B04', level: 'L3' },
        ...{ topicId: '', offline: false, submittedAt: receivedAt, receivedAt, content },
      },
      '50',
    );
    const { depositorId } = found.value;
    let one: OpenCase = (await book.open(requestNumber))!;
    for (const event of [{ type: 'identified', by: 'terminal', depositorId } as const, ...events]) {
      const by = event.type === 'decided' ? 'li.qiang' : 'system';
      const done = await book.step(one, event, by);
      if (!done.ok) throw new Error(`seeding ${requestNumber}: ${event.type} ${done.error.code}`);
      one = done.value;
    }
  }
}
