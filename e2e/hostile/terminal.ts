import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type EntryData, StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type * as Drains from '@kiosk/sync-agent/delivery/drain.ts';
import type * as Foregrounds from '@kiosk/sync-agent/delivery/foreground.ts';
import type * as Lines from '@kiosk/sync-agent/delivery/http.ts';
import type * as Senders from '@kiosk/sync-agent/delivery/sender.ts';
import type * as Journals from '@kiosk/sync-agent/journal/journal.ts';
import type * as Keys from '@kiosk/sync-agent/journal/chain/keys.ts';
import type { HurriedClock } from './clock.ts';

export interface TerminalParts {
  /** Folder of the sync agent's sources: the real ones or a weakened copy. */
  readonly room: string;
  readonly folder: string;
  readonly terminalId: string;
  readonly platform: Lines.PlatformFiles;
  readonly signing: KeyObject;
  readonly centreKey: KeyObject;
  readonly clock: HurriedClock;
  readonly random: () => number;
  /** An exchange has begun or ended, or a stream was acknowledged. */
  readonly onChange: () => void;
  readonly onAlarm: (stream: StreamName, code: string, detail: string) => void;
}

async function load(room: string) {
  const from = async <T>(path: string) => (await import(pathToFileURL(join(room, path)).href)) as T;
  return {
    ...(await from<typeof Drains>('delivery/drain.ts')),
    ...(await from<typeof Foregrounds>('delivery/foreground.ts')),
    ...(await from<typeof Lines>('delivery/http.ts')),
    ...(await from<typeof Senders>('delivery/sender.ts')),
    ...(await from<typeof Journals>('journal/journal.ts')),
    ...(await from<typeof Keys>('journal/chain/keys.ts')),
  };
}

export type Sources = Awaited<ReturnType<typeof load>>;
export const loadSources = load;

/** The delivery half of the agent: the real journal, the real line, the real drain. Without the link's heartbeat. */
export class DeliveringTerminal {
  readonly #parts: TerminalParts;
  readonly #sources: Sources;
  #running: { journal: Journals.Journal; line: Lines.Line; drain: Drains.Drain };
  /** Exchanges that have begun and not ended. */
  inFlight = 0;
  /** Batches the terminal has tried to deliver. */
  deliveries = 0;

  constructor(sources: Sources, parts: TerminalParts) {
    this.#sources = sources;
    this.#parts = parts;
    this.#running = this.#open();
  }

  get journal(): Journals.Journal {
    return this.#running.journal;
  }

  record(data: EntryData): void {
    must(this.journal.record(data));
  }

  standing(stream: StreamName) {
    return must(this.journal.withOutbox((outbox) => outbox.standing(stream)));
  }

  get pending(): number {
    return Object.values(must(this.journal.queue())).reduce((sum, { pending }) => sum + pending, 0);
  }

  kick(): void {
    this.#running.drain.kick();
  }

  compareHeads(): void {
    this.#running.drain.compareHeads();
  }

  /** The program ends and starts again; what it knew only in memory is gone. */
  async restart(): Promise<void> {
    await this.close();
    this.#running = this.#open();
  }

  async close(): Promise<void> {
    const { journal, line, drain } = this.#running;
    await Promise.all([line.close(), drain.close()]);
    journal.close();
  }

  #open() {
    const { folder, terminalId, platform, signing, centreKey, clock, random, onChange, onAlarm } = this.#parts;
    const { openJournal, keyProvider, openLine, sender, Drain, Foreground } = this.#sources;
    const journal = must(
      openJournal({
        file: join(folder, 'journal.db'),
        terminalId,
        clock,
        keys: keyProvider(Buffer.alloc(32, 7)),
        centreKey,
      }),
    );
    const line = openLine(platform, StreamName.options.length, clock);
    const counted: Lines.Line = {
      exchange: async (exchange) => {
        this.inFlight++;
        if (exchange.method === 'POST') this.deliveries++;
        onChange();
        const answer = await line.exchange(exchange);
        this.inFlight--;
        onChange();
        return answer;
      },
      close: () => line.close(),
    };
    const drain = new Drain({
      sender: sender(journal, counted, terminalId, signing),
      clock,
      random,
      foreground: new Foreground(clock),
      standing: (stream) => must(journal.withOutbox((outbox) => outbox.standing(stream))),
      onSent(stream, sent) {
        if (sent.kind === 'alarm') onAlarm(stream, sent.code, sent.detail);
        onChange();
      },
      onFailed: onChange,
    });
    journal.onAppended(() => drain.kick());
    drain.start();
    drain.setOnline(true);
    return { journal, line, drain };
  }
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the terminal said ${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
