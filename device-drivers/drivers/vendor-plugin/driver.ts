import { isAbsolute } from 'node:path';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import { Capability } from '../../plugin/messages.ts';
import type { Driver } from '../driver.ts';
import { readOptions } from '../options.ts';
import { VendorPlugin } from './device.ts';

const ms = (initial: number) => z.number().int().positive().default(initial);

/** Options of the machine configuration; `port` is the path of the program. Times in ms. */
export const VendorPluginOptions = z.strictObject({
  args: z.array(z.string()).max(32).default([]),
  /** Beside PATH it gets nothing of the environment but this. */
  env: z.record(z.string(), z.string()).default({}),
  /** What it has to offer, or it is a fault (E1702). */
  capabilities: z.array(Capability.exclude(['idReader'])).default([]),
  /** Until it says who it is: some load models first. */
  helloWithinMs: ms(5_000),
  answerWithinMs: ms(3_000),
  backOffFirstMs: ms(500),
  backOffMostMs: ms(30_000),
});
export type VendorPluginOptions = z.output<typeof VendorPluginOptions>;

/** A vendor's closed library: photo decoder, face matcher, fingerprint matcher (plugin/README.md). */
export const vendorPlugin: Driver<'vendorPlugin'> = {
  name: 'vendor-plugin',
  kind: 'vendorPlugin',
  capabilities: {},
  create(config, deps) {
    const options = readOptions(config.id, VendorPluginOptions, config.options);
    if (!options.ok) return options;
    if (!isAbsolute(config.port)) {
      const wrong = `${config.id}.port: ${JSON.stringify(config.port)} is not allowed; the whole path of a program`;
      return fail('E8101', wrong);
    }
    return ok(new VendorPlugin(config.id, config.port, options.value, deps));
  },
};
