import { setImmediate } from 'node:timers/promises';
import { EntryBody, type StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Before, type Line, dayTotals, lineOf } from '@kiosk/contract/platform/day-totals.ts';
import type { DayClose, Totals } from '@kiosk/contract/platform/reconciliation.ts';
import type { PlacedLine, ReconciliationStore } from '../store/reconciliation-store.ts';

/** Entries read in one transaction: terminals in between do not notice it. */
const AT_ONCE = 500;
const COUNTING = ['business', 'audit'] as const satisfies readonly StreamName[];

/**
 * What the platform's own books say about a close's windows: requests from the register that staff work with, everything
 * else from lines that were read once from the entries as they came.
 */
export async function ledgerTotals(
  store: ReconciliationStore,
  terminalId: string,
  { windows }: DayClose,
): Promise<Totals> {
  const lines: Line[] = [];
  const before: Before[] = [];
  let requests = 0;
  for (const stream of COUNTING) {
    const { from, to } = windows.find((window) => window.stream === stream)!;
    await readUpTo(store, terminalId, stream, to);
    const found = await store.lines(terminalId, stream, from, to);
    lines.push(...found);
    if (stream === 'business') requests = await store.requests(terminalId, from, to);
    before.push(await beforeOf(store, terminalId, found, from));
  }
  const totals = dayTotals(lines, {
    intended: (operationId) => before.map((one) => one.intended(operationId)).find((line) => line !== undefined),
    captured: (operationId) => before.some((one) => one.captured(operationId)),
  });
  return { ...totals, requests };
}

async function readUpTo(
  store: ReconciliationStore,
  terminalId: string,
  stream: StreamName,
  upTo: number,
): Promise<void> {
  for (;;) {
    const entries = await store.unread(terminalId, stream, upTo, AT_ONCE);
    const last = entries.at(-1);
    if (!last) return;
    const lines = entries.flatMap(({ seq, body }): PlacedLine[] => {
      const line = understood(body);
      return line ? [{ seq, line }] : [];
    });
    await store.addLines(terminalId, stream, lines, last.seq);
    await setImmediate();
  }
}

/** A body nobody understands was set aside when it came; here it adds nothing. */
function understood(body: Uint8Array): Line | undefined {
  try {
    const parsed = EntryBody.safeParse(JSON.parse(Buffer.from(body).toString('utf8')));
    return parsed.success ? lineOf(parsed.data.data) : undefined;
  } catch {
    return undefined;
  }
}

async function beforeOf(
  store: ReconciliationStore,
  terminalId: string,
  lines: readonly Line[],
  from: number,
): Promise<Before> {
  const ids = (kind: Line['kind']) =>
    lines.flatMap((line) => (line.kind === kind && 'operationId' in line ? [line.operationId] : []));
  const intended = await store.intendedBefore(terminalId, ids('settled'), from);
  const captured = await store.capturedBefore(terminalId, ids('captured'), from);
  return {
    intended: (operationId) => intended.find((line) => line.operationId === operationId),
    captured: (operationId) => captured.has(operationId),
  };
}
