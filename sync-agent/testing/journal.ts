import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { keyProvider } from '../journal/chain/keys.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import { ending } from './ending.ts';

/** The centre's recovery key of the tests; its private half stands for the centre. */
export const centre = generateKeyPairSync('x25519');
export const TERMINAL = '003017';
const secret = Buffer.alloc(32, 7);

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-journal-'));
  ending(t, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openTestJournal(folder: string, clock = new ManualClock()): Result<Journal> {
  return openJournal({
    file: join(folder, 'journal.db'),
    terminalId: TERMINAL,
    clock,
    keys: keyProvider(secret),
    centreKey: centre.publicKey,
  });
}

/** The value of a result that must be good. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`expected a good result, got ${result.error.code} (${result.error.detail ?? ''})`);
  return result.value;
}

/** One entry for each stream, told apart by `n`. */
export const sample = {
  business: (n: number): EntryData => ({ type: 'service.rated', sessionId: `session-${n}`, score: 'satisfied' }),
  audit: (n: number): EntryData => ({ type: 'session.opened', sessionId: `session-${n}`, mode: 'depositor' }),
  telemetry: (n: number): EntryData => ({ type: 'step.timed', sessionId: `s-${n}`, step: 'overview', milliseconds: n }),
} as const;

export const intended = (operationId: string): EntryData => ({
  type: 'operation.intended',
  sessionId: 'session-1',
  operationId,
  kind: 'printDocument',
  pages: 1,
});
