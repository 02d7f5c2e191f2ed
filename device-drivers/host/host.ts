import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TerminalConfig, socketPath } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { hostService } from '@kiosk/contract/rpc/server.ts';
import { type DeviceKind, deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Log } from '../log.ts';
import packageFile from '../package.json' with { type: 'json' };
import { Board, type BoardState } from './board.ts';
import { frames } from './frames.ts';
import { handlersOf } from './handlers.ts';
import { Ledger } from './ledger.ts';
import { Operations } from './operations.ts';

export interface HostDeps {
  readonly config: TerminalConfig;
  /** What local programs must show. */
  readonly token: string;
  readonly drivers: ReadonlyMap<string, Driver<DeviceKind>>;
  readonly clock: Clock;
  readonly log: Log;
  /** A program that had us read or print is gone. */
  readonly onLeft?: () => void;
}

export interface DeviceHost {
  /** Ends what runs, lets go of every port, closes the ledger. */
  stop(): Promise<void>;
}

/** Opens the ledger, starts every device and serves the contract. Errors: E8101 configuration, E610x ledger. */
export async function startDeviceHost(deps: HostDeps): Promise<Result<DeviceHost>> {
  const { config, token, drivers, clock, log, onLeft } = deps;
  mkdirSync(config.dataDir, { recursive: true });
  mkdirSync(config.socketDir, { recursive: true, mode: 0o750 });
  const ledger = Ledger.open(join(config.dataDir, 'operations.db'));
  if (!ledger.ok) return ledger;
  const startedAt = clock.now();
  const snapshot = (state: BoardState) => ({ version: packageFile.version, startedAt, ...state });
  const created = Board.create(config.devices, {
    drivers,
    clock,
    log,
    ledger: ledger.value,
    onChange: (state) => service.publish(snapshot(state)),
    onEvent: (name, payload) => service.emit(name, payload),
  });
  if (!created.ok) {
    ledger.value.close();
    return created;
  }
  const board = created.value;
  const operations = new Operations({ board, ledger: ledger.value, clock, log });
  const service = hostService(deviceHost, {
    token,
    snapshot: snapshot(board.state()),
    onBug: (command, error) => log('error', 'bug in a command', { command, code: 'E9006', at: frames(error) }),
    ...(onLeft ? { onLeft } : {}),
    handlers: handlersOf({ board, operations, ledger: ledger.value, clock }),
  });

  const stopping = new AbortController();
  board.start();
  operations.settleFormer(stopping.signal);
  await service.listen(socketPath(config.socketDir, 'device-host'));
  log('info', 'device-host serves', { version: packageFile.version, devices: config.devices.length });

  return ok({
    async stop() {
      stopping.abort('E9001');
      await service.close();
      await board.stop();
      await operations.idle();
      ledger.value.close();
    },
  });
}
