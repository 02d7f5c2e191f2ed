import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TerminalConfig, socketPath } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { hostService } from '@kiosk/contract/rpc/server.ts';
import { type DeviceKind, type DeviceStatus, deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Log } from '../log.ts';
import packageFile from '../package.json' with { type: 'json' };
import { Board } from './board.ts';
import { Ledger } from './ledger.ts';
import { Printing } from './printing.ts';
import { Reading } from './reading.ts';

export interface HostDeps {
  readonly config: TerminalConfig;
  /** What local programs must show. */
  readonly token: string;
  readonly drivers: ReadonlyMap<string, Driver<DeviceKind>>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DeviceHost {
  /** Ends what runs, lets go of every port, closes the ledger. */
  stop(): Promise<void>;
}

/** Opens the ledger, starts every device and serves the contract. Errors: E8101 configuration, E610x ledger. */
export async function startDeviceHost({ config, token, drivers, clock, log }: HostDeps): Promise<Result<DeviceHost>> {
  mkdirSync(config.dataDir, { recursive: true });
  mkdirSync(config.socketDir, { recursive: true, mode: 0o750 });
  const ledger = Ledger.open(join(config.dataDir, 'operations.db'));
  if (!ledger.ok) return ledger;
  const startedAt = clock.now();
  const snapshot = (devices: DeviceStatus[]) => ({ version: packageFile.version, startedAt, devices });
  const created = Board.create(config.devices, {
    drivers,
    clock,
    log,
    ledger: ledger.value,
    onChange: (devices) => service.publish(snapshot([...devices])),
    onLifted: (deviceId) => service.emit('cardLifted', { deviceId }),
  });
  if (!created.ok) {
    ledger.value.close();
    return created;
  }
  const board = created.value;
  const printing = new Printing({ board, ledger: ledger.value, clock, log });
  const reading = new Reading(board);

  const service = hostService(deviceHost, {
    token,
    snapshot: snapshot(board.statuses()),
    // The message of an unexpected error may quote what it failed on; where it happened is enough to find the bug.
    onBug: (command, error) =>
      log('error', 'bug in a command', {
        command,
        code: 'E9006',
        at: error instanceof Error ? frames(error) : 'no stack',
      }),
    handlers: {
      readIdCard: (_input, { signal, progress }) => reading.readIdCard(signal, progress),
      printSlip: ({ operationId, slip }, context) =>
        printing.print('slipPrinter', operationId, context.signal, (device, { signal }) =>
          device.print(slip, { signal }),
        ),
      printDocument: ({ operationId, jobName, pages, pdfBase64 }, context) =>
        printing.print('documentPrinter', operationId, context.signal, (device, { signal, onJob }) => {
          const job = { operationId, jobName, pages, pdf: Buffer.from(pdfBase64, 'base64') };
          return device.print(job, { signal, onJob, onProgress: context.progress });
        }),
      async cancelOperation({ operationId }) {
        printing.cancel(operationId);
        return ok({});
      },
      findOperation: async ({ operationId }, { signal }) => ok(await printing.find(operationId, signal)),
      async selfTest({ deviceId }, { signal }) {
        const installed = board.find(deviceId);
        if (!installed) return fail('E9005', `no device is called ${deviceId}`);
        const run = async () => {
          const begun = clock.monotonic();
          const steps = [...(await installed.device.selfTest({ signal }))];
          const milliseconds = Math.round(clock.monotonic() - begun);
          return ok({ deviceId, passed: steps.every(({ passed }) => passed), milliseconds, steps });
        };
        // A card reader waits for cards all day long and can be tested meanwhile.
        return installed.kind === 'idCardReader' ? run() : board.alone(installed, run);
      },
    },
  });

  const stopping = new AbortController();
  board.start();
  printing.settleFormer(stopping.signal);
  await service.listen(socketPath(config.socketDir, 'device-host'));
  log('info', 'device-host serves', { version: packageFile.version, devices: config.devices.length });

  return ok({
    async stop() {
      stopping.abort('E9001');
      await service.close();
      await board.stop();
      await printing.idle();
      ledger.value.close();
    },
  });
}

function frames(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.trim())
    .join(' ');
}
