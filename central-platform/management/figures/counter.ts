import { EntryBody } from '@kiosk/contract/journal/entry.ts';
import type { StreamName } from '@kiosk/contract/journal/stream.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { placeOf, type Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import { type Counted, countsOf, summed, timed } from './fold.ts';

const AT_ONCE = 500;
const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const OVERLAP_MS = 5 * 60_000;

const keyOf = ({ terminalId, stream }: { readonly terminalId: string; readonly stream: string }) =>
  `${terminalId} ${stream}`;

export interface FigureCounter {
  /** Everything acknowledged by now is counted. Calls at the same moment share one run. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface CounterParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The service item of a document by its kind: P01, P02 … */
  readonly itemOfDocument: (documentNumber: string) => Promise<string>;
  /** The channel a terminal counts for. */
  readonly channelOf: (terminalId: string) => Promise<string>;
}

/**
 * Counts the entries of all streams, stream by stream and each once, on the side: what an entry means for the register is
 * decided elsewhere (ingest/), and a figure that is a minute old harms nobody.
 */
export function createFigureCounter({ store, clock, log, itemOfDocument, channelOf }: CounterParts): FigureCounter {
  const { figures, journal } = store;
  /** Streams that stood here last time: a fleet of ten thousand is not asked one by one for nothing. */
  const counted = new Map<string, number>();
  /** Everything received before is counted; 0: nobody looked yet. */
  let since = 0;
  let running: Promise<void> | undefined;
  let closed = false;

  async function stretch(terminalId: string, stream: StreamName, after: number): Promise<number> {
    const entries = await journal.exact(terminalId, stream, after, AT_ONCE);
    if (entries.length === 0) return after;
    const counts: (Counted & { at: number })[] = [];
    const times: { step: string; milliseconds: number; at: number }[] = [];
    const operations = new Map<string, string>();
    for (const { body } of entries) {
      const parsed = EntryBody.safeParse(parseJson(body));
      if (!parsed.success) continue;
      const { data } = parsed.data;
      const at = believable(parsed.data.at);
      if (data.type === 'operation.intended' && data.kind === 'printDocument') {
        const item = data.documentNumber === undefined ? 'P01' : await itemOfDocument(data.documentNumber);
        operations.set(data.operationId, item);
        await figures.noteOperation(terminalId, data.operationId, item);
      }
      if (data.type === 'operation.settled') {
        const item = await figures.takeOperation(terminalId, data.operationId);
        if (item !== undefined) operations.set(data.operationId, item);
      }
      if (data.type === 'step.timed') times.push({ step: data.step, milliseconds: data.milliseconds, at });
      for (const one of countsOf(data, (id) => operations.get(id))) counts.push({ ...one, at });
    }
    const to = entries.at(-1)!.seq;
    const sums = summed(await channelOf(terminalId), terminalId, counts);
    await figures.fold(terminalId, stream, after, to, sums, timed(times));
    return to;
  }

  /** A terminal whose clock is years away would put its figures where nobody looks. */
  function believable(at: number): number {
    const now = clock.now();
    return at > now + DAY_MS || at < now - 400 * DAY_MS ? now : at;
  }

  async function run(): Promise<void> {
    const begun = clock.now();
    if (since === 0) for (const one of await figures.cursors()) counted.set(keyOf(one), one.seq);
    for (const { terminalId, stream, durableUpTo } of await journal.heads(since)) {
      const key = keyOf({ terminalId, stream });
      if ((counted.get(key) ?? 0) >= durableUpTo) continue;
      let seq = await figures.cursor(terminalId, stream);
      while (seq < durableUpTo && !closed) {
        const next = await stretch(terminalId, stream, seq);
        if (next === seq) break;
        seq = next;
      }
      counted.set(key, await figures.cursor(terminalId, stream));
    }
    // What arrives meanwhile, by the clock of another process perhaps, is looked at again.
    since = Math.max(1, begun - OVERLAP_MS);
  }

  function refresh(): Promise<void> {
    running ??= run().finally(() => (running = undefined));
    return running;
  }

  let cancel = () => {};
  const again = () => {
    cancel = clock.after(EVERY_MS, () => {
      void refresh()
        .catch((error: unknown) => log({ event: 'figures.failed', code: 'E9006', detail: placeOf(error) }))
        .finally(() => {
          if (!closed) again();
        });
    });
  };
  again();

  return {
    refresh,
    async close() {
      closed = true;
      cancel();
      await running?.catch(() => undefined);
    },
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
