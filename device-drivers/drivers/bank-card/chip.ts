import { randomBytes } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { BankCard } from '@kiosk/contract/services/devices.ts';
import { type CommandApdu, encodeCommand, parseResponse } from '../../codec/emv/apdu.ts';
import { type ChipUnreadable, readBankCardChip } from '../../codec/emv/read.ts';

/** A powered chip, whatever reader it sits in. */
export interface CardChannel<E> {
  /** A command's bytes; data and status word as the chip gave them. */
  transmit(apdu: Uint8Array): Promise<Result<Uint8Array, E>>;
}

/** China keeps one time zone; a PDOL asks for the date in local time. */
const CHINA_MS = 8 * 3_600_000;

/** Reads a card through a channel. The channel's own trouble comes back as `channel`. */
export async function readChip<E>(
  channel: CardChannel<E>,
  clock: Clock,
): Promise<Result<BankCard, { readonly channel: E } | { readonly chip: ChipUnreadable }>> {
  const [year, month, day] = new Date(clock.now() + CHINA_MS).toISOString().slice(2, 10).split('-');
  const date = Buffer.from(`${year}${month}${day}`, 'hex');
  const reading = readBankCardChip({ date, unpredictableNumber: randomBytes(4) });
  let next = reading.next();
  while (!next.done) {
    const { step, apdu }: { step: ChipUnreadable['step']; apdu: CommandApdu } = next.value;
    const answer = await channel.transmit(encodeCommand(apdu));
    if (!answer.ok) return err({ channel: answer.error });
    const response = parseResponse(answer.value);
    if (!response) return err({ chip: { step, detail: 'answer without a status word' } });
    next = reading.next(response);
  }
  return next.value.ok ? ok(next.value.value) : err({ chip: next.value.error });
}

/** A signal is aborted with a code of the catalogue as its reason (contract/rpc/server.ts). */
export const abortCode = (signal: AbortSignal): 'E9001' | 'E9002' => (signal.reason === 'E9002' ? 'E9002' : 'E9001');
