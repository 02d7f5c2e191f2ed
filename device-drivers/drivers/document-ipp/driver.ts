import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import type { Driver } from '../driver.ts';
import { readOptions } from '../options.ts';
import { IppClient } from './client.ts';
import { DocumentPrinter } from './device.ts';

/** Options of the machine configuration; times in ms; every one has a default. */
export const IppOptions = z.strictObject({
  answerMs: z.number().int().positive().default(5_000),
  sendMs: z.number().int().positive().default(30_000),
  pollMs: z.number().int().positive().default(1_000),
  idleMs: z.number().int().positive().default(5_000),
  lostMs: z.number().int().positive().default(15_000),
  cancelMs: z.number().int().positive().default(10_000),
  /** A printer that cannot print on both sides prints on one, and the self-test says so. */
  sides: z.enum(['one-sided', 'two-sided-long-edge', 'two-sided-short-edge']).default('one-sided'),
});

/**
 * A4 printers that speak IPP (every network printer and every CUPS queue), `ipp://host:631/ipp/print`. They take PDF as
 * it is; nothing is rendered on the kiosk.
 */
export const ippDocumentPrinter: Driver<'documentPrinter'> = {
  name: 'ipp',
  kind: 'documentPrinter',
  capabilities: { type: 'document', sensors: ['paperNearEnd', 'paperEnd', 'cover'] },
  create(config, deps) {
    const options = readOptions(config.id, IppOptions, config.options);
    if (!options.ok) return options;
    const protocol = URL.parse(config.port)?.protocol;
    if (protocol !== 'ipp:' && protocol !== 'ipps:') {
      return fail('E8101', `${config.id}: port must be ipp://host:port/path, not ${config.port}`);
    }
    const { sides, ...times } = options.value;
    const client = new IppClient(config.port, deps.clock, deps.trace);
    return ok(new DocumentPrinter(client, times, sides, deps));
  },
};
