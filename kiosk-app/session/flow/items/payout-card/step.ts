import type { Screen } from '@kiosk/contract/screen/view.ts';
import { maskAccount } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { deviceCode } from '../../menu.ts';
import type { State } from '../../state.ts';
import type { ItemAction, Move, PlatformTold } from '../item-flow.ts';
import { notice, press, words } from '../parts.ts';

/** A bank card that money goes to: put in or typed, then checked by its bank. Part of any item that pays something out. */
export const CardPlace = z.discriminatedUnion('at', [
  z.object({ at: z.literal('how') }),
  z.object({ at: z.literal('insert'), error: z.string().nullable() }),
  z.object({ at: z.literal('type') }),
  z.object({
    at: z.literal('repair'),
    repair: z.enum(['number', 'name', 'closed', 'credit']),
    words: z.object({ zh: z.string(), en: z.string() }),
    bankName: z.string().nullable(),
  }),
]);
export type CardPlace = z.infer<typeof CardPlace>;

/** A card its bank knows as this person's. */
export const CheckedCard = z.object({
  number: z.string().max(19),
  cardCheckId: z.string().max(60),
  bankName: z.string(),
  source: z.enum(['inserted', 'typed']),
});
export type CheckedCard = z.infer<typeof CheckedCard>;

export const shownCard = ({ bankName, number }: CheckedCard): string => `${bankName} ${maskAccount(number)}`;

const NOTHING = { to: 'nothing' } as const;
const canInsert = (state: State): boolean => deviceCode(state, 'bankCardReader') === null;

/** Where there is no reader, or it rests, the number is typed. */
export const askCard = (state: State): Move<CardPlace> => ({
  to: 'show',
  place: canInsert(state) ? { at: 'how' } : { at: 'type' },
});

export function actOnCard(place: CardPlace, action: ItemAction): Move<CardPlace> {
  const chosen = action.type === 'choose' || action.type === 'press' ? action.id : null;
  if (place.at === 'type' && action.type === 'enter') return check(action.value, place);
  if (chosen === 'type' || (place.at === 'repair' && chosen === 'again')) return { to: 'show', place: { at: 'type' } };
  return chosen === 'insert' && place.at !== 'type' ? insert() : NOTHING;
}

const insert = (): Move<CardPlace> => ({ to: 'readCard', place: { at: 'insert', error: null } });

function check(number: string, place: CardPlace): Move<CardPlace> {
  const cardNumber = number.replace(/\s/g, '');
  if (!/^\d{12,19}$/.test(cardNumber)) return NOTHING;
  return { to: 'ask', ask: { route: 'verifyPayoutCard', request: { cardNumber } }, place };
}

export function cardWasRead(place: CardPlace, number: string | null, code: string | null): Move<CardPlace> {
  if (number !== null) return check(number, place);
  return { to: 'show', place: { at: 'insert', error: code ?? 'E1303' }, replace: true };
}

/** `verified`: where the item goes on from. */
export function cardAnswered<Place>(
  place: CardPlace | undefined,
  told: PlatformTold,
  verified: (card: CheckedCard, at: CardPlace) => Move<Place>,
): Move<Place | CardPlace> {
  if (told.route !== 'verifyPayoutCard' || !place) return NOTHING;
  const { value } = told;
  if (!value.verified) {
    const { repair, words: said, bankName = null } = value;
    return { to: 'show', place: { at: 'repair', repair, words: said, bankName }, replace: true };
  }
  const source = place.at === 'insert' ? ('inserted' as const) : ('typed' as const);
  const { cardCheckId, bankName } = value;
  return verified({ number: told.request.cardNumber, cardCheckId, bankName, source }, place);
}

/** What the person can do about it, by what the bank said. */
const REPAIRS = {
  number: words('请对着卡面再输一次卡号。', 'Please type the number once more, as it stands on the card.'),
  name: words(
    '银行登记的姓名和身份证不完全一样，常见于名字中间的点或生僻字。可以换一张本人的卡；或带身份证去这家银行更正姓名，再来办。',
    'The bank has your name in another form, often a dot or a rare character. Use another card of yours, or have the bank correct it first.',
  ),
  closed: words(
    '这个账户已经销户或停用，请换一张本人的卡。',
    'This account is closed or blocked. Please use another card of yours.',
  ),
  credit: words('信用卡不能收款，请换一张借记卡。', 'Money cannot go to a credit card. Please use a debit card.'),
} as const;

export function cardScreen(item: string, place: CardPlace, state: State): Screen {
  const paged = { page: 1, pages: 1 };
  switch (place.at) {
    case 'how':
      return {
        screen: 'choices',
        item,
        ...paged,
        title: words('用哪张卡收款？', 'Which card should the money go to?'),
        lead: words('要用您本人名下的借记卡。', 'A debit card in your own name.'),
        options: [
          {
            id: 'insert',
            title: words('插卡读取', 'Put the card in'),
            note: words('只读卡号，不输密码', 'Only its number is read, no PIN'),
          },
          { id: 'type', title: words('输入卡号', 'Type the number') },
        ],
        presses: [],
      };
    case 'insert':
      return {
        screen: 'wait',
        item,
        title: words('请插入银行卡', 'Please put your bank card in'),
        lead: words('读完卡号就退卡，不输密码。', 'The card comes back at once; no PIN is asked for.'),
        picture: 'insertCard',
        typed: null,
        secondsLeft: null,
        blocks:
          place.error === null
            ? []
            : [
                notice(
                  'fault',
                  words(
                    '卡没有读出来，请再插一次或输入卡号。',
                    'The card could not be read. Try again, or type its number.',
                  ),
                ),
              ],
        presses: [
          ...(place.error === null ? [] : [press('insert', words('再插一次', 'Try again'))]),
          press('type', words('输入卡号', 'Type the number')),
        ],
      };
    case 'type':
      return {
        screen: 'entry',
        item,
        title: words('请输入银行卡号', 'Please type the card number'),
        lead: words(
          '您本人名下的借记卡，银行会核验户名。',
          'A debit card in your own name; its bank confirms the name.',
        ),
        field: 'card',
        ask: { kind: 'cardNumber' },
        error: null,
        presses: [],
      };
    case 'repair':
      return {
        screen: 'sheet',
        item,
        ...paged,
        title: words('这张卡现在不能收款', 'Money cannot go to this card'),
        ...(place.bankName === null ? {} : { lead: words(`${place.bankName}的答复`, `${place.bankName} says`) }),
        blocks: [notice('fault', place.words), { block: 'paragraph', words: REPAIRS[place.repair] }],
        presses: [
          ...(canInsert(state) ? [press('insert', words('换一张卡', 'Another card'))] : []),
          press('again', words('输入卡号', 'Type a number'), 'go'),
        ],
      };
  }
}
