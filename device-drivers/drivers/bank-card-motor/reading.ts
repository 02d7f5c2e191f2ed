import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { BankCard } from '@kiosk/contract/services/devices.ts';
import { type Stripe, cardFromStripe, findTracks, parseStripe } from '../../codec/magstripe.ts';
import { abortCode, type CardChannel, readChip } from '../bank-card/chip.ts';
import type { BankCardReaderDevice, DriverDeps } from '../driver.ts';
import type { Motor, Trouble } from './motor.ts';
import type { MotorOptions } from './options.ts';

/** What a reading needs of the mechanics. */
export type ReadingMotor = Pick<
  Motor,
  'dialect' | 'position' | 'run' | 'look' | 'pause' | 'enableEntry' | 'disableEntry' | 'chipOn' | 'chipOff'
>;

type OnProgress = Parameters<BankCardReaderDevice['readBankCard']>[0]['onProgress'];

/** Waits for a card, takes it in and reads its chip, else its stripe. The card stays inside, without power. */
export async function readInserted(
  motor: ReadingMotor,
  options: MotorOptions,
  clock: DriverDeps['clock'],
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Result<BankCard>> {
  const inserted = await waitForCard(motor, options, signal);
  if (!inserted.ok) return inserted;
  onProgress({ step: 'inserted' });
  if (signal.aborted) return fail(abortCode(signal));
  onProgress({ step: 'reading' });

  const byChip = await readByChip(motor, clock, signal);
  if (byChip.ok || !isUnreadable(byChip.error)) return byChip;
  if (!options.stripe || motor.dialect.stripe.length === 0) return fail('E1303', byChip.error.detail);
  const byStripe = await readByStripe(motor, signal);
  if (byStripe.ok || !isUnreadable(byStripe.error)) return byStripe;
  return fail('E1303', `${byChip.error.detail}; ${byStripe.error.detail}`);
}

/** An error that no table has says nothing of the reader when a chip or a stripe is spoken to: it is the card's. */
const isUnreadable = ({ code, is }: Trouble) => code === 'E1303' || is === 'unknown';

/** The shutter is open only while a card is waited for. */
async function waitForCard(motor: ReadingMotor, options: MotorOptions, signal: AbortSignal): Promise<Result<void>> {
  const enabled = await motor.enableEntry();
  if (!enabled.ok) return enabled;
  for (;;) {
    const looked = await motor.look();
    if (!looked.ok) return looked;
    if (motor.position === 'inside') break;
    if (signal.aborted) {
      await motor.disableEntry();
      return fail(abortCode(signal));
    }
    await motor.pause(options.pollMs, signal);
  }
  const closed = await motor.disableEntry();
  // The card was pulled back at the last moment: the shutter must not stay open for the next one.
  if (!closed.ok && closed.error.code === 'E1302') await motor.disableEntry();
  return closed;
}

async function readByChip(
  motor: ReadingMotor,
  clock: DriverDeps['clock'],
  signal: AbortSignal,
): Promise<Result<BankCard, Trouble>> {
  const on = await motor.chipOn();
  if (!on.ok) {
    // Without power to the chip there is nothing to read, but the stripe may still be.
    await motor.chipOff();
    return err(on.error);
  }
  const channel: CardChannel<Trouble> = {
    async transmit(apdu) {
      if (signal.aborted) return fail(abortCode(signal));
      const answer = await motor.run(motor.dialect.chipApdu(apdu), signal);
      if (answer.ok) return ok(answer.value.data);
      return answer.error.code === 'E9001' ? fail(abortCode(signal)) : answer;
    },
  };
  const card = await readChip(channel, clock);
  await motor.chipOff();
  if (card.ok) return card;
  if ('channel' in card.error) return err(card.error.channel);
  return fail('E1303', `chip, ${card.error.chip.step}: ${card.error.chip.detail}`);
}

async function readByStripe(motor: ReadingMotor, signal: AbortSignal): Promise<Result<BankCard, Trouble>> {
  let detail = 'stripe: nothing read';
  for (const { command, track } of motor.dialect.stripe) {
    if (signal.aborted) return fail(abortCode(signal));
    const answer = await motor.run(command, signal);
    if (!answer.ok) {
      if (!isUnreadable(answer.error)) return answer;
      detail = `stripe: ${answer.error.detail}`;
      continue;
    }
    const text = Buffer.from(answer.value.data).toString('latin1');
    const tracks = track === 'all' ? findTracks(answer.value.data) : track === 2 ? { track2: text } : { track1: text };
    const parsed: Result<Stripe, string> = parseStripe(tracks);
    if (parsed.ok) return ok(cardFromStripe(parsed.value));
    detail = `stripe: ${parsed.error}`;
  }
  return fail('E1303', detail);
}
