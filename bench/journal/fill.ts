import type { KeyObject } from 'node:crypto';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { entryWriter } from '@kiosk/sync-agent/journal/chain/entries.ts';
import { keyProvider } from '@kiosk/sync-agent/journal/chain/keys.ts';
import { openStore } from '@kiosk/sync-agent/journal/file/open.ts';
import { requests } from '@kiosk/sync-agent/journal/books/requests.ts';
import { type Sealer, sealer } from '@kiosk/sync-agent/journal/chain/seal.ts';
import { must } from './bench-journal.ts';

const PER_COMMIT = 1_000;

export interface FillOptions {
  readonly file: string;
  readonly terminalId: string;
  readonly count: number;
  /** The centre's key: every fourth entry is then a request with sealed personal fields. */
  readonly centreKey?: KeyObject;
}

/**
 * Makes a journal with so many pending entries, through the journal's own writers but many entries a commit: the bytes are
 * the same, only the waiting is left out.
 */
export function fillJournal({ file, terminalId, count, centreKey }: FillOptions): void {
  const store = must(openStore({ file, terminalId, now: systemClock.now() }));
  const writer = entryWriter(store, terminalId, systemClock);
  const taken = requests(store, writer, terminalId);
  const terminal = keyProvider(Buffer.alloc(32, 7));
  const seal = centreKey && sealer({ suite: store.suite, terminal, centreKey, clock: systemClock });
  for (let n = 0; n < count; n += PER_COMMIT) {
    must(
      store.write(() => {
        for (let i = n; i < Math.min(count, n + PER_COMMIT); i++) {
          if (seal && i % 4 === 0) taken.take(request(i, seal));
          else writer.append(entry(i));
        }
      }),
    );
  }
  store.close();
}

const person = syntheticPerson('ordinary', '2026-11-21');
const idOf = (n: number) => `0190b5a2-0000-7000-8000-${String(n).padStart(12, '0')}`;

function request(n: number, seal: Sealer) {
  const { name, idNumber, phone } = person;
  return {
    sessionId: idOf(n),
    operationId: idOf(n),
    level: 'L2' as const,
    offline: true,
    form: { item: 'S01' as const, topicId: 'complaint', text: '窗口排队时间较长，希望增加自助设备。' },
    person: seal({ name, idNumber, phone }),
  };
}

function entry(n: number): EntryData {
  const sessionId = idOf(n);
  switch (n % 4) {
    case 0:
      return { type: 'service.rated', sessionId, score: 'dissatisfied', reason: 'process' };
    case 1:
      return { type: 'session.opened', sessionId, mode: 'depositor' };
    case 2:
      return { type: 'query.answered', sessionId, item: 'Q01', period: { from: '2026-01', to: '2026-11' } };
    default:
      return { type: 'step.timed', sessionId, step: 'overview', milliseconds: 1_234 };
  }
}
