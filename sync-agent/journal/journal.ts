import type { KeyObject } from 'node:crypto';
import type { EntryData, RequestPerson, StreamName } from '@kiosk/contract/journal/entry.ts';
import type { SuiteName } from '@kiosk/contract/journal/suite/suite.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Failure, type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { QueueState } from '@kiosk/contract/services/sync-agent.ts';
import { type CloseBook, closeBook } from './books/close-book.ts';
import { type DownlinkLedger, downlinkLedger } from './books/downlink.ts';
import { type EntryWriter, type Placed, entryWriter } from './chain/entries.ts';
import { type OpenIntent, intents } from './books/intents.ts';
import type { KeyProvider } from './chain/keys.ts';
import { type OfflineUse, offlineUse } from './books/offline-use.ts';
import { openStore, sqliteVersion } from './file/open.ts';
import { type Outbox, outbox } from './books/outbox.ts';
import { waitsForPlatform } from './life/rejoin.ts';
import { type NewRequest, type TakenRequest, requests } from './books/requests.ts';
import { sealer } from './chain/seal.ts';
import { type SignedHead, signedHeads } from './chain/signed-heads.ts';
import type { Store } from './file/store.ts';
import { thinning } from './life/thinning.ts';
import { type StreamVerdict, verifyAll, walkChain } from './chain/verify.ts';

export interface JournalOptions {
  readonly file: string;
  readonly terminalId: string;
  readonly clock: Clock;
  readonly keys: KeyProvider;
  /** The centre's X25519 public key. */
  readonly centreKey: KeyObject;
  /** Of a new file; one made with another is refused (E8101). Absent: what the file has, intl for a new one. */
  readonly suite?: SuiteName | undefined;
  /** Gives the log its full size (16 MB) now: for a program that runs for days. */
  readonly roomForLog?: boolean;
  /** Telemetry waiting beyond which step timings are counted and no longer recorded. */
  readonly mostTelemetry?: number | undefined;
}

/** Beside 200,000 entries of a month this is a quarter; parameters of the machine may say otherwise. */
const MOST_TELEMETRY = 50_000;

export type RequestToTake = Omit<NewRequest, 'person'> & { readonly person?: RequestPerson | undefined };

/**
 * The terminal's journal. Everything that answers ok is on the disk; E61xx means that nothing was taken and nothing
 * more will be, until the program has opened and checked the file anew.
 */
export interface Journal {
  readonly sqliteVersion: string;
  readonly stopped: Failure | undefined;
  onStopped(listener: (failure: Failure) => void): void;
  /** Hears of every entry after it is durable. */
  onAppended(listener: (stream: StreamName) => void): void;
  /** E9005 for a request (it has its own way in) and for a settlement nobody intended. */
  record(data: EntryData): Result<Placed>;
  /** Entries that belong together, in one commit: all of them or none. The first refusal is the answer. */
  recordAll(data: readonly EntryData[]): Result<readonly Placed[]>;
  findRequest(operationId: string): Result<TakenRequest | undefined>;
  /** Requests not acknowledged yet. */
  waitingRequests(): Result<number>;
  /** The same operationId is the same request, whatever else it says. */
  takeRequest(request: RequestToTake): Result<TakenRequest>;
  openIntents(): Result<readonly OpenIntent[]>;
  queue(): Result<Record<StreamName, QueueState>>;
  /** Walks the chain in steps; between two of them the caller may let others work. */
  verify(stream: StreamName): Generator<void, StreamVerdict>;
  /** Runs `work` on the outbox, durably when it changed anything. */
  withOutbox<T>(work: (outbox: Outbox) => T): Result<T>;
  /** Signs where every stream stands, durably: nothing before can be cut off unseen, and the platform can be shown it. */
  signHeads(sign: (statement: Buffer) => Buffer): Result<readonly SignedHead[]>;
  lastSignedHead(stream: StreamName): Result<SignedHead | undefined>;
  /** Runs `work` on what came down from the centre, durably: its change and the entry that tells of it are one. */
  withDownlink<T>(work: (downlink: DownlinkLedger) => T): Result<T>;
  /** Closes of business days. `write` is durable, together with the entries that tell of it. */
  readonly closes: {
    read<T>(work: (book: CloseBook) => T): Result<T>;
    write<T>(work: (book: CloseBook) => T): Result<T>;
  };
  /** What of the offline limits is used up. */
  offlineUse<T>(work: (use: Pick<OfflineUse, 'waitingAmountFen' | 'ofPerson'>) => T): Result<T>;
  /** Why nothing may be recorded though the file is well: E6107, it was restored and is not yet compared with the platform. */
  readonly held: Failure | undefined;
  /** Nobody records until `release`: the file is being made one with the platform. */
  hold(): void;
  /** Records again, unless the journal still waits for its comparison. */
  release(): void;
  /** The file itself, for what is done to it as a whole: retention, backup, export, rejoining. */
  readonly store: Store;
  close(): void;
}

