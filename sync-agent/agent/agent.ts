import { socketPath } from '@kiosk/contract/config.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { type AgentOptions, assemble } from './assemble.ts';
import { journalFile, openTerminalJournal, readProvisionedKeys } from './files.ts';
import { watchUnusable } from './unusable.ts';
import { watchCaptures, watchClock, watchDevices } from './watches.ts';

export type { AgentOptions } from './assemble.ts';

export interface RunningAgent {
  /** Ends cleanly: the journal is closed, what is under way is asked again at the next start. */
  stop(): Promise<void>;
}

/**
 * The agent's life: put together, set going, served until it is stopped. A journal that cannot be used does not end the
 * program: it stays up, takes nothing and says why. Error: E8101, keys or certificates are missing.
 */
export async function startAgent(options: AgentOptions): Promise<Result<RunningAgent>> {
  const { config, clock, log, version } = options;
  const provisioned = readProvisionedKeys(config);
  if (!provisioned.ok) return provisioned;
  const keys = provisioned.value;
  const parts = assemble(options, keys);
  const {
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
  } = parts;
  const journal = opened.ok ? opened.value.journal : undefined;

  journal?.onAppended(() => publisher.now());
  journal?.onStopped(({ code, detail }) => {
    log('journal.stopped', { code, detail });
    publisher.changed();
  });
  journal?.onResumed(({ code }) => {
    log('journal.resumed', { code });
    settleOpen(() => true);
    work?.drain.kick();
    publisher.changed();
  });
  // What the sessions of an earlier run left open.
  settleOpen(() => true);
  record({ type: 'program.started', program: 'sync-agent', version });
  watchDevices(devices, (entries) => void journal?.recordAll(entries));
  watchCaptures(devices, record);
  const stopWatching = [
    watchClock(clock, (byMs) => {
      log('clock.stepped', { byMs });
      record({ type: 'clock.stepped', byMs });
    }),
    opened.ok
      ? () => {}
      : watchUnusable(opened.error, {
          clock,
          file: journalFile(config),
          open: () => openTerminalJournal(config, keys.centre, clock),
          onUsable() {
            log('journal.usable', { code: opened.error.code });
            options.onJournalUsable?.();
          },
        }),
  ];

  async function stop(): Promise<void> {
    sessions.stop();
    settler.close();
    for (const stopOne of stopWatching) stopOne();
    await Promise.all([line.close(), link.close(), renewal.close(), downlink.close(), work?.close()]);
    publisher.close();
    devices.close();
    await host.close();
    journal?.signHeads((statement) => signStatement(keys.signing, statement));
    journal?.close();
    log('stopped');
  }

  try {
    await host.listen(socketPath(config.socketDir, 'sync-agent'));
  } catch (error) {
    // Nobody could reach it: not even a timer of it goes on.
    await stop();
    throw error;
  }
  work?.start();
  link.start();
  renewal.start();
  log('started', { version, accepting: opened.ok, pid: process.pid });
  return ok({ stop });
}
