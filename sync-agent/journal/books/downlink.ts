import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CommandOutcome, DownlinkKind, DownlinkVersions } from '@kiosk/contract/platform/downlink.ts';
import { DownlinkKind as Kinds } from '@kiosk/contract/platform/downlink.ts';
import type { EntryWriter } from '../chain/entries.ts';
import type { Store } from '../file/store.ts';

/** Settled commands that are kept to be told in the heartbeat. */
const COMMANDS_KEPT = 20;

type Applied = Extract<EntryData, { type: 'catalogue.applied' | 'parameters.applied' }>;
type Received = Extract<EntryData, { type: 'command.received' }>;
type Settled = Extract<EntryData, { type: 'command.settled' }>;

/**
 * What came down and is in force, beside the journal that says so: both change in one transaction or not at all. All of
 * it inside `store.read` or `store.write`.
 */
export interface DownlinkLedger {
  /** The envelope in force, as it came. */
  kept(kind: Exclude<DownlinkKind, 'command'>): string | undefined;
  versions(): DownlinkVersions;
  /** E2303: not newer than what is in force. */
  apply(kind: Exclude<DownlinkKind, 'command'>, envelope: string, entry: Applied): Result<void>;
  /** What is kept is not good any more: its version may come again, an older one may not. */
  forget(kind: Exclude<DownlinkKind, 'command'>): void;
  /** A mark that is set before a command is carried out. E2303 as above. */
  receive(entry: Received): Result<void>;
  settle(entry: Settled): void;
  /** Received, and the program ended before it was settled. Oldest first. */
  unsettled(): readonly { readonly version: number; readonly name: string }[];
  /** Newest first. */
  commands(): readonly CommandOutcome[];
  /** What the last showNotice said, as JSON. */
  notice(): string | undefined;
  keepNotice(json: string): void;
}

interface CommandRow {
  readonly version: number;
  readonly name: string;
  readonly outcome: CommandOutcome['outcome'];
  readonly code: string | null;
}

export function downlinkLedger({ db }: Store, writer: EntryWriter): DownlinkLedger {
  const read = db.prepare<[string], { version: number; json: string }>(
    'SELECT version, json FROM downlink WHERE name = ?',
  );
  const write = db.prepare(
    `INSERT INTO downlink (name, version, json) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, json = excluded.json`,
  );
  const begin = db.prepare('INSERT INTO remote_command (version, name) VALUES (?, ?)');
  const end = db.prepare('UPDATE remote_command SET outcome = ?, code = ? WHERE version = ?');
  const forget = db.prepare(
    `DELETE FROM remote_command WHERE outcome IS NOT NULL AND version <=
       (SELECT version FROM remote_command ORDER BY version DESC LIMIT 1 OFFSET ${COMMANDS_KEPT})`,
  );
  const open = db.prepare<[], { version: number; name: string }>(
    'SELECT version, name FROM remote_command WHERE outcome IS NULL ORDER BY version',
  );
  const settled = db.prepare<[], CommandRow>(
    `SELECT version, name, outcome, code FROM remote_command WHERE outcome IS NOT NULL
     ORDER BY version DESC LIMIT ${COMMANDS_KEPT}`,
  );

  const versionOf = (name: string): number => read.get(name)?.version ?? 0;
  function newer(kind: DownlinkKind, version: number): Result<void> {
    const inForce = versionOf(kind);
    return version > inForce ? ok() : fail('E2303', `${kind} ${version}, in force ${inForce}`);
  }

  return {
    kept: (kind) => read.get(kind)?.json || undefined,
    versions: () => Object.fromEntries(Kinds.options.map((kind) => [kind, versionOf(kind)])) as DownlinkVersions,
    apply(kind, envelope, entry) {
      const may = newer(kind, entry.version);
      if (!may.ok) return may;
      write.run(kind, entry.version, envelope);
      writer.append(entry);
      return ok();
    },
    forget(kind) {
      const inForce = versionOf(kind);
      if (inForce > 0) write.run(kind, inForce - 1, '');
    },
    receive(entry) {
      const may = newer('command', entry.version);
      if (!may.ok) return may;
      write.run('command', entry.version, '');
      begin.run(entry.version, entry.name);
      writer.append(entry);
      return ok();
    },
    settle(entry) {
      end.run(entry.outcome, entry.code ?? null, entry.version);
      forget.run();
      writer.append(entry);
    },
    unsettled: () => open.all(),
    commands: () => settled.all().map(({ code, ...row }) => ({ ...row, ...(code === null ? {} : { code }) })),
    notice: () => read.get('notice')?.json,
    keepNotice: (json) => void write.run('notice', 0, json),
  };
}
