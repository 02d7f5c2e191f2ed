import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SLIP_FONTS, slipGlyphs } from '@kiosk/device-drivers/drivers/slip-escpos/glyphs.ts';
import { Pty } from '../pty.ts';
import type { StartSimulator } from '../process.ts';
import { dotsOf } from './dots.ts';
import { type Paper, textOf } from './paper.ts';
import { toPng } from './png.ts';
import { SlipPrinter, type SlipPrinterFault } from './printer.ts';
import { renderSlip } from './render.ts';

export interface SlipPrinterOptions {
  /** TCP port on loopback; 0 or left out: any free one. */
  readonly port?: number;
  /** Path of a pseudo-terminal that leads to the same printer, beside the TCP port. */
  readonly serialLink?: string;
}

/** A slip that was cut off; `number` counts cuts from 1, it is not the number printed on it. */
export interface CutSlip {
  readonly number: number;
  /** One dot of 1/8 mm is one unit; the page that shows it provides the font 'Noto Sans SC'. */
  readonly svg: string;
  readonly text: string;
}

/** Read when the first picture is asked for. */
const FONTS = fileURLToPath(SLIP_FONTS);
const ROM = { regular: slipGlyphs(FONTS, 'Regular'), bold: slipGlyphs(FONTS, 'Bold') };

/**
 * A receipt printer for 80 mm paper with a Chinese character ROM. ready: `{ port: 'tcp://127.0.0.1:…' }` and, when asked
 * for, `serial: path`. Methods: slips, picture, fault, clearFaults, unplug, plug, uncut, unknownCommands. Events: `begun` (the
 * first line of a slip), `slip`, `asked` (for its state).
 */
export const startSlipPrinter: StartSimulator<SlipPrinterOptions> = async (options, emit) => {
  const printer = new SlipPrinter();
  const slips: CutSlip[] = [];
  const papers: Paper[] = [];
  const connections = new Set<Socket>();

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    connections.add(socket);
    socket.on('data', (bytes) => printer.receive(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => connections.delete(socket));
  });
  printer.on('answer', (bytes) => {
    for (const socket of connections) if (socket.writable) socket.write(bytes);
    serial?.write(bytes);
  });
  printer.on('drop', () => {
    for (const socket of connections) socket.resetAndDestroy();
    void serial?.unplug().then(() => serial.plug());
  });
  printer.on('begun', () => emit('begun', {}));
  printer.on('asked', () => emit('asked', {}));
  printer.on('slip', (paper) => {
    const slip = { number: slips.length + 1, svg: renderSlip(paper), text: textOf(paper) };
    slips.push(slip);
    papers.push(paper);
    emit('slip', slip);
  });

  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(options.port ?? 0);

  // The same printer on a serial line: one cable or the other is used.
  const serial =
    options.serialLink === undefined ? undefined : new Pty(options.serialLink, (bytes) => printer.receive(bytes));
  await serial?.listen();
  await serial?.plug();

  async function unplug(): Promise<void> {
    if (!server.listening) return;
    await serial?.unplug();
    const closed = once(server, 'close');
    server.close();
    for (const socket of connections) socket.resetAndDestroy();
    await closed;
  }

  return {
    ready: { port: `tcp://127.0.0.1:${port}`, ...(options.serialLink ? { serial: options.serialLink } : {}) },
    methods: {
      slips: () => slips,
      /** The slip of that number dot by dot, as PNG in base64; undefined when it was not cut. */
      picture(number: number) {
        const paper = papers[number - 1];
        return paper && toPng(dotsOf(paper, ROM)).toString('base64');
      },
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
        await serial?.plug();
      },
    },
    async stop() {
      await unplug();
      await serial?.close();
    },
  };
};
