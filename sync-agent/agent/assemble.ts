import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { socketPath, type TerminalConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { hostService } from '@kiosk/contract/rpc/server.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { credentialPaths } from '../enrolment/enrol.ts';
import { KeptCredentials } from '../enrolment/kept-credentials.ts';
import { Renewal } from '../enrolment/renewal.ts';
import { Foreground } from '../delivery/foreground.ts';
import { openLine } from '../delivery/http.ts';
import { Link } from '../delivery/link.ts';
import type { OpenIntent } from '../journal/books/intents.ts';
import { readTechnicians } from '../policy/technician-file.ts';
import { technicians } from '../policy/technicians.ts';
import { Configuration } from './configuration.ts';
import { Downlink } from './downlink.ts';
import { effectiveCatalogue } from './effective.ts';
import { type ProvisionedKeys, openTerminalJournal } from './files.ts';
import { agentHandlers } from './handlers.ts';
import { heartbeat } from './heartbeat.ts';
import { journalWork } from './journal-work.ts';
import type { Log } from './log.ts';
import { Publisher } from './publisher.ts';
import { remoteCommands } from './remote-commands.ts';
import { Sessions } from './sessions.ts';
import { Settler } from './settler.ts';
import { agentState } from './state.ts';

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
  /** A program that called is gone. */
  readonly onLeft?: () => void;
}

/** Interactive calls have connections of their own, so that none waits behind a batch. */
const INTERACTIVE_CONNECTIONS = 4;

/**
 * Every part of the agent, made and told of the others; nothing moves yet but the connection to the device-host. A journal
 * that cannot be used leaves out what works on it (`work`); everything else is there and says why.
 */
export function assemble(options: AgentOptions, keys: ProvisionedKeys) {
  const { config, clock, random, log, version, token } = options;
  const { terminalId, centreId } = config.terminal;
  const opened = openTerminalJournal(config, keys.centre, clock);
  const journal = opened.ok ? opened.value.journal : undefined;
  if (!opened.ok) log('journal.unusable', { code: opened.error.code, detail: opened.error.detail });
  const listed = readTechnicians(config.techniciansFile);
  if (!listed.ok) log('technicians.unusable', { code: listed.error.code, detail: listed.error.detail });

  const startedAt = clock.now();
  const onChanged = () => publisher.changed();
  const record = (data: EntryData): Result<unknown> => (journal ? journal.record(data) : opened);

  const line = openLine(config.platform, INTERACTIVE_CONNECTIONS, clock);
  const foreground = new Foreground(clock);
  const devices = connectService(deviceHost, { path: socketPath(config.socketDir, 'device-host'), token });
  const configuration = new Configuration({
    journal,
    keys: keys.configuration,
    reader: { terminalId, centreId },
    clock,
    log,
  });
  const catalogue = () => effectiveCatalogue(configuration.catalogue, configuration.parameters);

  const work =
    journal &&
    journalWork({
      journal,
      config,
      signingKey: keys.signing,
      clock,
      random,
      log,
      foreground,
      devices,
      configuration,
      onChanged,
      onFailed: () => link.suspect(),
      onRejoined: () => options.onRejoined?.(),
    });

  const beat = heartbeat({ clock, line, version, configuration, devices, journal });
  const link = new Link({
    clock,
    random,
    get heartbeatMs() {
      return options.heartbeatMs ?? configuration.parameters.heartbeatSeconds * 1_000;
    },
    heartbeat: beat,
    onAnswer(value) {
      work?.heard(value.serverTime);
      if (!journal?.held) void downlink.follow(value.downlink);
    },
    onState(state, settled) {
      if (settled) {
        log('link.changed', { state: state.state, code: state.code });
        record({ type: 'link.changed', state: state.state, ...(state.code === undefined ? {} : { code: state.code }) });
      }
      work?.setOnline(state.state === 'online');
      onChanged();
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
      reconcile: async () => work?.compare(),
      showNotice: (notice) => configuration.showNotice(notice),
    }),
    onChanged,
    onApplied: () => link.suspect(),
  });

  const renewal = new Renewal({
    terminalId,
    certificateFile: config.platform.certificateFile,
    kept: new KeptCredentials(credentialPaths(config)),
    line,
    clock,
    random,
    log,
    record,
    onChanged,
  });

  const settler = new Settler({ clock, devices, record, onChanged });
  /** Those operations among the open ones are nobody's any more: the device-host is asked what became of them. */
  function settleOpen(which: (intent: OpenIntent) => boolean): void {
    const open = journal?.openIntents();
    if (open?.ok) settler.add(open.value.filter(which));
  }
  const sessions = new Sessions(journal, record, (lost) => settleOpen(({ sessionId }) => sessionId === lost));

  const state = () =>
    agentState({
      ...{ version, startedAt, terminal: config.terminal, clock },
      ...{ opened, work, link, renewal, settler, catalogue, configuration },
    });
  const host = hostService(syncAgent, {
    token,
    snapshot: state(),
    ...(options.onLeft ? { onLeft: options.onLeft } : {}),
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
      heartbeat: beat,
      care: {
        terminalId,
        signingKey: keys.signing,
        backUp: () => work?.upkeep.backUp() ?? Promise.resolve(fail('E6401')),
        rejoin: (signal) => work?.rejoiner.rejoin(signal) ?? Promise.resolve(fail('E6107')),
        reconcile: async (now) => (now ? work?.reconciler.now() : work?.reconciler.state()) ?? fail('E6102'),
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
  const publisher = new Publisher(clock, () => host.publish(state()));

  return {
    opened,
    record,
    line,
    devices,
    work,
    link,
    renewal,
    downlink,
    settler,
    settleOpen,
    sessions,
    host,
    publisher,
  };
}
