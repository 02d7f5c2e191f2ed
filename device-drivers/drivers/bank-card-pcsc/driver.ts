import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import type { Driver } from '../driver.ts';
import { readOptions } from '../options.ts';
import { PcscReader } from './device.ts';
import { systemPcsc } from './pcsc.ts';

const ms = (initial: number) => z.number().int().positive().default(initial);
const Options = z.strictObject({ answerMs: ms(5_000), backOffFirstMs: ms(500), backOffMostMs: ms(10_000) });

/** Any reader that the system's PC/SC service knows: `"port": "pcsc:"`, or `"pcsc:part of its name"`. Chip only. */
export const pcscBankCardReader: Driver<'bankCardReader'> = {
  name: 'bank-card-pcsc',
  kind: 'bankCardReader',
  capabilities: { type: 'dip', chipProtocols: ['chipT0', 'chipT1'] },
  create(config, deps) {
    if (!config.port.startsWith('pcsc:')) {
      return fail('E8101', `${config.id}: port is ${config.port}, expected pcsc: or pcsc:part of the reader's name`);
    }
    const options = readOptions(config.id, Options, config.options);
    if (!options.ok) return options;
    const reader = config.port.slice('pcsc:'.length).trim();
    return ok(new PcscReader(systemPcsc(deps.clock), { ...options.value, reader }, deps));
  },
};
