import { EventEmitter, once } from 'node:events';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { DeviceOfKind, Driver } from '@kiosk/device-drivers/drivers/driver.ts';
import { sdtIdCardReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { escposSlipPrinter } from '@kiosk/device-drivers/drivers/slip-escpos/driver.ts';
import { spawnSimulator } from '@kiosk/testbench/simulators/process.ts';
import type { Measure } from '../harness/figure.ts';
import { withFolder } from '../harness/scratch.ts';
import { median, rounded } from '../harness/statistics.ts';
import { CARD, exampleSlip } from './example.ts';
import { tcpEnd, terminalEnd } from './far-ends.ts';
import { type FarEnd, type PacedLine, pacedLine, wireMs } from './paced-line.ts';

const BAUD_RATE = 115_200;
const WARM_UP = 3;
const RUNS = 15;
const NEVER = new AbortController().signal;

const simulatorMain = (name: string) => new URL(`../../testbench/simulators/${name}/main.ts`, import.meta.url);

/** Reading a card that lies on the reader, from the call to the card's text. */
export const idCardWireRatio: Measure = () =>
  withFolder(async (dir) => {
    const simulator = await spawnSimulator(simulatorMain('id-reader'), { dir });
    const bench = await openDevice(dir, sdtIdCardReader, terminalEnd(String(simulator.ready['port'])));
    try {
      return await measure(bench.line, async (time) => {
        await simulator.call('layCard', { person: CARD });
        const read = await time(() => bench.device.readIdCard({ signal: NEVER, onProgress: () => undefined }));
        must(read);
        const lifted = once(bench.news, 'cardLifted');
        await simulator.call('liftCard');
        await lifted;
      });
    } finally {
      await bench.close();
      await simulator.stop();
    }
  });

/** Printing a slip, from the call to the printer's word that it was cut. Paper moves in no time here. */
export const slipWireRatio: Measure = () =>
  withFolder(async (dir) => {
    const simulator = await spawnSimulator(simulatorMain('slip-printer'), {});
    const bench = await openDevice(dir, escposSlipPrinter, await tcpEnd(String(simulator.ready['port'])));
    let counter = 0;
    try {
      return await measure(bench.line, async (time) => {
        const slip = exampleSlip(++counter);
        const printed = must(await time(() => bench.device.print(slip, { signal: NEVER })));
        if (printed.outcome !== 'done') throw new Error(`the slip was not printed: ${printed.code ?? printed.outcome}`);
      });
    } finally {
      await bench.close();
      await simulator.stop();
    }
  });

type Timer = <T>(work: () => Promise<T>) => Promise<T>;

async function measure(line: PacedLine, round: (time: Timer) => Promise<void>) {
  const ms: number[] = [];
  const bytes: number[] = [];
  const time: Timer = async (work) => {
    line.takeCount();
    const began = performance.now();
    const value = await work();
    ms.push(performance.now() - began);
    bytes.push(line.takeCount());
    return value;
  };
  for (let i = 0; i < WARM_UP + RUNS; i++) await round(time);
  const measured = ms.slice(WARM_UP);
  const sent = bytes.slice(WARM_UP);
  return {
    runs: measured.map((took, i) => took / wireMs(sent[i]!, BAUD_RATE)),
    against: {
      'operation ms': rounded(median(measured)),
      'bytes, both directions': median(sent),
      [`ms on the wire at ${BAUD_RATE}`]: rounded(wireMs(median(sent), BAUD_RATE)),
    },
  };
}

async function openDevice<K extends DeviceKind>(dir: string, driver: Driver<K>, far: FarEnd) {
  const line = await pacedLine(dir, far, BAUD_RATE);
  const news = new EventEmitter();
  const created = driver.create(
    { id: 'measured', driver: driver.name, port: line.port, options: {} },
    {
      clock: systemClock,
      log: () => undefined,
      onStatus: () => news.emit('status'),
      onEvent: (event) => news.emit(event.type),
    },
  );
  const device: DeviceOfKind[K] = must(created);
  device.start();
  while (device.status().state !== 'ready') await once(news, 'status');
  return {
    device,
    line,
    news,
    async close() {
      await device.stop();
      await line.close();
    },
  };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
