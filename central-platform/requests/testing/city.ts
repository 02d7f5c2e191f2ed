import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { RequestForm } from '@kiosk/contract/journal/request-form.ts';
import { SYNTHETIC_PIN_KEYS } from '@kiosk/domain/synthetic-bank.ts';
import { type SyntheticPerson, syntheticCardNumber, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { createItemUses } from '../../channels/item-uses.ts';
import { syntheticCore } from '../../core/synthetic-core.ts';
import { terminalsOnly } from '../../gateway/gates/default-facts.ts';
import { syntheticBank } from '../../neighbours/synthetic-bank.ts';
import { syntheticOffices } from '../../neighbours/synthetic.ts';
import { useCounter } from '../../testing/counter.ts';
import { startTestPlatform } from '../../testing/installation.ts';
import { DepositorAtTerminal } from './depositor.ts';

export const TODAY = '2026-11-21';
export const ordinary = syntheticPerson('ordinary', TODAY);
export const cardNumber = syntheticCardNumber(7);
export const RENT: Extract<RequestForm, { item: 'B04' }> = {
  item: 'B04',
  months: 3,
  payTo: 'onRecord',
  consents: ['homes'],
};

export interface CityOptions extends Pick<Parameters<typeof startTestPlatform>[0] & object, 'config' | 'prepare'> {
  readonly homes?: number;
  readonly retiredOn?: string | null;
  readonly person?: SyntheticPerson;
  /** How often in a day each item may be used. */
  readonly uses?: { readonly perPersonDay: number | null; readonly perDay: number | null };
}

/** A platform with a depositor who is identified: every item open, the offices' answers and the bank's faults in hand. */
export async function start(
  t: TestContext,
  { homes = 0, retiredOn = null, person = ordinary, uses, ...more }: CityOptions = {},
) {
  const clock = new ManualClock();
  const bank = syntheticBank({ clock, keys: SYNTHETIC_PIN_KEYS });
  const known = new Map([[ordinary.idNumber, { homes: { count: homes }, work: { employed: false, retiredOn } }]]);
  const checks = syntheticOffices(clock, known);
  const core = syntheticCore(clock);
  // Every item is open, whatever the catalogue publishes today.
  const open = terminalsOnly('38010000', '12329');
  const { count, release } = createItemUses(useCounter());
  const limited = { item: async (id: string) => ({ ...(await open.item(id))!, uses: uses! }), countUse: count };
  const gates = uses ? { ...open, ...limited, releaseUse: release } : open;
  const platform = await startTestPlatform({ ...more, clock, parts: { bank, checks, core, gates } });
  t.after(() => platform.end());
  const depositor = new DepositorAtTerminal(platform, await platform.terminal(), person);
  await depositor.identify();
  const balance = async () => {
    const found = await core.findByIdNumber(ordinary.idNumber);
    assert.ok(found.ok && found.value);
    return found.value.accounts[0]!.balanceFen;
  };
  const bindCard = async (number = cardNumber) => {
    const { identityToken, terminal } = depositor;
    const checked = await terminal.ask('verifyPayoutCard', {
      identityToken,
      operationId: `card ${number}`,
      cardNumber: number,
    });
    assert.ok(checked.verified, JSON.stringify(checked));
    return depositor.request(
      { item: 'B02', source: 'typed', cardCheckId: checked.cardCheckId },
      { cardNumber: number },
    );
  };
  return { clock, bank, checks, core, platform, depositor, balance, bindCard };
}
