import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { type EntryData, StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Failure, Result } from '@kiosk/contract/kernel/result.ts';
import type * as FilesModule from '@kiosk/sync-agent/agent/files.ts';
import type * as BackupModule from '@kiosk/sync-agent/journal/life/backup.ts';
import type { ReopeningJournal } from '@kiosk/sync-agent/journal/reopening.ts';
import { checkJournal } from '../crash/journal-check.ts';
import { BACKUP_FOLDER, type PromiseMade, TERMINAL } from '../crash/promises.ts';
import type { Life } from './lives.ts';

const centreKey = generateKeyPairSync('x25519').publicKey;
/** Full and failing; the ways in which a journal may say no to a disk. A damaged file (E6103, E6104) is not among them. */
const CLOSED = new Set(['E6101', 'E6102']);
/** The backup says no with a code of its own and the journal goes on: its disk may be another one. */
const NO_BACKUP = 'E6401';
/** Longer than the journal waits before it looks at the disk again (sync-agent/journal/reopening.ts). */
const LOOKS_AGAIN_MS = 60_000;

/**
 * The journal on a disk that fails and gets better. It says no while the disk fails, comes back by itself, and a
 * journal that is opened anew at the end has all that was promised on the way.
 */
export async function journalLife({ source, dataDir, random, steps, clears, onNo }: Life): Promise<string | undefined> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(source, file)).href)) as T;
  const { openTerminalJournal } = await load<typeof FilesModule>('agent/files.ts');
  const { makeBackup } = await load<typeof BackupModule>('journal/life/backup.ts');
  const clock = new ManualClock();
  const config = { dataDir, terminal: { terminalId: TERMINAL } } as TerminalConfig;
  const promises: PromiseMade[] = [];
  let wrong: string | undefined;
  const no = (what: string, { code, detail }: Failure) => {
    onNo?.(code);
    if (!CLOSED.has(code) && !(what === 'backup' && code === NO_BACKUP))
      wrong ??= `${what}: answered ${code} ${detail ?? ''}`;
  };

  const open = (): ReopeningJournal | undefined => {
    promises.push({ kind: 'begin', step: 'open', entries: 0 });
    const opened = openTerminalJournal(config, centreKey, clock);
    if (!opened.ok) {
      no('open', opened.error);
      return undefined;
    }
    promises.push({ kind: 'key', pseudonym: opened.value.keys.pseudonym(TERMINAL) });
    return opened.value.journal;
  };

  let journal = open();
  if (!journal) {
    clears();
    journal = open();
    if (!journal) return wrong ?? 'does not open though the disk is well again';
  }
  const said = oneStep(journal, { makeBackup, dataDir, random, clock });
  for (let n = 1; n <= steps && wrong === undefined; n++) {
    const before = journal.stopped;
    const { step, entries, answer } = said(n);
    if (before) {
      // What is stopped neither tries nor promises; a copy of it may still be made, and says nothing new.
      if (step === 'backup') continue;
      if (answer.ok) wrong ??= `${step} was accepted after ${before.code}`;
      else no(step, answer.error);
      continue;
    }
    promises.push({ kind: 'begin', step, entries });
    if (answer.ok) promises.push(...answer.value);
    else no(step, answer.error);
    if (!answer.ok && step !== 'backup' && !journal.stopped) wrong ??= `${step} failed and the journal goes on`;
  }
  clears();
  if (journal.stopped) {
    for (let n = 0; n < 3 && journal.stopped; n++) clock.advance(LOOKS_AGAIN_MS);
    if (journal.stopped) return wrong ?? `stays stopped (${journal.stopped.code}) though the disk is well again`;
    wrong ??= settleDoubts(journal, promises);
  }
  // Well again, it takes all that it is given.
  for (let n = steps + 1; n <= steps + 3 && wrong === undefined; n++) {
    const { step, entries, answer } = said(n);
    promises.push({ kind: 'begin', step, entries });
    if (answer.ok) promises.push(...answer.value);
    else wrong = `${step}: ${answer.error.code} ${answer.error.detail ?? ''} though the disk is well again`;
  }
  journal.close();
  return wrong ?? checkJournal(dataDir, promises)(promises);
}

interface Step {
  readonly step: string;
  /** Entries that are in the journal, or none of them, when it answers no. */
  readonly entries: number;
  readonly answer: Result<readonly PromiseMade[]>;
}

interface Around {
  readonly makeBackup: typeof BackupModule.makeBackup;
  readonly dataDir: string;
  readonly random: () => number;
  readonly clock: ManualClock;
}

