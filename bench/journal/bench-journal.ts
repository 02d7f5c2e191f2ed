import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { type Journal, type JournalOptions, openJournal } from '@kiosk/sync-agent/journal/journal.ts';
import { keyProvider } from '@kiosk/sync-agent/journal/chain/keys.ts';

export const TERMINAL = '300120';
const centre = generateKeyPairSync('x25519');
const person = syntheticPerson('ordinary', '2026-11-21');

/** As a kiosk opens its journal, with a key of the size that provisioning makes. */
export function journalOptions(file: string): JournalOptions {
  return {
    file,
    terminalId: TERMINAL,
    clock: systemClock,
    keys: keyProvider(Buffer.alloc(32, 7)),
    centreKey: centre.publicKey,
    roomForLog: true,
  };
}

export const openBenchJournal = (file: string, more: Partial<JournalOptions> = {}): Journal =>
  must(openJournal({ ...journalOptions(file), ...more }));

/** One request as a depositor leaves it: personal fields sealed under a key of their own, chained, durable. */
export function takeOneRequest(journal: Journal): void {
  must(
    journal.takeRequest({
      sessionId: 'bench',
      operationId: randomUUID(),
      level: 'L2',
      offline: true,
      form: { item: 'S01', topicId: 'complaint', text: '窗口排队时间较长，希望增加自助设备。' },
      person: { name: person.name, idNumber: person.idNumber, phone: person.phone },
    }),
  );
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
