import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Failure, type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import {
  type CommandOutcome,
  type DownlinkKind,
  type DownlinkVersions,
  Envelope,
  type Reader,
  type RefusedDownlink,
  RemoteCommand,
  type Statement,
  type TrustedKeys,
  envelopeDigest,
  inTime,
  openEnvelope,
} from '@kiosk/contract/platform/downlink.ts';
import { Notice, Parameters, SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import type { DownlinkLedger } from '../journal/books/downlink.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from './log.ts';

export interface ConfigurationOptions {
  readonly journal: Journal | undefined;
  readonly keys: TrustedKeys;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly log: Log;
}

/** What taking an envelope led to: something new is in force, or a command is to be carried out now. */
export interface Taken {
  readonly kind: DownlinkKind;
  readonly command?: { readonly version: number; readonly command: RemoteCommand };
}

const NOTHING: DownlinkVersions = { catalogue: 0, parameters: 0, command: 0 };

/**
 * What the centre decided about this terminal: the last good of each kind, read again with its signature at every start.
 * Nothing is taken that is not signed for us, newer and in time; what is not taken leaves a mark and changes nothing.
 */
export class Configuration {
  readonly #options: ConfigurationOptions;
  readonly #refusals = new Set<string>();
  #catalogue: Catalogue | null = null;
  #parameters: Parameters = SAFE_PARAMETERS;
  #notice: Notice | undefined;
  #versions: DownlinkVersions = NOTHING;
  #commands: readonly CommandOutcome[] = [];
  #refused: RefusedDownlink | undefined;

  constructor(options: ConfigurationOptions) {
    this.#options = options;
    const { journal } = options;
    // A journal that takes nothing still tells what was good before: the screen says why it is closed, in our words.
    if (!journal) return;
    const catalogue = this.#kept('catalogue', Catalogue);
    const parameters = this.#kept('parameters', Parameters);
    if (catalogue) this.#catalogue = catalogue;
    if (parameters) this.#parameters = parameters;
    const notice = this.#ledger((ledger) => ledger.notice());
    this.#notice = notice === undefined ? undefined : Notice.safeParse(JSON.parse(notice)).data;
    this.#settleInterrupted();
    this.#refresh();
  }

  get catalogue(): Catalogue | null {
    return this.#catalogue;
  }

  /** The safe defaults until the first ever came. */
  get parameters(): Parameters {
    return this.#parameters;
  }

  get notices(): readonly Notice[] {
    return this.#notice ? [...this.#parameters.notices, this.#notice] : this.#parameters.notices;
  }

  get versions(): DownlinkVersions {
    return this.#versions;
  }

  /** Newest first. */
  get commands(): readonly CommandOutcome[] {
    return this.#commands;
  }

  get refused(): RefusedDownlink | undefined {
    return this.#refused;
  }

  /**
   * Takes what came down, durably, with the entry that says so. Errors: E2301 … E2305 refused (journaled once), E61xx
   * the journal takes nothing.
   */
  take(envelope: Envelope): Result<Taken> {
    const { keys, reader, clock } = this.#options;
    const opened = openEnvelope(envelope, keys, reader);
    if (!opened.ok) return this.#refuse(envelope, opened.error);
    const statement = opened.value;
    const taken =
      statement.kind === 'command' ? this.#takeCommand(envelope, statement) : this.#apply(envelope, statement);
    if (!taken.ok && taken.error.code.startsWith('E23')) return this.#refuse(envelope, taken.error, statement);
    if (taken.ok) {
      this.#refresh();
      this.#options.log('downlink.taken', { kind: statement.kind, version: statement.version, at: clock.now() });
    }
    return taken;
  }

  settle(version: number, name: string, outcome: CommandOutcome['outcome'], code?: string): void {
    this.#ledger((ledger) =>
      ledger.settle({ type: 'command.settled', version, name, outcome, ...(code === undefined ? {} : { code }) }),
    );
    this.#refresh();
    this.#options.log('command.settled', { version, name, outcome, code });
  }

  showNotice(notice: Notice): void {
    this.#ledger((ledger) => ledger.keepNotice(JSON.stringify(notice)));
    this.#notice = notice;
  }

  #apply(envelope: Envelope, statement: Statement): Result<Taken> {
    const { version, kind } = statement;
    const timely = inTime(statement, this.#options.clock.now());
    if (!timely.ok) return timely;
    const head = { version, keyId: envelope.keyId, sha256: envelopeDigest(envelope) };
    const bytes = JSON.stringify(envelope);
    if (kind === 'catalogue') {
      const content = Catalogue.safeParse(statement.content);
      if (!content.success) return fail('E2305', 'catalogue');
      const applied = this.#write((l) => l.apply('catalogue', bytes, { type: 'catalogue.applied', ...head }));
      if (!applied.ok) return applied;
      this.#catalogue = content.data;
      return ok({ kind });
    }
    const content = Parameters.safeParse(statement.content);
    if (!content.success) return fail('E2305', 'parameters');
    const { channel, stoppedItems } = content.data;
    const stopped = { channel: channel.state, stoppedItems: stoppedItems.map(({ id }) => id) };
    const entry = { type: 'parameters.applied' as const, ...head, ...stopped };
    const applied = this.#write((ledger) => ledger.apply('parameters', bytes, entry));
    if (!applied.ok) return applied;
    this.#parameters = content.data;
    return ok({ kind });
  }

  /** A command is received whatever becomes of it, so that the next one is not held up and none is done twice. */
  #takeCommand(envelope: Envelope, statement: Statement): Result<Taken> {
    const { version, kind } = statement;
    const content = RemoteCommand.safeParse(statement.content);
    const name = content.success ? content.data.name : 'unknown';
    const head = { version, keyId: envelope.keyId, sha256: envelopeDigest(envelope) };
    const received = this.#write((ledger) => ledger.receive({ type: 'command.received', ...head, name }));
    if (!received.ok) return received;
    const timely = inTime(statement, this.#options.clock.now());
    if (content.success && timely.ok) return ok({ kind, command: { version, command: content.data } });
    this.settle(version, name, 'failed', timely.ok ? 'E2305' : timely.error.code);
    return ok({ kind });
  }

  #kept<T>(
    kind: 'catalogue' | 'parameters',
    schema: { safeParse(value: unknown): { data?: T | undefined } },
  ): T | undefined {
    const { keys, reader } = this.#options;
    const json = this.#ledger((ledger) => ledger.kept(kind));
    if (json === undefined) return undefined;
    const envelope = Envelope.safeParse(JSON.parse(json));
    if (!envelope.success) return undefined;
    // Taken in time once, good until something newer comes, also after a year in the dark.
    const opened = openEnvelope(envelope.data, keys, reader);
    const content = opened.ok && opened.value.kind === kind ? schema.safeParse(opened.value.content).data : undefined;
    if (content === undefined) {
      this.#refuse(envelope.data, opened.ok ? { code: 'E2305', detail: kind } : opened.error);
      // What lies there is not good: the same version may come again.
      this.#ledger((ledger) => ledger.forget(kind));
    }
    return content;
  }

  #settleInterrupted(): void {
    const open = this.#ledger((ledger) => ledger.unsettled()) ?? [];
    for (const { version, name } of open) this.settle(version, name, 'unknown', 'E2306');
  }

  #refuse(envelope: Envelope, error: Failure, statement?: Statement): Result<never> {
    const { clock, log, journal } = this.#options;
    const sha256 = envelopeDigest(envelope);
    const about = statement ? { kind: statement.kind, version: statement.version } : {};
    // The same one comes with every heartbeat until somebody looks: once is enough to know.
    if (!this.#refusals.has(`${error.code} ${sha256}`)) {
      this.#refusals.add(`${error.code} ${sha256}`);
      this.#refused = { code: error.code, at: clock.now(), ...(statement ? { kind: statement.kind } : {}) };
      log('downlink.refused', { code: error.code, detail: error.detail, ...about });
      journal?.record({ type: 'downlink.refused', code: error.code, sha256, ...about });
    }
    return fail(error.code, error.detail);
  }

  #refresh(): void {
    const read = this.#ledger((ledger) => [ledger.versions(), ledger.commands()] as const);
    if (read) [this.#versions, this.#commands] = read;
  }

  #ledger<T>(work: (ledger: DownlinkLedger) => T): T | undefined {
    const done = this.#options.journal?.withDownlink(work);
    return done?.ok ? done.value : undefined;
  }

  #write(work: (ledger: DownlinkLedger) => Result<void>): Result<void> {
    const { journal } = this.#options;
    if (!journal) return fail('E6102', 'no journal');
    const done = journal.withDownlink(work);
    return done.ok ? done.value : done;
  }
}
