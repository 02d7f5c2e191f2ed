import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import { crtBankCardReader } from '@kiosk/device-drivers/drivers/bank-card-crt/driver.ts';
import type { DeviceOfKind, Driver } from '@kiosk/device-drivers/drivers/driver.ts';
import { zt598PinPad } from '@kiosk/device-drivers/drivers/pin-pad-zt598/driver.ts';
import { sdtIdCardReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { escposSlipPrinter } from '@kiosk/device-drivers/drivers/slip-escpos/driver.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { spawnSimulator } from '@kiosk/testbench/simulators/process.ts';
import type { Against, Measure, Measured } from '../harness/figure.ts';
import { withFolder } from '../harness/scratch.ts';
import { median, rounded } from '../harness/statistics.ts';
import { CARD, exampleSlip } from './example.ts';
import { tcpEnd, terminalEnd } from './far-ends.ts';
import { type FarEnd, type PacedLine, pacedLine, wireMs } from './paced-line.ts';

/** Of ID card reader and slip printer. */
const BAUD_RATE = 115_200;
/** Bank card readers and PIN pads come with this one; they know faster ones, where our own time weighs more. */
const SLOW_BAUD_RATE = 9_600;
const FAST_BANK_CARD_RATE = 57_600;
const WARM_UP = 3;
const RUNS = 15;
const NEVER = new AbortController().signal;

const simulatorMain = (name: string) => new URL(`../../testbench/simulators/${name}/main.ts`, import.meta.url);

/** Reading a card that lies on the reader, from the call to the card's text. */
export const idCardWireRatio: Measure = () =>
  withFolder(async (dir) => {
    const simulator = await spawnSimulator(simulatorMain('id-reader'), { dir });
    const bench = await openDevice(dir, sdtIdCardReader, terminalEnd(String(simulator.ready['port']), BAUD_RATE));
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

/**
 * Reading a chip card that stands in the gate, from the call to the card's number: it is drawn in, powered, read and
 * let go by the contacts. The mechanics take no time here.
 */
export const bankCardWireRatio: Measure = async () => {
  const slow = await bankCardAt(SLOW_BAUD_RATE);
  const fast = await bankCardAt(FAST_BANK_CARD_RATE);
  return atTwoSpeeds(slow, FAST_BANK_CARD_RATE, fast);
};

const bankCardAt = (baudRate: number) =>
  withFolder(async (dir) => {
    const simulator = await spawnSimulator(simulatorMain('bank-card-crt'), { dir });
    const far = terminalEnd(String(simulator.ready['port']), baudRate);
    const bench = await openDevice(dir, crtBankCardReader, far, { baudRate, options: { baudRate, pollMs: 20 } });
    let ejected = () => {};
    simulator.on('step', (value) => (value as { step: string }).step === 'eject' && ejected());
    try {
      return await measure(bench.line, async (time) => {
        await simulator.call('insert', 'ordinary');
        must(await time(() => bench.device.readBankCard({ signal: NEVER, onProgress: () => undefined })));
        const stands = new Promise<void>((resolve) => (ejected = resolve));
        const ejecting = bench.device.eject({ signal: NEVER });
        await stands;
        await simulator.call('take');
        must(await ejecting);
      });
    } finally {
      await bench.close();
      await simulator.stop();
    }
  });

/** Entering a PIN of six digits, from the call to the block, by a person who needs no time. */
export const pinPadWireRatio: Measure = async () => {
  const slow = await pinPadAt(SLOW_BAUD_RATE);
  const fast = await pinPadAt(BAUD_RATE);
  return atTwoSpeeds(slow, BAUD_RATE, fast);
};

const pinPadAt = (baudRate: number) =>
  withFolder(async (dir) => {
    const simulator = await spawnSimulator(simulatorMain('pin-pad'), { dir });
    await simulator.call('putKey', { cipher: '3des', slot: 0x30, keyHex: randomBytes(16).toString('hex') });
    const far = terminalEnd(String(simulator.ready['port']), baudRate);
    const bench = await openDevice(dir, zt598PinPad, far, { baudRate, options: { baudRate } });
    // The last of the commands that open an entry: the pad hears keys from here on.
    simulator.on('command', (command) => {
      if (command === START_PIN) void simulator.call('press', { keys: ['5', '0', '8', '3', '1', '7', 'enter'] });
    });
    const cardNumber = SYNTHETIC_CARDS.ordinary.number;
    const entry = { format: 'iso0', cardNumber, minDigits: 6, maxDigits: 6, onDigits: () => undefined } as const;
    try {
      return await measure(bench.line, async (time) => {
        must(await time(() => bench.device.enterPin({ ...entry, signal: NEVER })));
      });
    } finally {
      await bench.close();
      await simulator.stop();
    }
  });

const START_PIN = '6';

function atTwoSpeeds(slow: Ratio, fastRate: number, fast: Ratio): Measured {
  return { runs: slow.runs, against: { ...slow.against, [`ratio at ${fastRate}`]: rounded(median(fast.runs)) } };
}

interface Ratio extends Measured {
  readonly against: Against;
}

type Timer = <T>(work: () => Promise<T>) => Promise<T>;

async function measure(line: PacedLine, round: (time: Timer) => Promise<void>): Promise<Ratio> {
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
    runs: measured.map((took, i) => took / wireMs(sent[i]!, line.baudRate)),
    against: {
      'operation ms': rounded(median(measured)),
      'bytes, both directions': median(sent),
      [`ms on the wire at ${line.baudRate}`]: rounded(wireMs(median(sent), line.baudRate)),
    },
  };
}

async function openDevice<K extends DeviceKind>(
  dir: string,
  driver: Driver<K>,
  far: FarEnd,
  { baudRate, options }: { readonly baudRate: number; readonly options: Readonly<Record<string, unknown>> } = {
    baudRate: BAUD_RATE,
    options: {},
  },
) {
  const line = await pacedLine(dir, far, baudRate);
  const news = new EventEmitter();
  const created = driver.create(
    { id: 'measured', driver: driver.name, port: line.port, options },
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