/** Something that the agent does with its journal; the n-th time with names of its own. */
function oneStep(journal: ReopeningJournal, { makeBackup, dataDir, random, clock }: Around): (n: number) => Step {
  const entryOf = (n: number): EntryData => ({ type: 'session.opened', sessionId: `session-${n}`, mode: 'depositor' });
  const record = (data: readonly EntryData[], step: string): Step => {
    const placed = journal.recordAll(data);
    const answer = placed.ok
      ? { ok: true as const, value: placed.value.map((each): PromiseMade => ({ kind: 'entry', ...each })) }
      : placed;
    return { step, entries: data.length, answer };
  };
  const takeRequest = (n: number): Step => {
    const operationId = `request-${n}`;
    const text = 'x'.repeat(Math.floor(random() * 500));
    const form = { item: 'S01', topicId: 'complaint', text } as const;
    const request = { sessionId: `session-${n}`, operationId, level: 'L1', offline: true, form } as const;
    const taken = journal.takeRequest(request);
    if (!taken.ok) return { step: 'append', entries: 1, answer: taken };
    const standing = journal.withOutbox((outbox) => outbox.standing('business'));
    const { requestNumber } = taken.value;
    const value: PromiseMade[] = standing.ok
      ? [{ kind: 'request', operationId, requestNumber, seq: standing.value.headSeq }]
      : [];
    return { step: 'append', entries: 1, answer: { ok: true, value } };
  };
  const acknowledge = (): Step => {
    const stream = StreamName.options[Math.floor(random() * StreamName.options.length)]!;
    const done = journal.withOutbox((outbox): PromiseMade[] => {
      const batch = outbox.nextBatch(stream, { entries: 5, bytes: 1e6 });
      if (!batch) return [];
      outbox.acknowledge(stream, batch.lastSeq, []);
      return [{ kind: 'acknowledged', stream, seq: batch.lastSeq }];
    });
    return { step: 'acknowledge', entries: 0, answer: done };
  };
  const backUp = (): Step => {
    const folder = join(dataDir, BACKUP_FOLDER);
    const place = { terminalId: TERMINAL, folder, make: true, keep: 2, reserveBytes: 0 };
    const steps = makeBackup(journal.store, place, () => clock.now());
    for (;;) {
      const { done, value } = steps.next();
      if (done !== true) continue;
      if (!value.ok) return { step: 'backup', entries: 0, answer: value };
      const name = value.value.file.slice(folder.length + 1);
      return { step: 'backup', entries: 0, answer: { ok: true, value: [{ kind: 'backup', name }] } };
    }
  };
  return (n) => {
    clock.advance(100);
    const turn = random();
    if (turn < 0.35) return takeRequest(n);
    if (turn < 0.55) return record([entryOf(n)], 'append');
    if (turn < 0.7) return record([entryOf(n), entryOf(n), entryOf(n)], 'append-many');
    return turn < 0.92 ? acknowledge() : backUp();
  };
}

/**
 * An append that was answered with no may be there all the same, with all of its entries: its commit was on the disk and
 * the answer of the disk was not. From here on what is there counts as promised.
 */
function settleDoubts(journal: ReopeningJournal, promises: PromiseMade[]): string | undefined {
  const standings = journal.withOutbox((outbox) =>
    StreamName.options.map((name) => ({ name, ...outbox.standing(name) })),
  );
  if (!standings.ok) return `cannot be read: ${standings.error.code}`;
  const heads = { business: 0, audit: 0, telemetry: 0 };
  for (const made of promises) {
    if (made.kind === 'entry') heads[made.stream] = made.seq;
    if (made.kind === 'request') heads.business = made.seq;
  }
  const last = promises.findLast(({ kind }) => kind === 'begin');
  const doubtful = last?.kind === 'begin' && promises.at(-1) === last ? last.entries : 0;
  const found = standings.value.reduce((sum, { name, headSeq }) => sum + headSeq - heads[name], 0);
  // One more tells that the journal was stopped.
  if (found !== 1 && found !== 1 + doubtful) return `holds ${found - 1} entries that nobody was told of`;
  for (const { name: stream, headSeq: seq } of standings.value) {
    if (seq <= heads[stream]) continue;
    const head = journal.withOutbox((outbox) => outbox.headAt(stream, seq));
    if (!head.ok || head.value === undefined) return `has no head at ${stream} ${seq}`;
    promises.push({ kind: 'entry', stream, seq, head: head.value });
  }
  return undefined;
}
