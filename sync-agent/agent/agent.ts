import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { socketPath } from '@kiosk/contract/config.ts';
import { type EntryData, type StreamName, StreamName as StreamNames } from '@kiosk/contract/journal/entry.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { hostService } from '@kiosk/contract/rpc/server.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { type QueueState, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { callPlatform } from '../delivery/calls.ts';
import { Drain } from '../delivery/drain.ts';
import { Foreground } from '../delivery/foreground.ts';
import { openLine } from '../delivery/http.ts';
import { Link } from '../delivery/link.ts';
import { sender } from '../delivery/sender.ts';
import { lookAgain, mayPass, probeDisk } from '../journal/reopening.ts';
import { linkedSqliteVersion } from '../journal/open.ts';
import { technicians } from '../policy/technicians.ts';
import { exchange } from '../reconcile/exchange.ts';
import { Reconciler } from '../reconcile/reconciler.ts';
import { readTechnicians } from '../policy/technician-file.ts';
import { Configuration } from './configuration.ts';
import { configurationState } from './configuration-state.ts';
import { Downlink } from './downlink.ts';
import { effectiveCatalogue } from './effective.ts';
import { journalFile, openTerminalJournal, readProvisionedKeys } from './files.ts';
import { agentHandlers } from './handlers.ts';
import type { Log } from './log.ts';
import { remoteCommands } from './remote-commands.ts';
import { Publisher } from './publisher.ts';
import { Rejoiner } from './rejoiner.ts';
import { Sessions } from './sessions.ts';
import { Settler } from './settler.ts';
import { Upkeep } from './upkeep.ts';
import { watchCaptures, watchClock, watchDevices } from './watches.ts';

export interface AgentOptions {
  readonly config: TerminalConfig;
  readonly token: string;
  readonly version: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Instead of what the parameters say. */
  readonly heartbeatMs?: number;
  /** The journal was made one with the platform: whoever runs the program starts it anew. */
  readonly onRejoined?: () => void;
  /** A journal that could not be opened at the start can be: whoever runs the program starts it anew. */
  readonly onJournalUsable?: () => void;
}

export interface RunningAgent {
  /** Ends cleanly: the journal is closed, what is under way is asked again at the next start. */
  stop(): Promise<void>;
}

type AgentSnapshot = Snapshot<typeof syncAgent>;

const HEARTBEAT_DEADLINE_MS = 10_000;
/** Interactive calls have connections of their own, so that none waits behind a batch. */
const INTERACTIVE_CONNECTIONS = 4;
const NO_QUEUE: QueueState = { pending: 0, oldestAt: null, quarantined: 0 };

/**
 * Puts the agent together and serves it. A journal that cannot be used does not end the program: it stays up, takes
 * nothing and says why. Error: E8101, keys or certificates are missing.
 */
export async function startAgent(options: AgentOptions): Promise<Result<RunningAgent>> {
  const { config, clock, random, log, version, token } = options;
  const provisioned = readProvisionedKeys(config);
  if (!provisioned.ok) return provisioned;
  const keys = provisioned.value;
  const opened = openTerminalJournal(config, keys.centre, clock);
  const journal = opened.ok ? opened.value.journal : undefined;
  if (!opened.ok) log('journal.unusable', { code: opened.error.code, detail: opened.error.detail });
  const listed = readTechnicians(config.techniciansFile);
  if (!listed.ok) log('technicians.unusable', { code: listed.error.code, detail: listed.error.detail });

  const startedAt = clock.now();
  const line = openLine(config.platform, INTERACTIVE_CONNECTIONS, clock);
  const drainLine = openLine(config.platform, StreamNames.options.length, clock);
  const foreground = new Foreground(clock);
  const devices = connectService(deviceHost, { path: socketPath(config.socketDir, 'device-host'), token });
  const { terminalId, centreId } = config.terminal;
  const configuration = new Configuration({
    journal,
    keys: keys.configuration,
    reader: { terminalId, centreId },
    clock,
    log,
  });
  const catalogue = () => effectiveCatalogue(configuration.catalogue, configuration.parameters);

  const record = (data: EntryData): Result<unknown> => (journal ? journal.record(data) : opened);
  const queue = (): Record<StreamName, QueueState> => {
    const found = journal?.queue();
    return found?.ok ? found.value : { business: NO_QUEUE, audit: NO_QUEUE, telemetry: NO_QUEUE };
  };

  const heartbeat = () => {
    const waiting = queue();
    return callPlatform(
      line,
      'heartbeat',
      {
        programVersion: version,
        applied: configuration.versions,
        commands: [...configuration.commands],
        ...(configuration.refused ? { refused: configuration.refused } : {}),
        devices: (devices.snapshot?.devices ?? []).map(({ id, state, code }) => ({
          id,
          state,
          ...(code === undefined ? {} : { code }),
        })),
        pending: Object.fromEntries(Object.entries(waiting).map(([stream, { pending }]) => [stream, pending])),
      },
      { deadlineMs: HEARTBEAT_DEADLINE_MS },
    );
  };

  const drain =
    journal &&
    new Drain({
      sender: sender(journal, drainLine, config.terminal.terminalId, keys.signing),
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
        reconciler?.kick();
        publisher.changed();
      },
      onFailed(stream, { code, detail }) {
        log('delivery.failed', { stream, code, detail });
        link.suspect();
      },
    });

  const upkeep =
    journal &&
    new Upkeep({
      journal,
      config,
      clock,
      log,
      attended: () => foreground.attended,
      onChanged: () => publisher.changed(),
      retentionDays: () => (configuration.versions.parameters > 0 ? configuration.parameters.retentionDays : undefined),
    });
  const rejoiner =
    journal &&
    new Rejoiner({
      journal,
      file: journalFile(config),
      terminalId,
      line: drainLine,
      clock,
      log,
      onChanged: () => publisher.changed(),
      onRejoined: () => options.onRejoined?.(),
    });
  const reconciler =
    journal &&
    new Reconciler({
      journal,
      exchange: exchange({ journal, line: drainLine, terminalId, signingKey: keys.signing }),
      clock,
      log,
      devices: () => devices.snapshot,
      onChanged: () => publisher.changed(),
    });

  const link = new Link({
    clock,
    random,
    get heartbeatMs() {
      return options.heartbeatMs ?? configuration.parameters.heartbeatSeconds * 1_000;
    },
    heartbeat,
    certificateExpiresAt: keys.certificateExpiresAt,
    onAnswer(value) {
      upkeep?.heard(value.serverTime);
      rejoiner?.online();
      if (!journal?.held) void downlink.follow(value.downlink);
    },
    onState(state, settled) {
      if (settled) {
        log('link.changed', { state: state.state, code: state.code });
        record({ type: 'link.changed', state: state.state, ...(state.code === undefined ? {} : { code: state.code }) });
      }
      drain?.setOnline(state.state === 'online');
      reconciler?.setOnline(state.state === 'online');
      publisher.changed();
    },
  });

  const downlink = new Downlink({
    configuration,
    line,
    clock,
    log,
    carryOut: remoteCommands({
      journal,
      devices,
      async reconcile() {
        drain?.compareHeads();
        const done = await reconciler?.now();
        return done?.ok === false ? done.error.code : undefined;
      },
      showNotice: (notice) => configuration.showNotice(notice),
    }),
    onChanged: () => publisher.changed(),
    onApplied: () => link.suspect(),
  });

  const settler = new Settler({ clock, devices, record, onChanged: () => publisher.changed() });

  function snapshot(): AgentSnapshot {
    const waiting = queue();
    // An alarm about what people left or did stops the kiosk; one about telemetry is only shown.
    const code = opened.ok
      ? (journal?.stopped?.code ?? journal?.held?.code ?? waiting.business.stopped ?? waiting.audit.stopped)
      : opened.error.code;
    return {
      version,
      startedAt,
      terminal: config.terminal,
      accepting: code === undefined,
      journal: {
        sqliteVersion: journal?.sqliteVersion ?? linkedSqliteVersion(),
        ...(code === undefined ? {} : { code }),
        ...(upkeep ? { backup: upkeep.backup } : {}),
      },
      link: link.state,
      queue: waiting,
      unsettled: settler.unsettled,
      catalogue: catalogue(),
      configuration: configurationState(configuration, journal, waiting.business.oldestAt, clock.now()),
      ...(reconciler ? { reconciliation: reconciler.summary } : {}),
    };
  }

  const host = hostService(syncAgent, {
    token,
    snapshot: snapshot(),
    handlers: agentHandlers({
      opened,
      line,
      foreground,
      platform: config.platform,
      technicians: technicians(listed.ok ? listed.value : [], clock),
      clock,
      parameters: () => configuration.parameters,
      isOnline: () => link.state.state === 'online',
      catalogue,
      suspectLink: () => link.suspect(),
      heartbeat,
      care: {
        terminalId,
        signingKey: keys.signing,
        backUp: () => upkeep?.backUp() ?? Promise.resolve(fail('E6401')),
        rejoin: (signal) => rejoiner?.rejoin(signal) ?? Promise.resolve(fail('E6107')),
        reconcile: async (now) => (now ? reconciler?.now() : reconciler?.state()) ?? fail('E6102'),
      },
      onRecorded(data, gone) {
        const { type, sessionId, operationId } = data;
        sessions.heard(data, gone);
        if (type === 'operation.settled' && operationId !== undefined) settler.settledElsewhere(operationId);
        if (type === 'session.closed') settleOpen((intent) => intent.sessionId === sessionId);
        // One session follows another: what one of them left open was killed and will not settle it any more.
        if (type === 'session.opened') settleOpen((intent) => intent.sessionId !== sessionId);
      },
    }),
    onBug: (command, error) => log('bug', { command, error: error instanceof Error ? (error.stack ?? '') : 'thrown' }),
  });
  const publisher = new Publisher(clock, () => host.publish(snapshot()));

  function settleOpen(which: (intent: { sessionId: string }) => boolean): void {
    const open = journal?.openIntents();
    if (open?.ok) settler.add(open.value.filter(which));
  }

  journal?.onAppended(() => {
    drain?.kick();
    publisher.changed();
  });
  journal?.onStopped(({ code, detail }) => {
    log('journal.stopped', { code, detail });
    publisher.changed();
  });
  journal?.onResumed(({ code }) => {
    log('journal.resumed', { code });
    settleOpen(() => true);
    drain?.kick();
    publisher.changed();
  });
  // Nothing was built on a journal that could not be opened: when it can be, the program begins anew.
  const stopLooking =
    opened.ok || !mayPass(opened.error)
      ? undefined
      : lookAgain(clock, () => {
          if (!probeDisk(journalFile(config)).ok) return false;
          const again = openTerminalJournal(config, keys.centre, clock);
          if (!again.ok) return !mayPass(again.error);
          again.value.journal.close();
          log('journal.usable', { code: opened.error.code });
          options.onJournalUsable?.();
          return true;
        });
  settleOpen(() => true);
  const sessions = new Sessions(journal, record, (lost) => settleOpen(({ sessionId }) => sessionId === lost));
  record({ type: 'program.started', program: 'sync-agent', version });
  watchDevices(devices, (entry) => void record(entry));
  watchCaptures(devices, record);
  const stopWatching = watchClock(clock, (byMs) => {
    log('clock.stepped', { byMs });
    record({ type: 'clock.stepped', byMs });
  });

  await host.listen(socketPath(config.socketDir, 'sync-agent'));
  drain?.start();
  link.start();
  upkeep?.start();
  reconciler?.start();
  log('started', { version, accepting: opened.ok, pid: process.pid });

  return ok({
    async stop() {
      sessions.stop();
      settler.close();
      stopWatching();
      stopLooking?.();
      rejoiner?.close();
      const ended = [link.close(), drain?.close(), downlink.close(), upkeep?.close(), reconciler?.close()];
      await Promise.all([line.close(), drainLine.close(), ...ended]);
      publisher.close();
      devices.close();
      await host.close();
      journal?.signHeads((statement) => signStatement(keys.signing, statement));
      journal?.close();
      log('stopped');
    },
  });
}
