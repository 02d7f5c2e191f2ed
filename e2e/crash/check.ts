import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { type Journal, openJournal } from '@kiosk/sync-agent/journal/journal.ts';
import { keyProvider } from '@kiosk/sync-agent/journal/keys.ts';
import type { CrashState } from './disk.ts';
import { PROMISES, type PromiseMade, TERMINAL } from './promises.ts';

const keys = keyProvider(Buffer.alloc(32, 9));
const centreKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
/** Memory where there is some: the states are many, and syncing them proves nothing. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/**
 * Starts the real journal on what is left of the disk and compares it with what was promised. Opening checks page
 * structure, gaplessness and every chain. Answers what is wrong, or undefined.
 */
export function checkState(state: CrashState, promises: readonly PromiseMade[]): string | undefined {
  const folder = mkdtempSync(join(SCRATCH, 'kiosk-crash-'));
  try {
    for (const [name, bytes] of state) if (name !== PROMISES) writeFileSync(join(folder, name), bytes);
    const file = join(folder, 'journal.db');
    const opened = openJournal({ file, terminalId: TERMINAL, clock: systemClock, keys, centreKey });
    if (!opened.ok) return `does not open: ${opened.error.code} ${opened.error.detail ?? ''}`;
    const journal = opened.value;
    try {
      return firstBroken(journal, promises) ?? goesOn(journal);
    } finally {
      journal.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function firstBroken(journal: Journal, promises: readonly PromiseMade[]): string | undefined {
  // The chains were verified at the open, so the last promised link of a stream vouches for all before it.
  const last = new Map<string, PromiseMade>();
  for (const made of promises) {
    last.set(made.kind === 'request' ? `request ${made.operationId}` : `${made.kind} ${made.stream}`, made);
  }
  for (const made of last.values()) {
    if (made.kind === 'request') {
      const found = journal.findRequest(made.operationId);
      if (!found.ok || found.value?.requestNumber !== made.requestNumber) return `lost request ${made.operationId}`;
      continue;
    }
    const found = journal.withOutbox((outbox) => ({
      head: outbox.headAt(made.stream, made.seq),
      acknowledged: outbox.standing(made.stream).acknowledgedSeq,
    }));
    if (!found.ok) return `cannot be read: ${found.error.code}`;
    if (made.kind === 'entry' && found.value.head !== made.head) return `lost entry ${made.stream} ${made.seq}`;
    if (made.kind === 'acknowledged' && found.value.acknowledged < made.seq) {
      return `forgot that the platform has ${made.stream} ${made.seq}`;
    }
  }
  return undefined;
}

/** A journal that came back takes the next entry, right behind the last. */
function goesOn(journal: Journal): string | undefined {
  const standing = journal.withOutbox((outbox) => outbox.standing('audit').headSeq);
  const placed = journal.record({ type: 'program.started', program: 'crash-check', version: '0' });
  return standing.ok && placed.ok && placed.value.seq === standing.value + 1 ? undefined : 'takes no more entries';
}
