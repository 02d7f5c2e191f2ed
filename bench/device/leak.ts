import { randomUUID } from 'node:crypto';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Measure, MeasureContext } from '../harness/figure.ts';
import { pssMb } from '../harness/processes.ts';
import { withFolder } from '../harness/scratch.ts';
import { rounded } from '../harness/statistics.ts';
import { type DeviceWorld, openDeviceWorld } from './device-world.ts';
import { CARD, exampleSlip } from './example.ts';

const WARM_UP = 2_000;
const OPERATIONS = 10_000;
/** A reader looks only four times a second whether its card was lifted, so cards are the smaller part. */
const CARD_EVERY = 50;

/**
 * How much more memory the device-host holds after 10,000 operations than after the first 2,000: slips, reader self-tests
 * and card reads, as fast as they go. A small heap limit makes the collector tidy up as it would on a machine that runs for months.
 */
export const leak: Measure = (context) =>
  withFolder(async (dir) => {
    const world = await openDeviceWorld(dir, ['--max-old-space-size=96', '--max-semi-space-size=1']);
    try {
      await operate(world, WARM_UP, context);
      const before = pssMb(world.host.pid);
      await operate(world, OPERATIONS, context);
      const after = pssMb(world.host.pid);
      return {
        runs: [((after - before) / before) * 100],
        against: { 'MB after the first 2,000': rounded(before), 'MB after 10,000 more': rounded(after) },
      };
    } finally {
      await world.close();
    }
  });

async function operate({ client, idReader }: DeviceWorld, count: number, { signal, tell }: MeasureContext) {
  for (let i = 0; i < count && !signal.aborted; i++) {
    if (i % 2_000 === 0) tell(`operation ${i} of ${count}`);
    if (i % CARD_EVERY === 0) {
      await idReader.call('layCard', { person: CARD });
      must(await client.call('readIdCard', {}));
      const lifted = new Promise<void>((resolve) => {
        const off = client.on('cardLifted', () => {
          off();
          resolve();
        });
      });
      await idReader.call('liftCard');
      await lifted;
    } else if (i % 2 === 0) {
      must(await client.call('selfTest', { deviceId: 'id-reader' }));
    } else {
      must(await client.call('printSlip', { operationId: randomUUID(), slip: exampleSlip(i) }));
    }
  }
}

function must<T>(result: Result<T>): void {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
}
