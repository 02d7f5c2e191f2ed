import { type RunningSimulator, spawnSimulator } from '../simulators/process.ts';
import type { LinkMode, LinkOptions } from '../simulators/link/simulator.ts';

/** The simulated world around a terminal: three devices and the line to the platform. */
export interface Machine {
  readonly idReader: RunningSimulator;
  readonly slipPrinter: RunningSimulator;
  readonly documentPrinter: RunningSimulator;
  readonly link: RunningSimulator;
  stop(): Promise<void>;
}

export type DeviceName = 'idReader' | 'slipPrinter' | 'documentPrinter';

export interface MachineOptions {
  /** Where printed PDFs and sockets of the simulators go. */
  readonly dir: string;
  readonly link: LinkOptions;
  /** How long one A4 page takes; halls' printers need about 2,000 ms. */
  readonly millisecondsPerPage: number;
}

const main = (device: string) => new URL(`../simulators/${device}/main.ts`, import.meta.url);

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { dir, millisecondsPerPage } = options;
  const [idReader, slipPrinter, documentPrinter, link] = await Promise.all([
    spawnSimulator(main('id-reader'), { dir }),
    spawnSimulator(main('slip-printer'), { dir }),
    spawnSimulator(main('document-printer'), { dir, millisecondsPerPage }),
    spawnSimulator(main('link'), options.link),
  ]);
  return {
    idReader,
    slipPrinter,
    documentPrinter,
    link,
    async stop() {
      await Promise.all([idReader, slipPrinter, documentPrinter, link].map((s) => s.stop()));
    },
  };
}

export const setLink = (machine: Machine, mode: LinkMode) => machine.link.call('setMode', mode);
