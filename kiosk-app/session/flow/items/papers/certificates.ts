import type { DocumentAsk } from '@kiosk/contract/platform/api.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { type Move, flow } from '../item-flow.ts';
import { fact, facts, press, said, words } from '../parts.ts';
import { PURPOSES, type Purpose } from './purposes.ts';

type Place =
  | { readonly at: 'purpose' }
  | { readonly at: 'other' }
  | { readonly at: 'confirm'; readonly purpose: Words; readonly masked: boolean };

const NOTHING = { to: 'nothing' } as const;
const TITLE = words('个人缴存证明', 'Deposit certificate');

/** P02: that somebody pays into the fund, for whoever asks to see it. */
export const depositCertificateFlow = flow<Place>({
  items: ['P02'],
  needs: 'documentPrinter',
  open: () => ({ to: 'show', place: { at: 'purpose' } }),
  answered: () => NOTHING,

  act(place, action) {
    switch (place.at) {
      case 'purpose': {
        if (action.type !== 'choose') return NOTHING;
        if (action.id === 'other') return { to: 'show', place: { at: 'other' } };
        const found = PURPOSES.find(({ id }) => id === action.id);
        return found ? confirm(found.name) : NOTHING;
      }
      case 'other':
        return action.type === 'enter' && action.value.trim() !== ''
          ? confirm(words(action.value.trim(), action.value.trim()))
          : NOTHING;
      case 'confirm':
        if (action.type === 'toggle' && action.id === 'whole') {
          return { to: 'show', place: { ...place, masked: !place.masked }, replace: true };
        }
        return action.type === 'press' && action.id === 'print' ? issued(place) : NOTHING;
    }
  },

  view(place) {
    switch (place.at) {
      case 'purpose':
        return purposeScreen(PURPOSES);
      case 'other':
        return otherScreen();
      case 'confirm':
        return confirmScreen(place);
    }
  },
});

const confirm = (purpose: Words): Move<Place> => ({ to: 'show', place: { at: 'confirm', purpose, masked: true } });

function issued(place: Extract<Place, { at: 'confirm' }>): Move<Place> {
  // A paper of the centre is written in Chinese.
  const paper: DocumentAsk = { kind: 'depositCertificate', purpose: place.purpose.zh };
  return { to: 'issue', paper, title: TITLE, masked: place.masked, place };
}

function purposeScreen(purposes: readonly Purpose[]): Screen {
  return {
    screen: 'choices',
    item: 'P02',
    title: words('证明用来做什么？', 'What is the certificate for?'),
    lead: words('用途会写在证明上。', 'It is written on the certificate.'),
    options: [
      ...purposes.map(({ id, name }) => ({ id, title: name })),
      { id: 'other', title: words('其他用途', 'Something else') },
    ],
    page: 1,
    pages: 1,
    presses: [],
  };
}

function otherScreen(): Screen {
  return {
    screen: 'entry',
    item: 'P02',
    title: words('写下用途', 'What is it for?'),
    field: 'purpose',
    ask: { kind: 'text', max: 30, lines: 1 },
    error: null,
    presses: [],
  };
}

function confirmScreen({ purpose, masked }: Extract<Place, { at: 'confirm' }>): Screen {
  return {
    screen: 'sheet',
    item: 'P02',
    title: words('打印缴存证明', 'Print the deposit certificate'),
    lead: words('带电子印章和验证码，收到的人可以扫码核验。', 'Sealed; whoever gets it can verify it by its code.'),
    blocks: [
      facts([fact(words('用途', 'For'), said(purpose), { strong: true })]),
      { block: 'ticks', ticks: [wholeTick(masked)] },
    ],
    page: 1,
    pages: 1,
    presses: [press('print', words('打印', 'Print'), 'go')],
  };
}

/** Whether the ID number stands whole on the paper. */
export const wholeTick = (masked: boolean) => ({
  id: 'whole',
  words: words('印完整的身份证号', 'With the whole ID number'),
  ticked: !masked,
  detail: words('不勾选则只印首尾各一位', 'Otherwise only its first and last character'),
});
