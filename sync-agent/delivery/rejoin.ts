import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { StreamHead, StreamPage } from '@kiosk/contract/platform/ingest.ts';
import type { Rejoined } from '../journal/chain/graft.ts';
import { heads } from '../journal/chain/heads.ts';
import { type Fork, rejoining } from '../journal/life/rejoin.ts';
import type { Store } from '../journal/file/store.ts';
import { type Failed, answerFailure } from './classify.ts';
import type { Line } from './http.ts';

const DEADLINE_MS = 30_000;
const PAGE = 250;

export interface RejoinOptions {
  readonly store: Store;
  readonly line: Line;
  readonly terminalId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Makes the journal one with what the platform has, stream by stream: find where the two part (log2(N) questions), bring
 * back what is missing, put what was recorded here meanwhile behind it. Nobody may record while it runs. Cut off, it goes
 * on where it stood. Errors: E31xx; E6201 the histories differ from the very beginning, a person has to look; E6204.
 */
export async function rejoinPlatform(options: RejoinOptions): Promise<Result<readonly Rejoined[], Failed>> {
  const journal = rejoining(options.store, options.terminalId, options.clock);
  const forks: Fork[] = [];
  for (const stream of StreamName.options) {
    const fork = await findFork(stream, options);
    if (!fork.ok) return fork;
    const pulled = await pull(fork.value, options);
    if (!pulled.ok) return pulled;
    forks.push(fork.value);
  }
  return journal.finish(forks);
}

async function findFork(stream: StreamName, options: RejoinOptions): Promise<Result<Fork, Failed>> {
  const { store } = options;
  const head = await ask(options, `/v1/streams/${stream}/head`, StreamHead);
  if (!head.ok) return head;
  const { durableUpTo } = head.value;
  const own = store.read(() => {
    const base = store.db.prepare<[string], number>('SELECT base_seq FROM stream WHERE name = ?').pluck().get(stream)!;
    return { base, end: heads(store).last(stream).seq };
  });
  if (!own.ok) return own;
  const same = async (seq: number): Promise<Result<boolean, Failed>> => {
    const here = store.read(() => heads(store).at(stream, seq)?.link.toString('hex'));
    if (!here.ok) return here;
    if (seq === 0) return ok(here.value === GENESIS);
    if (seq === durableUpTo) return ok(here.value === head.value.head);
    const there = await ask(options, `/v1/streams/${stream}/entries?after=${seq}&limit=1`, StreamPage);
    return there.ok ? ok(here.value === there.value.previousHead) : there;
  };

  let low = own.value.base;
  let high = Math.min(own.value.end, durableUpTo);
  if (high < low) return fail('E6201', `${stream}: platform has ${durableUpTo}, this journal begins behind ${low}`);
  const atBase = await same(low);
  if (!atBase.ok) return atBase;
  if (!atBase.value) return fail('E6201', `${stream}: no common history from ${low} on`);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const agrees = await same(middle);
    if (!agrees.ok) return agrees;
    if (agrees.value) low = middle;
    else high = middle - 1;
  }
  return ok({ stream, forkedAt: low, durableUpTo, head: head.value.head });
}

async function pull(fork: Fork, options: RejoinOptions): Promise<Result<void, Failed>> {
  const journal = rejoining(options.store, options.terminalId, options.clock);
  for (;;) {
    const so = journal.pulledUpTo(fork);
    if (!so.ok) return so;
    if (so.value >= fork.durableUpTo) return ok();
    if (options.signal.aborted) return fail('E9001');
    const path = `/v1/streams/${fork.stream}/entries?after=${so.value}&limit=${PAGE}`;
    const page = await ask(options, path, StreamPage);
    if (!page.ok) return page;
    const { entries } = page.value;
    if (entries[0]?.seq !== so.value + 1) return fail('E3104', `entries of ${fork.stream} after ${so.value}`);
    const kept = journal.keep(fork, entries);
    if (!kept.ok) return kept;
  }
}

async function ask<T>(
  { line, signal }: RejoinOptions,
  path: string,
  shape: { safeParse(value: unknown): { success: boolean; data?: T } },
): Promise<Result<T, Failed>> {
  const answer = await line.exchange({ method: 'GET', path, deadlineMs: DEADLINE_MS, signal });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return err(answerFailure(answer.value));
  const parsed = shape.safeParse(answer.value.json);
  return parsed.success && parsed.data !== undefined
    ? ok(parsed.data)
    : fail('E3104', `shape of ${path.split('?')[0]}`);
}
