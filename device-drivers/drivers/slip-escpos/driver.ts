import { fileURLToPath } from 'node:url';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import { deviceFileTransport } from '../../transport/device-file.ts';
import { serialTransport } from '../../transport/serial.ts';
import { tcpTransport } from '../../transport/tcp.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Driver } from '../driver.ts';
import { readOptions } from '../options.ts';
import { slipPrinterDevice } from './device.ts';
import { SLIP_FONTS, slipGlyphs } from './glyphs.ts';

/** Options of the machine configuration; every one has a default. */
export const EscposOptions = z.strictObject({
  /** Serial printers only. */
  baudRate: z.number().int().positive().default(115_200),
  /** 48 for 80 mm paper, 32 for 58 mm. */
  columns: z.union([z.literal(48), z.literal(32)]).default(48),
  /** What the printer's character ROM holds; what it does not is drawn. */
  rom: z.enum(['gb2312', 'gbk', 'gb18030']).default('gbk'),
  /** Folder with the fonts of assets/fonts, for what is drawn. */
  fonts: z.string().default(fileURLToPath(SLIP_FONTS)),
  answerMs: z.number().int().positive().default(1_000),
  heartbeatMs: z.number().int().positive().default(5_000),
  reconnectMs: z.tuple([z.number().int().positive(), z.number().int().positive()]).default([500, 15_000]),
  printMs: z.number().int().positive().default(20_000),
});

/**
 * Slip printers that speak ESC/POS with Chinese characters, on a network port (`tcp://host:9100`), a serial port, or as
 * the kernel's printer device (`file:///dev/kiosk/slip-printer`, or plainly `/dev/usb/lp0`). A slip counts as printed when the printer answers, in its turn, a question that stands behind the cut.
 */
export const escposSlipPrinter: Driver<'slipPrinter'> = {
  name: 'escpos',
  kind: 'slipPrinter',
  capabilities: { type: 'receipt', control: ['cut'], sensors: ['paperNearEnd', 'paperEnd', 'cover'] },
  create(config, deps) {
    const options = readOptions(config.id, EscposOptions, config.options);
    if (!options.ok) return options;
    const { columns, rom, fonts, baudRate, ...times } = options.value;
    const glyphs = {
      regular: slipGlyphs(fonts, 'Regular'),
      bold: slipGlyphs(fonts, 'Bold'),
    };
    const transport = transportFor(config, baudRate, deps.clock);
    if (!transport)
      return fail(
        'E8101',
        `${config.id}: port must be tcp://host:port, file:///dev/… or a serial port, not ${config.port}`,
      );
    return ok(slipPrinterDevice(transport, { columns, rom, glyphs }, times, deps));
  },
};

function transportFor(config: DeviceConfig, baudRate: number, clock: Clock): Transport | undefined {
  if (/^\/dev\/usb\/lp\d+$/.test(config.port)) return deviceFileTransport(config.port, clock);
  if (!config.port.includes('://')) return serialTransport({ path: config.port, baudRate });
  const url = URL.parse(config.port);
  if (url?.protocol === 'file:' && !url.hostname) return deviceFileTransport(decodeURIComponent(url.pathname), clock);
  if (url?.protocol !== 'tcp:' || !url.hostname || !url.port) return undefined;
  return tcpTransport({ host: url.hostname, port: Number(url.port) }, clock);
}
