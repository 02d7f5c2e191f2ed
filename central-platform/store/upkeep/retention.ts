import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { addDays, addMonths, dayNumber, firstDay, monthOf, shanghaiDate } from '@kiosk/domain/dates.ts';
import { placeOf, type Log } from '../../log.ts';
import type { AgingTable, Dropped, UpkeepStore } from '../upkeep-store.ts';

/** How long each is kept. Logs of a network have to be kept for six months (Cybersecurity Law). */
export interface RetentionRule {
  /** Whole calendar months of receipt beside the current one. */
  readonly businessMonths: number;
  readonly auditMonths: number;
  readonly telemetryDays: number;
  readonly securityEventMonths: number;
  /** Codes, tokens and messages after they ended. */
  readonly identityDays: number;
}

export interface RetentionOffice {
  /** Now. Answers what went. */
  run(): Promise<readonly (Dropped & { readonly what: string })[]>;
  /** Now and then every day. */
  begin(): void;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;
const startOf = (date: string): number => dayNumber(date) * DAY_MS - CHINA_MS;

/**
 * Lets go of what has been kept long enough and makes room for what comes: never a key, never a body that nobody has projected or
 * that a person has to decide about. What went is noted in the store and in the log.
 */
export function createRetention(parts: {
  readonly store: UpkeepStore;
  readonly clock: Clock;
  readonly rule: RetentionRule;
  readonly log: Log;
}): RetentionOffice {
  const { store, clock, rule, log } = parts;
  let stopWaiting = (): void => {};
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function run() {
    const now = clock.now();
    await store.makeRoom(now);
    const today = shanghaiDate(now);
    const monthsAgo = (months: number) => startOf(firstDay(addMonths(monthOf(today), -months)));
    const daysAgo = (days: number) => startOf(addDays(today, -days));
    const streams: readonly (readonly [StreamName, number])[] = [
      ['business', monthsAgo(rule.businessMonths)],
      ['audit', monthsAgo(rule.auditMonths)],
      ['telemetry', daysAgo(rule.telemetryDays)],
    ];
    const tables: readonly (readonly [AgingTable, number])[] = [
      ['security_event', monthsAgo(rule.securityEventMonths)],
      ['challenge', daysAgo(rule.identityDays)],
      ['identity_token', daysAgo(rule.identityDays)],
      ['identity_factor', daysAgo(rule.identityDays)],
      ['sms_outbox', daysAgo(rule.identityDays)],
    ];
    const gone: (Dropped & { readonly what: string })[] = [];
    for (const [stream, before] of streams)
      gone.push(await note(`bodies of ${stream}`, before, await bodies(stream, before)));
    for (const [table, before] of tables) {
      gone.push(await note(table, before, { dropped: `${await rows(table, before)} rows`, kept: null }));
    }
    return gone;
  }

  async function note(what: string, before: number, { dropped, kept }: Dropped) {
    await store.noteRetention({ at: clock.now(), what, before, dropped, kept });
    log({ event: 'retention', detail: `${what}: ${dropped}${kept === null ? '' : `; kept ${kept}`}` });
    return { what, dropped, kept };
  }

  async function bodies(stream: StreamName, before: number): Promise<Dropped> {
    const told: string[] = [];
    for (;;) {
      const { dropped, kept, more } = await store.dropBodies(stream, before);
      told.push(dropped);
      if (!more || closed) return { dropped: told.join(', '), kept };
    }
  }

  async function rows(table: AgingTable, before: number): Promise<number> {
    let all = 0;
    for (;;) {
      const count = await store.dropRows(table, before);
      all += count;
      if (count === 0 || closed) return all;
    }
  }

  function daily(): void {
    running = run()
      .catch((error: unknown) => log({ event: 'retention.failed', code: 'E9006', detail: placeOf(error) }))
      .finally(() => {
        if (!closed) stopWaiting = clock.after(DAY_MS, daily);
      });
  }

  return {
    run,
    begin: daily,
    async close() {
      closed = true;
      stopWaiting();
      await running;
    },
  };
}
