import { copyFileSync, createReadStream, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { type KeyObject, createPublicKey } from 'node:crypto';
import { dirname } from 'node:path';
import { blocksOf, checkBundle } from '@kiosk/contract/journal/bundle-file.ts';
import type { BundleHeader } from '@kiosk/contract/journal/bundle.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { checkCopy } from './backup.ts';
import { syncFile, syncFolder } from '../file/durable-file.ts';
import { fileFailure, storageFailure } from '../file/failure.ts';
import { type Rejoined, graft } from '../chain/graft.ts';
import { heads } from '../chain/heads.ts';
import { openStore } from '../file/open.ts';
import type { Store } from '../file/store.ts';
import { verifyAll } from '../chain/verify.ts';

export interface RestoreOptions {
  /** A backup (SQLite) or a bundle. */
  readonly source: string;
  /** Where journal.db belongs; nobody has it open. */
  readonly file: string;
  readonly terminalId: string;
  readonly signingKey: KeyObject;
  /** UTC ms. */
  readonly now: number;
}

export interface Restored {
  readonly streams: readonly { readonly stream: StreamName; readonly entries: number; readonly upToSeq: number }[];
  /** The journal that was here, kept under this name; undefined: there was none. */
  readonly keptAs: string | undefined;
  /** Entries of the journal that was here which the restored one has now as well. */
  readonly carriedOver: number;
}

/**
 * Puts a journal from elsewhere in the place of the one here. What was here is kept under another name whatever it is,
 * and its entries that the source does not know (an agent that was started before anybody restored writes some) follow
 * behind. Depositors' business that only the journal here knows is a reason not to: E6108. The restored journal takes
 * nothing until it has been compared with the platform. Errors: E6302 or E6103, E6104 the source is no good, E8101
 * another terminal's, E6101 or E6102 the disk, or the agent still runs.
 */
export async function restoreJournal(options: RestoreOptions): Promise<Result<Restored>> {
  const { file, terminalId, now } = options;
  const made = `${file}.restoring`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    clear(made);
    const present = openPresent(file, terminalId, now);
    if (!present.ok) return present;
    try {
      const from = isBundle(options.source) ? await fromBundle(options, made) : fromBackup(options, made);
      if (!from.ok) return from;
      const restored = complete(made, options, present.value);
      if (!restored.ok) return restored;
      present.value?.close();
      const keptAs = existsSync(file) ? keepAside(file) : undefined;
      syncFile(made);
      renameSync(made, file);
      syncFolder(dirname(file));
      return ok({ ...restored.value, keptAs });
    } finally {
      present.value?.close();
    }
  } catch (error) {
    const failure = storageFailure(error) ?? fileFailure(error);
    if (!failure) throw error;
    return fail(failure.code, failure.detail);
  } finally {
    clear(made);
  }
}

/** The journal here, when there is one that can be read. A damaged one is only kept; one that is held is not touched. */
function openPresent(file: string, terminalId: string, now: number): Result<Store | undefined> {
  if (!existsSync(file)) return ok(undefined);
  const opened = openStore({ file, terminalId, now });
  if (opened.ok) {
    if (verifyAll(opened.value, terminalId).every(({ brokenAt }) => brokenAt === null)) return opened;
    opened.value.close();
    return ok(undefined);
  }
  return opened.error.code === 'E6103' ? ok(undefined) : opened;
}

function fromBackup({ source, terminalId }: RestoreOptions, made: string): Result<void> {
  const steps = checkCopy(source, terminalId);
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) continue;
    if (step.value !== undefined) return fail('E6103', step.value);
    copyFileSync(source, made);
    return ok();
  }
}

async function fromBundle(options: RestoreOptions, made: string): Promise<Result<void>> {
  const { source, terminalId, signingKey, now } = options;
  const checked = await checkBundle(createReadStream(source), createPublicKey(signingKey));
  if (!checked.ok) return checked;
  const { header } = checked.value;
  if (header.terminalId !== terminalId) return fail('E8101', 'the bundle belongs to another terminal');
  const opened = openStore({ file: made, terminalId, now, suite: header.suite });
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    const based = store.write(() => setBases(store, header));
    if (!based.ok) return based;
    const { append } = graft(store, terminalId);
    for await (const { batch, keysForTerminal } of blocksOf(createReadStream(source))) {
      const keys = new Map(keysForTerminal.map(({ seq, keyBase64 }) => [seq, Buffer.from(keyBase64, 'base64')]));
      const written = store.write(() => {
        for (const { seq, saltBase64, bodyBase64, keyForCentreBase64 } of batch.entries) {
          append(batch.stream, {
            salt: Buffer.from(saltBase64, 'base64'),
            body: Buffer.from(bodyBase64, 'base64'),
            keyTerminal: keys.get(seq) ?? null,
            keyCentre: keyForCentreBase64 === undefined ? null : Buffer.from(keyForCentreBase64, 'base64'),
          });
        }
      });
      if (!written.ok) return written;
    }
    return store.write(() => setAcknowledged(store, header));
  } finally {
    store.close();
  }
}

