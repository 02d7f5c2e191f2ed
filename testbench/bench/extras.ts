import { SYNTHETIC_CARDS, type SyntheticCardName } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import type { RunningSimulator } from '../simulators/process.ts';
import type { ExtraDevice, Machine } from './machine.ts';
import type { BankCard, ExtrasState } from './state.ts';

/** What hands do at the devices beside reader and printers: the action's name, the device, and what it means there. */
const ACTIONS: Readonly<
  Record<string, readonly [ExtraDevice, (simulator: RunningSimulator, value: unknown) => Promise<unknown>]>
> = {
  insertBankCard: ['bankCard', (reader, which) => reader.call('insert', which)],
  takeBankCard: ['bankCard', (reader) => reader.call('take')],
  openBankCardReader: ['bankCard', (reader) => reader.call('empty')],
  fillBin: ['bankCard', (reader) => reader.call('fillBin')],
  pressKey: ['pinPad', (pad, key) => pad.call('press', { keys: [key] })],
  tamperPad: ['pinPad', (pad) => pad.call('tamper')],
  removePad: ['pinPad', (pad) => pad.call('remove')],
  mendPad: ['pinPad', (pad) => pad.call('putInOrder')],
  padTimeOut: ['pinPad', (pad) => pad.call('timeOut')],
  showCode: [
    'scanner',
    (scanner, code) => scanner.call('show', { codeHex: Buffer.from(String(code)).toString('hex') }),
  ],
  setContact: ['ioBoard', (board, contacts) => board.call('set', contacts)],
  forgetOutputs: ['ioBoard', (board) => board.call('forget')],
};

/** undefined: not one of these actions. */
export function extraAction(machine: Machine, action: string, value: unknown): Promise<unknown> | undefined {
  const found = ACTIONS[action];
  if (!found) return undefined;
  const [device, act] = found;
  const simulator = machine[device];
  return simulator ? act(simulator, value) : Promise.reject(new Error(`this machine has no ${device}`));
}

const CARD_NAMES: Readonly<Record<SyntheticCardName, string>> = {
  ordinary: 'Ordinary chip card',
  old: 'Old chip',
  track2Only: 'Number only in track 2',
  holder: 'Knows its holder',
  wrongCheckDigit: 'Wrong check digit',
  stripeOnly: 'Stripe only',
  neither: 'Neither chip nor stripe',
};

export const BANK_CARDS: readonly BankCard[] = (Object.keys(SYNTHETIC_CARDS) as SyntheticCardName[]).map((key) => ({
  key,
  name: CARD_NAMES[key],
  note: `ends in ${SYNTHETIC_CARDS[key].number.slice(-4)}`,
}));

export async function extrasState(machine: Machine): Promise<ExtrasState> {
  const devices = ['bankCard', 'pinPad', 'scanner', 'ioBoard'] as const;
  const states = await Promise.all(
    devices.flatMap((name) => machine[name]?.call('state').then((state) => [name, state] as const) ?? []),
  );
  return Object.fromEntries(states) as ExtrasState;
}
