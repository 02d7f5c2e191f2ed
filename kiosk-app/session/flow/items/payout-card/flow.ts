import type { Move } from '../item-flow.ts';
import { flow } from '../item-flow.ts';
import { data, fact, words } from '../parts.ts';
import {
  CardPlace,
  type CheckedCard,
  actOnCard,
  askCard,
  cardAnswered,
  cardScreen,
  cardWasRead,
  shownCard,
} from './step.ts';
import { kept } from '../keep.ts';

/** B02: the card that withdrawals are paid to. */
export const payoutCardFlow = flow<CardPlace>({
  items: ['B02'],
  open: (_item, state) => askCard(state),
  act: (place, action) => actOnCard(place, action),
  cardRead: (place, number, code) => cardWasRead(place, number, code),
  answered: (place, told) => cardAnswered(place, told, wish),
  view: (place, state) => cardScreen('B02', place, state),
  ...kept(CardPlace, ['insert']),
});

function wish(card: CheckedCard, place: CardPlace): Move<CardPlace> {
  const { number: cardNumber, cardCheckId, source } = card;
  return {
    to: 'confirm',
    place: place.at === 'insert' ? { at: 'how' } : place,
    wish: {
      item: 'B02',
      form: { item: 'B02', source, cardCheckId },
      person: { cardNumber },
      line: words('变更收款卡', 'Another payout card'),
      facts: [
        fact(words('收款卡', 'Payout card'), data(shownCard(card)), { strong: true }),
        fact(words('户名核验', 'Name'), {
          kind: 'words',
          words: words('银行已确认是您本人的卡', 'The bank confirms that it is yours'),
        }),
      ],
      statement: words(
        '本人申请以后的住房公积金提取款都付到上面这张卡，并确认此卡为本人所有。',
        'I ask that withdrawals from the fund are paid to the card above, and confirm that it is mine.',
      ),
      confirmed: true,
      reply: false,
    },
  };
}