function setBases({ db }: Store, { streams }: BundleHeader): void {
  const set = db.prepare(
    'UPDATE stream SET base_seq = ?, base_link = ?, base_requests = ?, acknowledged_seq = ? WHERE name = ?',
  );
  for (const { stream, afterSeq, previousHead, requests } of streams) {
    set.run(afterSeq, Buffer.from(previousHead, 'hex'), requests, afterSeq, stream);
  }
}

function setAcknowledged({ db }: Store, { streams }: BundleHeader): void {
  const set = db.prepare('UPDATE stream SET acknowledged_seq = ? WHERE name = ?');
  for (const { stream, afterSeq, acknowledgedSeq } of streams) set.run(Math.max(afterSeq, acknowledgedSeq), stream);
}

/** What only the journal here has follows behind; then the mark that this journal came from elsewhere. */
function complete(
  made: string,
  { source, terminalId, now }: RestoreOptions,
  present: Store | undefined,
): Result<Omit<Restored, 'keptAs'>> {
  const opened = openStore({ file: made, terminalId, now });
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    return store.attempt(() => {
      const carried = present ? carryOver(present, store, terminalId) : ok([]);
      if (!carried.ok) return carried;
      store.db
        .prepare('INSERT INTO restored (source, at) VALUES (?, ?)')
        .run(isBundle(source) ? 'bundle' : 'backup', now);
      const ends = heads(store);
      const bases = store.db.prepare<[string], number>('SELECT base_seq FROM stream WHERE name = ?').pluck();
      return ok({
        streams: StreamName.options.map((stream) => {
          const { seq } = ends.last(stream);
          return { stream, entries: seq - bases.get(stream)!, upToSeq: seq };
        }),
        carriedOver: carried.value.reduce((sum, { moved }) => sum + moved, 0),
      });
    });
  } finally {
    store.close();
  }
}

function carryOver(present: Store, store: Store, terminalId: string): Result<readonly Rejoined[]> {
  const old = heads(present);
  const fresh = heads(store);
  const { append } = graft(store, terminalId);
  const moved: Rejoined[] = [];
  for (const stream of StreamName.options) {
    const end = old.last(stream);
    // The source goes on from where this one is: nothing here that is not there.
    if (fresh.at(stream, end.seq)?.link.equals(end.link)) continue;
    const forkedAt = lastCommon(stream, present, store);
    if (stream === 'business') return fail('E6108', `business from sequence ${forkedAt + 1} to ${end.seq}`);
    const own = graft(present, terminalId).entriesAfter(stream, forkedAt);
    for (const entry of own) append(stream, entry);
    moved.push({ stream, forkedAt, pulled: 0, moved: own.length });
  }
  return ok(moved);
}

/** Links only ever agree up to one place and differ from there on, so that it is found by halving. */
function lastCommon(stream: StreamName, one: Store, other: Store): number {
  const [a, b] = [heads(one), heads(other)];
  const same = (seq: number): boolean => {
    const [x, y] = [a.at(stream, seq), b.at(stream, seq)];
    return x !== undefined && y !== undefined && x.link.equals(y.link);
  };
  let low = 0;
  let high = Math.min(a.last(stream).seq, b.last(stream).seq);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (same(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Under a free name beside it, and a damaged one with its log: what is in there may still be wanted. */
function keepAside(file: string): string {
  let n = 1;
  while (existsSync(`${file}.replaced-${n}`)) n++;
  const kept = `${file}.replaced-${n}`;
  linkSync(file, kept);
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`);
  syncFolder(dirname(file));
  return kept;
}

const isBundle = (source: string): boolean => source.endsWith('.journal');

function clear(made: string): void {
  for (const end of ['', '-wal', '-shm', '-journal', '.new', '.new-wal', '.new-journal']) {
    rmSync(`${made}${end}`, { force: true });
  }
}
