import type { BenchState } from '../state.ts';
import { act, at, button, chips, choice, draw, element } from './dom.ts';
import { cabinet } from './cabinet.ts';

const POSITIONS = { none: 'no card', gate: 'a card in the gate', inside: 'a card inside' };
const PAD_MODES = { off: 'keys are off', clear: 'keys drive the screen', pin: 'a PIN is typed' };

/** Rows of the pad as they lie under a finger. */
const KEYS: readonly (readonly (readonly [key: string, cap: string])[])[] = [
  [one('1'), one('2'), one('3'), ['cancel', 'Cancel']],
  [one('4'), one('5'), one('6'), ['clear', 'Clear']],
  [one('7'), one('8'), one('9'), ['tab', 'Tab']],
  [['point', '.'], one('0'), ['doubleZero', '00'], ['enter', 'Enter']],
  [
    ['left', '←'],
    ['up', '↑'],
    ['down', '↓'],
    ['right', '→'],
  ],
];

const CODES = [
  ['TICKET-20261121-0042', 'A ticket'],
  ['https://example.test/certificate/7f3a', 'A certificate'],
  ['TICKET\u0012r', 'Typed to do harm'],
] as const;

const CONTACTS = { doorOpen: 'Door open', tampered: 'Cabinet broken open', personPresent: 'Somebody stands there' };

function one(digit: string): readonly [string, string] {
  return [digit, digit];
}

export function showExtras({ extras, bankCards }: BenchState): void {
  showBankCard(extras.bankCard, bankCards);
  showPinPad(extras.pinPad);
  showScanner(extras.scanner);
  showCabinet(extras.ioBoard);
}

function showBankCard(reader: BenchState['extras']['bankCard'], cards: BenchState['bankCards']): void {
  if (!reader) return;
  const retained = reader.retained > 0 ? `, ${reader.retained} in the bin` : '';
  at('bankCard-where').textContent = POSITIONS[reader.position] + retained;
  draw('bankCard-hands', [reader, cards], () => [
    chips(...cards.map(({ key, name, note }) => button(name, () => void act('insertBankCard', key), note))),
    chips(
      button('Take the card', () => void act('takeBankCard')),
      button('Open the reader', () => void act('openBankCardReader')),
      button('Fill the bin', () => void act('fillBin')),
    ),
    ...reader.harm.map((harm) => element('p', { className: 'gone' }, harm)),
  ]);
}

function showPinPad(pad: BenchState['extras']['pinPad']): void {
  if (!pad) return;
  const digits = pad.mode === 'pin' ? `, ${pad.digits} digits` : '';
  at('pinPad-where').textContent = PAD_MODES[pad.mode] + digits;
  draw('pinPad-hands', 'always the same', () => [
    element(
      'div',
      { className: 'keys' },
      ...KEYS.flat().map(([key, cap]) => button(cap, () => void act('pressKey', key), undefined, key)),
    ),
    chips(
      button('Open its case', () => void act('tamperPad')),
      button('Take it away', () => void act('removePad')),
      button('Put it back', () => void act('mendPad')),
      button('Let its time run out', () => void act('padTimeOut')),
    ),
  ]);
}

function showScanner(scanner: BenchState['extras']['scanner']): void {
  if (!scanner) return;
  at('scanner-where').textContent = scanner.looking ? 'looks for a code' : 'does not look';
  draw('scanner-hands', 'always the same', () => {
    const text = element('input', { value: CODES[0][0], ariaLabel: 'Text of the code' }) as HTMLInputElement;
    const show = element('form', { className: 'show' }, text, element('button', {}, 'Show this code'));
    show.onsubmit = (event) => {
      event.preventDefault();
      void act('showCode', text.value);
    };
    return [chips(...CODES.map(([code, name]) => button(name, () => void act('showCode', code)))), show];
  });
}

function showCabinet(board: BenchState['extras']['ioBoard']): void {
  if (!board) return;
  draw('ioBoard-hands', board, () => [
    cabinet(board),
    chips(
      ...Object.entries(CONTACTS).map(([name, text]) => {
        const on = board.contacts[name] ?? false;
        return choice(text, on, () => void act('setContact', { [name]: !on }));
      }),
      button('Cut its power for a moment', () => void act('forgetOutputs')),
    ),
  ]);
}
