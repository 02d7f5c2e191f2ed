import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { syntheticPeople, syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { createDutyWatch } from '../../channels/duty/watch.ts';
import { MESSAGE_CONTEXT } from '../../channels/sms/messenger.ts';
import { personKey } from '../../requests/case-book.ts';
import type { Store } from '../../store/store.ts';
import { sealJson, type Vault } from '../../vault.ts';
import { SEEDED_TERMINALS } from './fleet.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SENT = [
  [50, 'code.kiosk', null],
  [
    49,
    'withdrawal.paid',
    '【演示】您尾号 3456 的账户 11月19日 提取本金 4,500.00 元、利息 0.00 元，余额 53,145.02 元。',
  ],
  [3, 'case.progress', '【演示】您的业务进度：工作人员正在审核。'],
] as const;

/** What was sent to the first of the invented people. */
export async function seedMessages(store: Store, vault: Vault, now: number): Promise<void> {
  const [person] = syntheticPeople(shanghaiDate(now));
  const { phone, idNumber } = person!;
  for (const [index, [hours, template, text]] of SENT.entries()) {
    const at = now - hours * HOUR_MS;
    await store.messages.add({
      ...{ at, phoneHash: vault.hash('phone', phone), phoneMasked: maskPhone(phone), template },
      ...{ personHash: text === null ? null : personKey(vault, idNumber), state: 'delivered', nextAt: at },
      content: text === null ? null : sealJson(vault, MESSAGE_CONTEXT, { phone, text }),
      ...{ expiresAt: at + HOUR_MS, eventKey: text === null ? null : `seed ${index}`, quiet: false },
    });
  }
}

/** Who is called, one terminal that fell silent in the night, and one that did before. */
export async function seedDuty(store: Store, vault: Vault, now: number): Promise<void> {
  const parts = { clock: new ManualClock(now), store, vault, messenger: { send: async () => never() }, log: () => {} };
  const watch = createDutyWatch(parts);
  const contacts = [
    ['beihu', 1, '网点值班', '08:30', '17:30'],
    ['', 1, '设备值班', '00:00', '00:00'],
    ['', 2, '运维值班', '00:00', '00:00'],
  ] as const;
  for (const [index, [branchId, level, label, from, to]] of contacts.entries())
    await watch.addContact({ branchId, level, label, from, to, phone: syntheticPhone(9_900_001 + index) });
  const { duty } = store;
  const silent = SEEDED_TERMINALS[4]!;
  await duty.begin({ incidentId: 'seed-1', terminalId: silent, kind: 'paperOut', openedAt: now - 90 * HOUR_MS });
  await duty.told('seed-1', 1, now - 90 * HOUR_MS);
  await duty.recover('seed-1', now - 89 * HOUR_MS);
  await duty.begin({ incidentId: 'seed-2', terminalId: silent, kind: 'silent', openedAt: now - 5 * HOUR_MS });
  await duty.told('seed-2', 1, now - 5 * HOUR_MS);
}

const never = (): never => {
  throw new Error('nothing is sent while data is made');
};
