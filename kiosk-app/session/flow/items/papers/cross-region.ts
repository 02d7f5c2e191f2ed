import type { Screen } from '@kiosk/contract/screen/view.ts';
import { type Move, flow } from '../item-flow.ts';
import { data, fact, facts, pageOf, press, words } from '../parts.ts';
import type { State } from '../../state.ts';

type Place =
  | { readonly at: 'centre'; readonly page: number }
  | { readonly at: 'other' }
  | { readonly at: 'confirm'; readonly addressee: string };

const PER_PAGE = 8;
const NOTHING = { to: 'nothing' } as const;
const TITLE = words('异地贷款缴存使用证明', 'Cross-region loan certificate');

/** Centres of other cities that the platform publishes; none until it does, and the name is typed. */
const centresOf = ({ agent }: State): readonly string[] => (agent?.catalogue?.centres ?? []).map(({ name }) => name.zh);

/** P03: for a home loan of another city's centre, with the certificate's own life afterwards (domain facts 3.2). */
export const crossRegionFlow = flow<Place>({
  items: ['P03'],
  needs: 'documentPrinter',
  open: (_item, state) => ({
    to: 'show',
    place: centresOf(state).length > 0 ? { at: 'centre', page: 1 } : { at: 'other' },
  }),
  answered: () => NOTHING,

  act(place, action, state) {
    switch (place.at) {
      case 'centre': {
        const centres = centresOf(state);
        if (action.type === 'turnPage') {
          const page = place.page + action.by;
          const known = page >= 1 && page <= Math.ceil(centres.length / PER_PAGE);
          return known ? { to: 'show', place: { at: 'centre', page }, replace: true } : NOTHING;
        }
        if (action.type === 'press' && action.id === 'other') return { to: 'show', place: { at: 'other' } };
        return action.type === 'choose' && centres.includes(action.id) ? confirm(action.id) : NOTHING;
      }
      case 'other': {
        const addressee = action.type === 'enter' ? action.value.trim() : '';
        return addressee.length >= 2 ? confirm(addressee) : NOTHING;
      }
      case 'confirm':
        return action.type === 'press' && action.id === 'print'
          ? { to: 'issue', paper: { kind: 'crossRegionCertificate', addressee: place.addressee }, title: TITLE, place }
          : NOTHING;
    }
  },

  view(place, state) {
    switch (place.at) {
      case 'centre':
        return centreScreen(centresOf(state), place.page);
      case 'other':
        return otherScreen();
      case 'confirm':
        return confirmScreen(place.addressee);
    }
  },
});

const confirm = (addressee: string): Move<Place> => ({ to: 'show', place: { at: 'confirm', addressee } });

function centreScreen(centres: readonly string[], page: number): Screen {
  const { rows, pages } = pageOf(centres, page, PER_PAGE);
  return {
    screen: 'choices',
    item: 'P03',
    title: words('在哪个城市的中心贷款？', 'Which city’s centre lends to you?'),
    options: rows.map((name) => ({ id: name, title: words(name, name) })),
    page: Math.min(page, pages),
    pages,
    presses: [press('other', words('不在这里', 'Not here'))],
  };
}

function otherScreen(): Screen {
  return {
    screen: 'entry',
    item: 'P03',
    title: words('写下贷款中心的名称', 'Name of the lending centre'),
    lead: words('例如：某某市住房公积金管理中心', 'As on its papers, in Chinese'),
    field: 'addressee',
    ask: { kind: 'text', max: 40, lines: 1 },
    error: null,
    presses: [],
  };
}

function confirmScreen(addressee: string): Screen {
  return {
    screen: 'sheet',
    item: 'P03',
    title: TITLE,
    lead: words('一次只给一个中心用；不用了可以在这里撤销。', 'For one centre at a time; you can call it back here.'),
    blocks: [
      facts([fact(words('交给', 'For'), data(addressee), { strong: true })]),
      {
        block: 'list',
        title: words('证明上会有', 'It shows'),
        items: [
          words('您的缴存情况和近期明细', 'your deposits and recent entries'),
          words('公积金贷款使用情况', 'your use of fund loans'),
          words('给贷款中心填写的回执', 'a reply slip for the lending centre'),
        ],
      },
    ],
    page: 1,
    pages: 1,
    presses: [press('print', words('打印', 'Print'), 'go')],
  };
}
