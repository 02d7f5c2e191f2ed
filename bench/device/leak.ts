import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Measure, MeasureContext } from '../harness/figure.ts';
import { pssMb } from '../harness/processes.ts';
import { withFolder } from '../harness/scratch.ts';
import { rounded } from '../harness/statistics.ts';
import { type DeviceWorld, openDeviceWorld } from './device-world.ts';
import { CARD, exampleSlip } from './example.ts';

interface Load {
  readonly reads: number;
  readonly slips: number;
  readonly unplugs: number;
}

const WARM_UP: Load = { reads: 1_000, slips: 1_000, unplugs: 50 };
const MEASURED: Load = { reads: 10_000, slips: 10_000, unplugs: 1_000 };
/** A device-host that collects its garbage on SIGUSR2; the program itself knows nothing of it. */
const COLLECTS_WHEN_TOLD = ['--expose-gc', '--import', 'data:text/javascript,process.on("SIGUSR2",()=>{gc();gc()})'];
const COLLECTING_MS = 1_000;
/** Heard at once when a card is laid and when it is lifted, and back at once when it was unplugged. */
const UNPACED = {
  'id-reader': { times: { poll: 5, backOffFirst: 10, backOffMost: 20, answer: 100, answerSearch: 50, heartbeat: 100 } },
};

/**
 * How much more memory the device-host holds after 10,000 cards read, 10,000 slips and 1,000 unplugs of the reader,
 * all of them as fast as they go, than after the first tenth of it; every device is open meanwhile. Both times after a
 * collection of garbage: what the collector has not come to yet is no leak. Descriptors are counted beside it.
 */
export const leak: Measure = (context) =>
  withFolder(async (dir) => {
    const world = await openDeviceWorld(dir, {
      nodeOptions: ['--max-old-space-size=96', '--max-semi-space-size=1', ...COLLECTS_WHEN_TOLD],
      deviceOptions: UNPACED,
    });
    try {
      await work(world, WARM_UP, context);
      const before = await look(world.host.pid);
      await work(world, MEASURED, context);
      const after = await look(world.host.pid);
      return {
        runs: [((after.memory - before.memory) / before.memory) * 100],
        against: {
          'MB before': rounded(before.memory),
          'MB after': rounded(after.memory),
          'descriptors before': before.files,
          'descriptors after': after.files,
        },
      };
    } finally {
      await world.close();
    }
  });

async function look(pid: number): Promise<{ memory: number; files: number }> {
  process.kill(pid, 'SIGUSR2');
  await wait(COLLECTING_MS);
  return { memory: pssMb(pid), files: openFiles(pid) };
}

/** Reader and printer at the same time, as each is fast by itself; then the unplugs, which disturb the reads. */
async function work(world: DeviceWorld, load: Load, context: MeasureContext): Promise<void> {
  await Promise.all([readCards(world, load.reads, context), printSlips(world, load.slips, context)]);
  await unplugReader(world, load.unplugs, context);
}

async function readCards(
  { host, client, devices }: DeviceWorld,
  count: number,
  context: MeasureContext,
): Promise<void> {
  for (let i = 0; i < count && !context.signal.aborted; i++) {
    if (i % 2_000 === 0) context.tell(`card ${i} of ${count}, ${rounded(pssMb(host.pid))} MB`);
    await devices.idReader.call('layCard', { person: CARD });
    must(await client.call('readIdCard', {}));
    const lifted = new Promise<void>((resolve) => {
      const off = client.on('cardLifted', () => {
        off();
        resolve();
      });
    });
    await devices.idReader.call('liftCard');
    await lifted;
  }
}

async function printSlips({ client }: DeviceWorld, count: number, context: MeasureContext): Promise<void> {
  for (let i = 0; i < count && !context.signal.aborted; i++) {
    if (i % 2_000 === 0) context.tell(`slip ${i} of ${count}`);
    must(await client.call('printSlip', { operationId: randomUUID(), slip: exampleSlip(i + 1) }));
  }
}

async function unplugReader(world: DeviceWorld, count: number, context: MeasureContext): Promise<void> {
  for (let i = 0; i < count && !context.signal.aborted; i++) {
    if (i % 200 === 0) context.tell(`unplug ${i} of ${count}, ${rounded(pssMb(world.host.pid))} MB`);
    await world.devices.idReader.call('unplug');
    await world.state('id-reader', (state) => state !== 'ready');
    await world.devices.idReader.call('plug');
    await world.state('id-reader', (state) => state === 'ready');
  }
}

/** Files, sockets and everything else the process has open. */
function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

function must<T>(result: Result<T>): void {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
}
