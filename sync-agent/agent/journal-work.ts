import type { KeyObject } from 'node:crypto';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { Drain } from '../delivery/drain.ts';
import type { Foreground } from '../delivery/foreground.ts';
import { openLine } from '../delivery/http.ts';
import { sender } from '../delivery/sender.ts';
import type { Journal } from '../journal/journal.ts';
import { exchange } from '../reconcile/exchange.ts';
import { Reconciler } from '../reconcile/reconciler.ts';
import type { Configuration } from './configuration.ts';
import { journalFile } from './files.ts';
import type { Log } from './log.ts';
import { Rejoiner } from './rejoiner.ts';
import { Upkeep } from './upkeep.ts';

export interface JournalWorkParts {
  readonly journal: Journal;
  readonly config: TerminalConfig;
  readonly signingKey: KeyObject;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly foreground: Foreground;
  readonly devices: ServiceClient<typeof deviceHost>;
  readonly configuration: Configuration;
  readonly onChanged: () => void;
  /** A batch failed: is the platform still there? */
  readonly onFailed: () => void;
  readonly onRejoined: () => void;
}

/**
 * Everything that goes on with a journal that could be opened, behind the backs of those who record in it: what it holds
 * goes to the platform, both are compared, it is copied and thinned out over the years, and it is made whole again.
 */
export type JournalWork = ReturnType<typeof journalWork>;

export function journalWork(parts: JournalWorkParts) {
  const { journal, config, signingKey, clock, random, log, foreground, devices, configuration, onChanged } = parts;
  const { terminalId } = config.terminal;
  /** Of its own: no person's call waits behind a batch. */
  const line = openLine(config.platform, StreamName.options.length, clock);

  const reconciler = new Reconciler({
    journal,
    exchange: exchange({ journal, line, terminalId, signingKey }),
    clock,
    log,
    devices: () => devices.snapshot,
    onChanged,
  });
  const drain = new Drain({
    sender: sender(journal, line, terminalId, signingKey),
    clock,
    random,
    foreground,
    standing(stream) {
      if (journal.held) return undefined;
      const standing = journal.withOutbox((outbox) => outbox.standing(stream));
      return standing.ok ? standing.value : undefined;
    },
    onSent(stream, sent) {
      if (sent.kind === 'alarm') log('stream.alarm', { stream, code: sent.code, detail: sent.detail });
      reconciler.kick();
      onChanged();
    },
    onFailed(stream, { code, detail }) {
      log('delivery.failed', { stream, code, detail });
      parts.onFailed();
    },
  });
  const upkeep = new Upkeep({
    journal,
    config,
    clock,
    log,
    attended: () => foreground.attended,
    onChanged,
    retentionDays: () => (configuration.versions.parameters > 0 ? configuration.parameters.retentionDays : undefined),
  });
  const rejoiner = new Rejoiner({
    journal,
    file: journalFile(config),
    terminalId,
    line,
    clock,
    log,
    onChanged,
    onRejoined: parts.onRejoined,
  });
  journal.onAppended(() => drain.kick());

  return {
    drain,
    reconciler,
    rejoiner,
    upkeep,
    start(): void {
      drain.start();
      upkeep.start();
      reconciler.start();
    },
    setOnline(online: boolean): void {
      drain.setOnline(online);
      reconciler.setOnline(online);
    },
    /** The platform has answered a heartbeat, with its time. */
    heard(serverTime: number): void {
      upkeep.heard(serverTime);
      rejoiner.online();
    },
    /** Every head is compared with the platform's again. The code of what kept it from its end. */
    async compare(): Promise<string | undefined> {
      drain.compareHeads();
      const done = await reconciler.now();
      return done.ok ? undefined : done.error.code;
    },
    /** Settles when what was under way has ended; what the platform has not answered is asked again next time. */
    async close(): Promise<void> {
      rejoiner.close();
      await Promise.all([line.close(), drain.close(), upkeep.close(), reconciler.close()]);
    },
  };
}
