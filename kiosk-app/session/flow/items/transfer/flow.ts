import type { Centre } from '@kiosk/contract/platform/reference-data.ts';
import { maskAccount } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import type { State } from '../../state.ts';
import { type ItemAction, type Move, flow } from '../item-flow.ts';
import { kept } from '../keep.ts';
import { data, fact, press, said, words } from '../parts.ts';

const Other = z.object({ id: z.string().max(20).optional(), name: z.string().max(40), city: z.string().max(40) });
const Place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('city') }),
  z.object({ at: z.literal('centres'), typed: z.string().max(40) }),
  z.object({ at: z.literal('account'), centre: Other }),
  z.object({ at: z.literal('unit'), centre: Other, account: z.string().max(40).nullable() }),
]);
type Place = z.infer<typeof Place>;

const ITEM = 'B07';
const NOTHING = { to: 'nothing' } as const;

/** B07: from which city, under which account if it is known; the centres do the rest between them. */
export const transferFlow = flow<Place>({
  items: [ITEM],
  open: () => ({ to: 'show', place: { at: 'city' } }),
  answered: () => NOTHING,

  act(place, action, state) {
    const typed = action.type === 'enter' ? action.value.trim() : '';
    switch (place.at) {
      case 'city':
        return typed === '' ? NOTHING : { to: 'show', place: { at: 'centres', typed } };
      case 'centres':
        return chosen(state, place, action);
      case 'account': {
        const skipped = action.type === 'press' && action.id === 'skip';
        if (!skipped && !/^[0-9A-Za-z]{4,40}$/.test(typed)) return NOTHING;
        return { to: 'show', place: { at: 'unit', centre: place.centre, account: skipped ? null : typed } };
      }
      case 'unit': {
        const skipped = action.type === 'press' && action.id === 'skip';
        return skipped || typed !== '' ? wish(place, skipped ? null : typed.slice(0, 80)) : NOTHING;
      }
    }
  },

  view: (place, state) => {
    const entry = { screen: 'entry' as const, item: ITEM, error: null };
    switch (place.at) {
      case 'city':
        return {
          ...entry,
          title: words('原来在哪个城市缴存？', 'In which city did you pay before?'),
          lead: words('输入城市名，用拼音也可以。', 'The name of the city, or its pinyin.'),
          field: 'city',
          ask: { kind: 'text', max: 20, lines: 1 },
          presses: [],
        };
      case 'centres':
        return {
          screen: 'choices',
          item: ITEM,
          title: words('是下面哪一个？', 'Which of these?'),
          options: [
            ...found(state, place.typed).map(({ id, name, city, connected }) => ({
              id,
              title: city,
              note: connected ? name : words(`${name.zh} · 要多等几天`, `${name.en} · takes some days longer`),
            })),
            {
              id: TYPED,
              title: words(`就是“${place.typed}”`, `“${place.typed}” as typed`),
              note: words('名单里没有', 'Not in the list'),
            },
          ],
          page: 1,
          pages: 1,
          presses: [],
        };
      case 'account':
        return {
          ...entry,
          title: words('原来的个人账号是多少？', 'Your account number there?'),
          lead: words('不知道可以不填，两地中心会核对。', 'It may be left out; the centres find it.'),
          field: 'oldAccount',
          ask: { kind: 'code', max: 40 },
          presses: [press('skip', words('不知道', 'I do not know'))],
        };
      case 'unit':
        return {
          ...entry,
          title: words('原来的单位名称？', 'Your employer there?'),
          lead: words('不记得可以不填。', 'It may be left out.'),
          field: 'oldUnit',
          ask: { kind: 'text', max: 40, lines: 2 },
          presses: [press('skip', words('不填', 'Leave it out'))],
        };
    }
  },
  ...kept(Place),
});

/** Not the id of any centre. */
const TYPED = 'typed';
const SHOWN = 8;

function found(state: State, typed: string): readonly Centre[] {
  const wanted = typed.toLowerCase().replace(/\s/g, '');
  const all = state.agent?.catalogue?.centres ?? [];
  return all
    .filter(
      ({ name, city, pinyin }) =>
        pinyin.startsWith(wanted) ||
        city.zh.includes(typed) ||
        name.zh.includes(typed) ||
        city.en.toLowerCase().startsWith(wanted),
    )
    .slice(0, SHOWN);
}

function chosen(state: State, { typed }: Extract<Place, { at: 'centres' }>, action: ItemAction): Move<Place> {
  if (action.type !== 'choose') return NOTHING;
  if (action.id === TYPED) return { to: 'show', place: { at: 'account', centre: { name: typed, city: typed } } };
  const centre = found(state, typed).find(({ id }) => id === action.id);
  if (!centre) return NOTHING;
  const { id, name, city } = centre;
  return { to: 'show', place: { at: 'account', centre: { id, name: name.zh.slice(0, 40), city: city.zh } } };
}

function wish(place: Extract<Place, { at: 'unit' }>, unit: string | null): Move<Place> {
  const { centre, account } = place;
  const { id, name } = centre;
  return {
    to: 'confirm',
    place,
    wish: {
      item: ITEM,
      form: { item: ITEM, fromCentre: { ...(id === undefined ? {} : { id }), name }, consents: ['identity'] },
      person: {
        ...(account === null ? {} : { oldAccountNumber: account }),
        ...(unit === null ? {} : { oldUnitName: unit }),
      },
      line: words(`从${centre.city}转入`, `From ${centre.city}`),
      facts: [
        fact(words('转出中心', 'From'), data(name), { strong: true }),
        fact(
          words('原账号', 'Account there'),
          account === null ? said(words('由两地中心核对', 'The centres find it')) : data(maskAccount(account)),
        ),
        ...(unit === null ? [] : [fact(words('原单位', 'Employer there'), data(unit))]),
      ],
      statement: words(
        '本人申请把上面中心的住房公积金转入本中心账户，同意两地中心核对本人身份和账户。',
        'I ask that my fund at the centre above is moved to my account here, and agree that both centres compare who I am and my accounts.',
      ),
      confirmed: true,
      reply: true,
    },
  };
}
