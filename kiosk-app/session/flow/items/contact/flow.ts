import type { z } from 'zod';
import { kept } from '../keep.ts';
import { type Move, flow } from '../item-flow.ts';
import { data, fact, words } from '../parts.ts';
import { ContactPlace, actOnContact, askContact, contactAnswered, contactRefused, contactScreen } from './step.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import type { State } from '../../state.ts';

const Place = ContactPlace;
type Place = z.infer<typeof Place>;

const STATEMENT = words(
  '本人申请把住房公积金的联系手机号改为上面的号码，并确认这个号码由本人使用。',
  'I ask that the number above becomes my contact number with the fund, and confirm that it is mine.',
);

/** B01: another phone. The new one is reached by a code first; whoever has the old one no more proves who they are in another way. */
export const contactFlow = flow<Place>({
  items: ['B01'],
  open: () => askContact(),
  act: (place, action) => actOnContact(place, action),
  answered: (place, told, state) => contactAnswered(place, told, (reached, stand) => wish(state, reached, stand)),
  refused: contactRefused,
  view: (place, state) => contactScreen('B01', place, state),
  ...kept(Place),
});

function wish(state: State, reached: { phone: string; contactCheckId: string }, place: Place): Move<Place> {
  const { phone, contactCheckId } = reached;
  const former = state.person?.phoneMasked;
  return {
    to: 'confirm',
    place,
    wish: {
      item: 'B01',
      form: { item: 'B01', change: 'phone', contactCheckId },
      person: { newPhone: phone },
      line: words('变更手机号', 'Another phone number'),
      facts: [
        ...(former ? [fact(words('现在的手机号', 'Number until now'), data(former))] : []),
        fact(words('新的手机号', 'New number'), data(maskPhone(phone)), { strong: true }),
      ],
      statement: STATEMENT,
      confirmed: true,
      reply: false,
    },
  };
}
