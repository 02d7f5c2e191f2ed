import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Address, Connection, LineError, type Reply, framed } from './simulator/connection.ts';
import type { FleetCredentials } from './simulator/credentials.ts';
import { Histogram } from './simulator/histogram.ts';
import { SimulatedJournal } from './simulator/journal.ts';

/** One terminal's batches, signed and framed before the clock starts: on two shared cores signing them is a terminal's work, not a platform's. */
export interface Sender {
  connection: Connection;
  /** The platform closes a line that nobody used for a while, as while the others were being prepared. */
  readonly open: () => Promise<Connection>;
  readonly requests: readonly Buffer[];
  next: number;
}

export interface Loaded {
  readonly seconds: number;
  readonly requests: number;
  readonly latency: Histogram;
  /** "429 E3106": how often. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** Answers of a loaded machine; who waits longer has lost its platform. */
const DEADLINE_MS = 60_000;

/** `seed` sets one run's journals apart from another's; a terminal's journal must only ever grow, so each run takes terminals of its own. */
export async function senders(
  address: (terminal: number) => Address,
  { members }: FleetCredentials,
  wanted: {
    readonly from: number;
    readonly count: number;
    readonly batches: number;
    readonly size: number;
    readonly stream?: StreamName;
  },
): Promise<Sender[]> {
  const { from, count, batches, size, stream = 'audit' } = wanted;
  const chosen = members.slice(from, from + count);
  const made: Sender[] = [];
  for (const [n, { identity, signingKey, terminalId }] of chosen.entries()) {
    const journal = new SimulatedJournal('load', terminalId, stream, signingKey);
    const requests: Buffer[] = [];
    for (let n = 0; n < batches; n++) {
      journal.write(size);
      const batch = journal.batch(size)!;
      requests.push(framed('POST', `/v1/streams/${stream}/batches`, JSON.stringify(batch)));
      journal.acknowledge({ durableUpTo: journal.headSeq, head: batch.head });
    }
    const open = () => Connection.open(address(from + n), identity, { deadlineMs: DEADLINE_MS });
    made.push({ connection: await open(), open, requests, next: 0 });
  }
  return made;
}

export function hangUp(all: readonly Sender[]): void {
  for (const { connection } of all) connection.close();
}

/** Each sender asks again as soon as it was answered, until the time is over or its requests are; `again` sends them over and over. */
export async function closedLoop(
  all: readonly Sender[],
  options: { readonly seconds: number; readonly again?: boolean; readonly signal?: AbortSignal },
): Promise<Loaded> {
  const tally = newTally();
  const began = performance.now();
  const until = began + options.seconds * 1_000;
  await Promise.all(
    all.map(async (sender) => {
      while (performance.now() < until && !options.signal?.aborted) {
        if (sender.next >= sender.requests.length) {
          if (!options.again) return;
          sender.next = 0;
        }
        if ((await ask(sender, performance.now(), tally)) === 'no answer') return;
      }
    }),
  );
  return { seconds: (performance.now() - began) / 1_000, ...tally };
}

/**
 * So many requests a second, whoever answers how fast: a request's time counts from when it was due, not from when a
 * terminal was free for it, so that a platform that stands still is not spared what would have come meanwhile.
 */
export async function openLoop(
  all: readonly Sender[],
  options: {
    readonly perSecond: number;
    readonly seconds: number;
    readonly signal?: AbortSignal;
    /** A refused sender is quiet as long as it was asked to, and then sends the same again. */
    readonly heedRetryAfter?: boolean;
    readonly onAnswer?: (ms: number) => void;
  },
): Promise<Loaded & { readonly unsent: number; readonly withinTime: number }> {
  const tally = newTally();
  const idle = [...all];
  const due: number[] = [];
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  const total = Math.floor(options.perSecond * options.seconds);
  let scheduled = 0;
  let unsent = 0;
  const serve = (): void => {
    while (due.length > 0 && idle.length > 0) {
      const sender = idle.shift()!;
      if (sender.next >= sender.requests.length) continue;
      const work = ask(sender, due.shift()!, tally).then((told) => {
        underWay.delete(work);
        if (told === 'no answer') return;
        if ('tookMs' in told) options.onAnswer?.(told.tookMs);
        const back = (): void => {
          idle.push(sender);
          serve();
        };
        if ('waitS' in told && options.heedRetryAfter) setTimeout(back, told.waitS * 1_000).unref();
        else back();
      });
      underWay.add(work);
    }
    // A terminal that has to wait sends what gathers meanwhile as one batch, when it may.
    if (options.heedRetryAfter) unsent += due.splice(0).length;
  };
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      const now = performance.now();
      while (scheduled < total && began + (scheduled * 1_000) / options.perSecond <= now) {
        due.push(began + (scheduled++ * 1_000) / options.perSecond);
      }
      serve();
      if (scheduled >= total || options.signal?.aborted) return resolve();
      setTimeout(tick, 1);
    };
    tick();
  });
  const withinTime = tally.requests;
  while (underWay.size > 0) await Promise.race(underWay);
  unsent += due.length;
  return { seconds: (performance.now() - began) / 1_000, ...tally, unsent, withinTime };
}

interface Tally {
  requests: number;
  readonly latency: Histogram;
  readonly refusals: Record<string, number>;
}

const newTally = (): Tally => ({ requests: 0, latency: new Histogram(), refusals: {} });

/** A refused request is the sender's next one again; one without an answer ends its line. */
async function ask(
  sender: Sender,
  since: number,
  tally: Tally,
): Promise<{ readonly tookMs: number } | { readonly waitS: number } | 'no answer'> {
  let reply: Reply;
  try {
    if (sender.connection.closed) sender.connection = await sender.open();
    reply = await sender.connection.exchange(sender.requests[sender.next]!, DEADLINE_MS);
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    count(tally, 'no answer');
    return 'no answer';
  }
  if (reply.status === 200) {
    sender.next++;
    tally.requests++;
    tally.latency.add(performance.now() - since);
    return { tookMs: reply.tookMs };
  }
  const code = /"code":"(\w+)"/.exec(reply.body)?.[1] ?? 'without a code';
  count(tally, `${reply.status} ${code}`);
  return { waitS: Number(reply.retryAfter ?? 1) };
}

function count({ refusals }: Tally, what: string): void {
  refusals[what] = (refusals[what] ?? 0) + 1;
}
