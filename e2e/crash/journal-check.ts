import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { openTerminalJournal } from '@kiosk/sync-agent/agent/files.ts';
import type { Journal } from '@kiosk/sync-agent/journal/journal.ts';
import { type Copies, copiesIn, missingCopy } from './copies.ts';
import type { Held } from './held.ts';
import { type PromiseMade, TERMINAL } from './promises.ts';

const centreKey = generateKeyPairSync('x25519').publicKey;
const clock = new ManualClock();
const CHECKER = 'crash-check';

/** What a journal that came back has, of what this round of the workload was ever promised. */
interface Found {
  readonly pseudonym: string;
  readonly heads: Readonly<Record<StreamName, number>>;
  readonly bases: Readonly<Record<StreamName, number>>;
  readonly acknowledged: Readonly<Record<StreamName, number>>;
  /** Links by stream and sequence. */
  readonly links: ReadonlyMap<string, string | undefined>;
  readonly requests: ReadonlyMap<string, string | undefined>;
  readonly openIntents: ReadonlySet<string>;
  readonly copies: Copies;
}

/**
 * Starts the real journal on what is left of the disk, by the agent's own way. Opening checks page structure,
 * gaplessness and every chain. Answers what is wrong whatever was promised, or how to hold it to promises.
 */
export function checkJournal(dataDir: string, ever: readonly PromiseMade[]): Held {
  const config = { dataDir, terminal: { terminalId: TERMINAL } } as TerminalConfig;
  const opened = openTerminalJournal(config, centreKey, clock);
  if (!opened.ok) return () => `does not open: ${opened.error.code} ${opened.error.detail ?? ''}`;
  const { journal, keys } = opened.value;
  const held = holdOpen();
  journal.close();
  return staysWhole(join(dataDir, 'journal.db')) ? held : () => 'was whole when it was opened and is not any more';

  function holdOpen(): Held {
    const copies = copiesIn(dataDir, ever);
    const found = look(journal, { pseudonym: keys.pseudonym(TERMINAL), copies }, ever);
    if (!found.ok) return () => `cannot be read: ${found.error.code}`;
    if (!goesOn(journal, found.value)) return () => 'takes no more entries';
    return (promises) => firstBroken(found.value, promises);
  }
}

/** What a program reads may be in its memory only: the file itself, after it ended. */
function staysWhole(file: string): boolean {
  try {
    const db = new Database(file);
    try {
      const last = db.prepare('SELECT body FROM entry_audit ORDER BY seq DESC LIMIT 1').pluck().get() as Buffer;
      return db.pragma('quick_check(1)', { simple: true }) === 'ok' && last.includes(CHECKER);
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

function look(
  journal: Journal,
  beside: Pick<Found, 'pseudonym' | 'copies'>,
  ever: readonly PromiseMade[],
): Result<Found> {
  const links = new Map<string, string | undefined>();
  const requests = new Map<string, string | undefined>();
  const standings = journal.withOutbox((outbox) => {
    for (const made of ever) {
      if (made.kind === 'entry') links.set(`${made.stream} ${made.seq}`, outbox.headAt(made.stream, made.seq));
    }
    return StreamName.options.map((stream) => [stream, outbox.standing(stream)] as const);
  });
  if (!standings.ok) return standings;
  for (const made of ever) {
    if (made.kind !== 'request') continue;
    const request = journal.findRequest(made.operationId);
    if (!request.ok) return request;
    requests.set(made.operationId, request.value?.requestNumber);
  }
  const intents = journal.openIntents();
  if (!intents.ok) return intents;
  const each = (of: 'baseSeq' | 'headSeq' | 'acknowledgedSeq') =>
    Object.fromEntries(standings.value.map(([stream, standing]) => [stream, standing[of]])) as Found['heads'];
  return ok({
    ...beside,
    heads: each('headSeq'),
    bases: each('baseSeq'),
    acknowledged: each('acknowledgedSeq'),
    links,
    requests,
    openIntents: new Set(intents.value.map(({ operationId }) => operationId)),
  });
}

function firstBroken(found: Found, promises: readonly PromiseMade[]): string | undefined {
  const last = new Map<string, PromiseMade>();
  const promised = { business: 0, audit: 0, telemetry: 0 };
  let underWay = 0;
  for (const made of promises) {
    if (made.kind === 'begin') underWay = made.entries;
    else if ('stream' in made) last.set(`${made.kind} ${made.stream}`, made);
    else last.set('operationId' in made ? `${made.kind} ${made.operationId}` : made.kind, made);
    if (made.kind === 'entry') promised[made.stream] = made.seq;
    if (made.kind === 'request') promised.business = made.seq;
    if (made.kind === 'request') underWay = 0;
    if (made.kind === 'entry' && underWay > 0) underWay--;
  }
  for (const made of last.values()) {
    switch (made.kind) {
      case 'key':
        if (found.pseudonym !== made.pseudonym) return 'lost the key that opens what it holds';
        break;
      case 'entry':
        // The chain was verified at the open, so the last link vouches for all before it. Retention may have moved past it.
        if (found.bases[made.stream] > made.seq) break;
        if (found.links.get(`${made.stream} ${made.seq}`) !== made.head) return `lost ${made.stream} ${made.seq}`;
        break;
      case 'request':
        // Retention took the note of it together with its entry.
        if (found.bases.business >= made.seq && found.requests.get(made.operationId) === undefined) break;
        if (found.requests.get(made.operationId) !== made.requestNumber) return `lost ${made.operationId}`;
        break;
      case 'acknowledged':
        if (found.acknowledged[made.stream] < made.seq) return `forgot that ${made.stream} ${made.seq} is delivered`;
        break;
      case 'retired':
        if (found.bases[made.stream] < made.seq) return `${made.stream} ${made.seq} was retired and came back`;
        break;
      case 'older':
      case 'backup': {
        const missing = missingCopy(made, found.copies);
        if (missing !== undefined) return missing;
        break;
      }
      case 'settled':
        if (found.openIntents.has(made.operationId)) return `${made.operationId} was settled and is open again`;
        break;
      case 'intended':
        // Only a settlement may have closed it, and one that is not promised yet must be under way.
        if (!found.openIntents.has(made.operationId) && !last.has(`settled ${made.operationId}`) && underWay === 0) {
          return `the intent of ${made.operationId} is gone`;
        }
    }
  }
  const beyond = StreamName.options.reduce((sum, name) => sum + Math.max(0, found.heads[name] - promised[name]), 0);
  return beyond !== 0 && beyond !== underWay ? `holds ${beyond} entries that nobody was told of` : undefined;
}

/** A journal that came back takes the next entry, right behind the last. */
function goesOn(journal: Journal, { heads }: Found): boolean {
  const placed = journal.record({ type: 'program.started', program: CHECKER, version: '0' });
  return placed.ok && placed.value.seq === heads.audit + 1;
}