/** Opens and checks the whole file. Errors: those of `openStore`, and E6104 when a chain does not verify. */
export function openJournal(options: JournalOptions): Result<Journal> {
  const { file, terminalId, clock } = options;
  const { suite, roomForLog } = options;
  const opened = openStore({ file, terminalId, now: clock.now(), suite, roomForLog });
  if (!opened.ok) return opened;
  const store = opened.value;
  const walked = store.read(() => verifyAll(store, terminalId));
  const broken = walked.ok ? walked.value.find((verdict) => verdict.brokenAt !== null) : undefined;
  if (!walked.ok || broken) {
    store.close();
    return walked.ok ? fail('E6104', `${broken!.stream} from sequence ${broken!.brokenAt}`) : walked;
  }

  let held = heldBy(store);
  const plain = entryWriter(store, terminalId, clock);
  const writer: EntryWriter = {
    ...plain,
    append(data, keys) {
      if (held) throw new Held();
      return plain.append(data, keys);
    },
  };
  const taken = requests(store, writer, terminalId);
  const intended = intents(store, writer);
  const outgoing = outbox(store, clock);
  const seal = sealer({ suite: store.suite, terminal: options.keys, centreKey: options.centreKey, clock });
  const signed = signedHeads(store, terminalId, clock);
  const listeners = new Set<(stream: StreamName) => void>();
  const fromCentre = downlinkLedger(store, writer);
  const use = offlineUse(store);
  const closes = closeBook(store, writer);

  const timed = thinning(store, writer, clock, options.mostTelemetry ?? MOST_TELEMETRY);

  function announce<T>(stream: StreamName, result: Result<T>): Result<T> {
    if (result.ok) for (const listener of listeners) listener(stream);
    return result;
  }

  function recordInTransaction(data: EntryData): Result<Placed> {
    switch (data.type) {
      case 'request.submitted':
        return fail('E9005', 'a request is taken by submitRequest');
      case 'operation.intended':
        return ok(intended.intend(data));
      case 'operation.settled':
        return intended.settle(data);
      case 'step.timed':
        return ok(timed(data));
      default:
        return ok(writer.append(data));
    }
  }

  /** One after the other up to the first that refuses. */
  function recordEach(all: readonly EntryData[]): Result<readonly Placed[]> {
    const placed: Placed[] = [];
    for (const data of all) {
      const recorded = recordInTransaction(data);
      if (!recorded.ok) return recorded;
      placed.push(recorded.value);
    }
    return ok(placed);
  }

  return ok({
    sqliteVersion: sqliteVersion(store.db),
    get stopped() {
      return store.stopped;
    },
    onStopped: (listener) => store.onStopped(listener),
    onAppended: (listener) => void listeners.add(listener),
    get held() {
      return held;
    },
    hold: () => void (held = WAITS),
    release: () => void (held = heldBy(store)),
    record(data) {
      const written = unlessHeld(() => store.attempt(() => recordInTransaction(data)));
      return written.ok ? announce(written.value.stream, written) : written;
    },
    recordAll(all) {
      const written = unlessHeld(() => store.attempt(() => writer.together(() => recordEach(all))));
      if (written.ok)
        for (const stream of new Set(written.value.map((placed) => placed.stream))) announce(stream, written);
      return written;
    },
    findRequest: (operationId) => store.read(() => taken.find(operationId)),
    waitingRequests: () => store.read(() => taken.waiting()),
    takeRequest({ person, ...request }) {
      const sealed = person && seal(person);
      return announce(
        'business',
        unlessHeld(() =>
          store.write(() => taken.find(request.operationId) ?? taken.take({ ...request, person: sealed })),
        ),
      );
    },
    openIntents: () => store.read(() => intended.open()),
    queue: () => store.read(() => outgoing.queue()),
    verify: (stream) => walkChain(store, terminalId, stream),
    withOutbox: (work) => store.write(() => work(outgoing)),
    signHeads: (sign) => store.write(() => signed.sign(sign)),
    lastSignedHead: (stream) => store.read(() => signed.last(stream)),
    withDownlink: (work) =>
      announce(
        'audit',
        unlessHeld(() => store.write(() => work(fromCentre))),
      ),
    closes: {
      read: (work) => store.read(() => work(closes)),
      write: (work) =>
        announce(
          'audit',
          unlessHeld(() => store.write(() => work(closes))),
        ),
    },
    offlineUse: (work) => store.read(() => work(use)),
    store,
    close: () => store.close(),
  });
}

/** Undoes whatever transaction was about to append. */
class Held extends Error {}

const WAITS: Failure = { code: 'E6107' };

function heldBy(store: Store): Failure | undefined {
  const waits = store.read(() => waitsForPlatform(store));
  return waits.ok && !waits.value ? undefined : WAITS;
}

function unlessHeld<T>(work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof Held) return err(WAITS);
    throw error;
  }
}
