import type { KeyObject } from 'node:crypto';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import {
  type Comparison,
  type DayClose,
  type Difference,
  closeText,
  headsText,
} from '@kiosk/contract/platform/reconciliation.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { callPlatform } from '../delivery/calls.ts';
import type { Failed } from '../delivery/classify.ts';
import type { Line } from '../delivery/http.ts';
import type { Journal } from '../journal/journal.ts';
import { firstDifference } from './first-difference.ts';

const DEADLINE_MS = 30_000;

export interface ExchangeParts {
  readonly journal: Journal;
  readonly line: Line;
  readonly terminalId: string;
  readonly signingKey: KeyObject;
}

export interface Exchange {
  /** Reports where the platform has acknowledged every stream, and keeps what it says to that. */
  heads(at: number): Promise<Result<Comparison, Failed>>;
  close(close: DayClose, at: number): Promise<Result<Comparison, Failed>>;
}

/**
 * The calls of a reconciliation. Where heads differ, both sides' links are compared until the first difference is found;
 * the platform hears of it and the journal keeps it. Nothing is repaired.
 */
export function exchange({ journal, line, terminalId, signingKey }: ExchangeParts): Exchange {
  const limits = { deadlineMs: DEADLINE_MS };
  const signed = (text: string) => signStatement(signingKey, Buffer.from(text)).toString('base64');

  /** `reported`: where heads were just found to differ, if they were; a case may be older than that. */
  async function locate(
    differences: readonly Difference[],
    reported: readonly { readonly stream: StreamName; readonly seq: number }[],
  ): Promise<Result<void, Failed>> {
    for (const { stream, seq } of reported) {
      const difference = differences.find(({ kind, subject }) => kind === 'heads' && subject === stream);
      if (!difference) continue;
      const found = await locateIn(stream, seq, difference.firstSeq);
      if (!found.ok) return found;
    }
    return ok();
  }

  async function locateIn(stream: StreamName, seq: number, known: number | null): Promise<Result<void, Failed>> {
    const base = journal.closes.read((book) => book.firstKept(stream) - 1);
    if (!base.ok) return base;
    const theirs = new Map<number, string | null>();
    const same = async (at: number): Promise<Result<boolean, Failed>> => {
      const own = journal.withOutbox((outbox) => outbox.headAt(stream, at));
      if (!own.ok) return own;
      const answer = await callPlatform(line, 'linkAt', { stream, seq: at }, limits);
      if (!answer.ok) return answer;
      theirs.set(at, answer.value.value.link);
      return ok(own.value === answer.value.value.link);
    };
    if (known !== null && known > base.value) {
      const before = await same(known - 1);
      if (!before.ok) return before;
      const there = await same(known);
      if (!there.ok) return there;
      if (before.value && !there.value) return ok();
    }
    // Both begin at the same link, unless retention has taken the beginning here: then that place is asked for as well.
    const begins = base.value === 0 ? ok(true) : await same(base.value);
    if (!begins.ok) return begins;
    const search = begins.value
      ? await firstDifference(base.value, seq, same)
      : ok({ firstSeq: base.value, probes: 0 });
    if (!search.ok) return search;
    const { firstSeq } = search.value;
    if (!theirs.has(firstSeq)) {
      const asked = await same(firstSeq);
      if (!asked.ok) return asked;
    }
    const own = journal.withOutbox((outbox) => outbox.headAt(stream, firstSeq));
    if (!own.ok) return own;
    const found = { stream, firstSeq, own: own.value!, platform: theirs.get(firstSeq) ?? null, probes: theirs.size };
    const told = await callPlatform(line, 'reportFirstDifference', found, limits);
    if (!told.ok) return told;
    return journal.closes.write((book) => {
      book.parted(found);
      book.noteOpenCases(told.value.value.open);
    });
  }

  return {
    async heads(at) {
      const heads = journal.withOutbox((outbox) =>
        STREAMS.map((stream) => {
          const { acknowledgedSeq } = outbox.standing(stream);
          return { stream, seq: acknowledgedSeq, head: outbox.headAt(stream, acknowledgedSeq)! };
        }),
      );
      if (!heads.ok) return heads;
      const report = { at, heads: heads.value, signatureBase64: signed(headsText(terminalId, at, heads.value)) };
      const answer = await callPlatform(line, 'reportHeads', report, limits);
      if (!answer.ok) return err(answer.error);
      const comparison = answer.value.value;
      const kept = journal.closes.write((book) => book.headsCompared(at, heads.value, comparison));
      if (!kept.ok) return kept;
      const located = await locate(comparison.differences, heads.value);
      return located.ok ? ok(comparison) : located;
    },
    async close(close, at) {
      const answer = await callPlatform(
        line,
        'closeDay',
        { close, signatureBase64: signed(closeText(terminalId, close)) },
        limits,
      );
      if (!answer.ok) return err(answer.error);
      const comparison = answer.value.value;
      const kept = journal.closes.write((book) => book.compared(close, at, comparison));
      if (!kept.ok) return kept;
      const ends = close.windows.map(({ stream, to }) => ({ stream, seq: to }));
      const located = await locate(comparison.differences, ends);
      return located.ok ? ok(comparison) : located;
    },
  };
}

const STREAMS = ['business', 'audit', 'telemetry'] as const satisfies readonly StreamName[];
