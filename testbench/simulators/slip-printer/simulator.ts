import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import type { StartSimulator } from '../process.ts';
import { textOf } from './paper.ts';
import { SlipPrinter, type SlipPrinterFault } from './printer.ts';
import { renderSlip } from './render.ts';

export interface SlipPrinterOptions {
  /** TCP port on loopback; 0 or left out: any free one. */
  readonly port?: number;
  /** Path of a serial line (a PTY made by socat) that leads to the same printer. */
  readonly serialLink?: string;
}

/** A slip that was cut off; `number` counts cuts from 1, it is not the number printed on it. */
export interface CutSlip {
  readonly number: number;
  /** One dot of 1/8 mm is one unit; the page that shows it provides the font 'Noto Sans SC'. */
  readonly svg: string;
  readonly text: string;
}

/**
 * A receipt printer for 80 mm paper with a Chinese character ROM. ready: `{ port: 'tcp://127.0.0.1:…' }` and, when asked
 * for, `serial: path`. Methods: slips, fault, clearFaults, unplug, plug, uncut, unknownCommands. Event: `slip`.
 */
export const startSlipPrinter: StartSimulator<SlipPrinterOptions> = async (options, emit) => {
  const printer = new SlipPrinter();
  const slips: CutSlip[] = [];
  const connections = new Set<Socket>();
  let serial: ChildProcess | undefined;

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    connections.add(socket);
    socket.on('data', (bytes) => printer.receive(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => connections.delete(socket));
  });
  printer.on('answer', (bytes) => connections.forEach((socket) => socket.writable && socket.write(bytes)));
  printer.on('drop', () => connections.forEach((socket) => socket.resetAndDestroy()));
  printer.on('slip', (paper) => {
    const slip = { number: slips.length + 1, svg: renderSlip(paper), text: textOf(paper) };
    slips.push(slip);
    emit('slip', slip);
  });

  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(options.port ?? 0);

  async function connectSerial(): Promise<void> {
    if (!options.serialLink) return;
    serial = spawn('socat', ['-d', '-d', `PTY,raw,echo=0,link=${options.serialLink}`, `TCP:127.0.0.1:${port}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await new Promise<void>((resolve, reject) => {
      serial!.once('error', reject);
      serial!.once('exit', (code) => reject(new Error(`socat ended with ${code}`)));
      serial!.stderr!.on('data', (log: Buffer) => log.includes('starting data transfer') && resolve());
    });
  }
  async function disconnectSerial(): Promise<void> {
    if (!serial || serial.exitCode !== null) return;
    const ended = once(serial, 'exit');
    serial.kill();
    await ended;
  }
  await connectSerial();

  async function unplug(): Promise<void> {
    if (!server.listening) return;
    await disconnectSerial();
    const closed = once(server, 'close');
    server.close();
    for (const socket of connections) socket.resetAndDestroy();
    await closed;
  }

  return {
    ready: { port: `tcp://127.0.0.1:${port}`, ...(options.serialLink ? { serial: options.serialLink } : {}) },
    methods: {
      slips: () => slips,
      uncut: () => ({ svg: renderSlip(printer.uncut), text: textOf(printer.uncut) }),
      unknownCommands: () => printer.unknownCommands,
      fault: (fault: SlipPrinterFault) => printer.setFault(fault),
      clearFaults: () => printer.clearFaults(),
      unplug,
      /** The same place again; the printer was without power meanwhile. */
      plug: async () => {
        if (server.listening) return;
        printer.powerCycle();
        await listen(port);
        await connectSerial();
      },
    },
    stop: unplug,
  };
};
