import { Duplex } from 'node:stream';
import { loadConfig } from '@kiosk/contract/config-file.ts';
import { socketPath } from '@kiosk/contract/config.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import packageJson from '../package.json' with { type: 'json' };
import { serveScreen } from './screen.ts';
import { startSession } from './session.ts';

/**
 * One depositor's session as a process. Standard input and output carry the screen's service; standard error is for
 * the technician. Environment: KIOSK_CONFIG (the terminal's configuration), KIOSK_SESSION_TOKEN (shown by whoever
 * started it). It ends when its standard input closes, or when it is killed.
 */
function main(): void {
  const sessionToken = process.env['KIOSK_SESSION_TOKEN'];
  const loaded = loadConfig();
  if (!loaded.ok || !sessionToken) {
    const why = loaded.ok ? 'KIOSK_SESSION_TOKEN is not set' : `${loaded.error.code} ${loaded.error.detail ?? ''}`;
    process.stderr.write(`session: ${why}\n`);
    process.exit(1);
  }
  const { config, token } = loaded.value;
  const agent = connectService(syncAgent, { path: socketPath(config.socketDir, 'sync-agent'), token });
  const host = connectService(deviceHost, { path: socketPath(config.socketDir, 'device-host'), token });

  const screen = serveScreen({
    token: sessionToken,
    onActivate: () => session.dispatch({ type: 'activate' }),
    onAction: (action) => session.dispatch({ type: 'action', action }),
    onBug: (command, error) => crash(command, error),
  });
  const session = startSession({
    sessionId: newId(systemClock.now()),
    identity: config.terminal,
    version: packageJson.version,
    clock: systemClock,
    agent,
    host,
    show: (view) => screen.show(view),
    sound: (name) => screen.emit('sound', { name }),
    key: (key) => screen.emit('key', { key }),
    ended: (reason) => screen.emit('ended', { reason }),
  });
  screen.accept(Duplex.from({ readable: process.stdin, writable: process.stdout }));
  process.stdin.on('close', () => process.exit(0));
}

/** A bug ends the process: whoever holds the window brings up the reserve. Messages of errors may hold what was typed. */
function crash(where: string, error: unknown): never {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const stack = lines.filter((line) => line.startsWith('    at ')).join('\n');
  process.stderr.write(`session: bug in ${where}: ${error instanceof Error ? error.name : typeof error}\n${stack}\n`);
  process.exit(70);
}

process.on('uncaughtException', (error) => crash('an event', error));
process.on('unhandledRejection', (error) => crash('a promise', error));
main();
