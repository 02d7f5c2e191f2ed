import type { Consents, GivenConsent } from '@kiosk/contract/platform/consents.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { chineseDate, shanghaiDate } from '@kiosk/domain/dates.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { Wish } from '../../requests/wish.ts';
import type { ItemAction, Move } from '../item-flow.ts';
import { UNITS, atPlace, count, date, fact, facts, notice, pageOf, placeId, press, said, words } from '../parts.ts';
import type { Place } from './flow.ts';

const ITEM = 'B09';
const NOTHING = { to: 'nothing' } as const;
const PER_PAGE = 6;
/** For how long a consent can be given; the last is the longest the centre takes. */
const TERMS = [30, 90, 365] as const;

type Offices = Extract<Place, { at: 'offices' | 'office' }>;

/** One line an office: those that may be given a consent, and those that have or had one without being on the list any more. */
interface Office {
  readonly id: string;
  readonly name: Words;
  readonly purpose: Words;
  readonly fields: readonly Words[];
  /** null: it cannot be given one now. */
  readonly askable: readonly string[] | null;
  readonly valid: GivenConsent | null;
  readonly last: GivenConsent | null;
}

function officesOf({ departments, consents }: Consents): readonly Office[] {
  const of = (id: string) => ({
    valid: consents.find((one) => one.departmentId === id && one.state === 'valid') ?? null,
    last: consents.find((one) => one.departmentId === id) ?? null,
  });
  const known = departments.map(({ id, name, purpose, fields }): Office => {
    return {
      id,
      name,
      purpose,
      fields: fields.map((one) => one.words),
      askable: fields.map((one) => one.id),
      ...of(id),
    };
  });
  const gone = new Map(
    consents
      .filter(({ departmentId }) => !departments.some(({ id }) => id === departmentId))
      .map((one) => [one.departmentId, one] as const),
  );
  const former = [...gone.values()].map(({ departmentId: id, department, purpose, fields }): Office => {
    return { id, name: department, purpose, fields, askable: null, ...of(id) };
  });
  return [...known, ...former];
}

export function atOffices(place: Offices, action: ItemAction, chosen: string | null): Move<Place> {
  const offices = officesOf(place.told);
  if (place.at === 'offices') {
    if (action.type === 'turnPage') {
      const page = place.page + action.by;
      const known = page >= 1 && page <= pageOf(offices, 1, PER_PAGE).pages;
      return known ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
    }
    const office = chosen === null ? undefined : atPlace(offices, chosen);
    return office ? { to: 'show', place: { at: 'office', told: place.told, id: office.id } } : NOTHING;
  }
  const office = offices.find(({ id }) => id === place.id);
  if (!office || chosen === null) return NOTHING;
  if (chosen === 'withdraw' && office.valid) return { to: 'confirm', place, wish: withdrawal(office, office.valid) };
  const days = TERMS.find((term) => `for${term}` === chosen);
  return days !== undefined && office.askable && !office.valid
    ? { to: 'confirm', place, wish: giving(office, office.askable, days) }
    : NOTHING;
}

const common = { item: ITEM, person: {}, statement: null, confirmed: true, reply: false } as const;

function giving({ id, name, purpose, fields }: Office, askable: readonly string[], days: number): Wish {
  return {
    ...common,
    form: { item: 'B09', act: 'given', receiverId: id, fields: [...askable], days },
    line: words(`同意${name.zh}查询`, `${name.en} may ask`),
    facts: [
      fact(words('同意谁查询', 'Who may ask'), said(name), { strong: true }),
      fact(words('用来做什么', 'For what'), said(purpose)),
      fact(words('能看到', 'What is told'), said(joined(fields))),
      fact(words('多久', 'For'), count(days, UNITS.days)),
    ],
  };
}

function withdrawal({ id, name }: Office, { consentId, until }: GivenConsent): Wish {
  return {
    ...common,
    form: { item: 'B09', act: 'withdrawn', receiverId: id, consentId },
    line: words(`撤回对${name.zh}的同意`, `${name.en} may not ask any more`),
    facts: [
      fact(words('撤回对谁的同意', 'Taken back from'), said(name), { strong: true }),
      fact(words('原来到', 'It ran until'), date(shanghaiDate(until))),
    ],
  };
}

const joined = (list: readonly Words[]): Words =>
  words(list.map(({ zh }) => zh).join('、'), list.map(({ en }) => en).join(', '));

export function officesScreen(told: Consents, page: number): Screen {
  const offices = officesOf(told);
  const from = (page - 1) * PER_PAGE;
  const { rows, pages } = pageOf(offices, page, PER_PAGE);
  return {
    screen: 'choices',
    item: ITEM,
    title: words('哪个部门？', 'Which office?'),
    lead: words('没有您的同意，这些内容不会给他们看。', 'Without your consent they are told nothing of this.'),
    options: rows.map((office, i) => ({
      id: placeId(from + i),
      title: office.name,
      note: standing(office),
    })),
    empty: words('现在没有需要您同意的部门。', 'No office needs your consent at present.'),
    page,
    pages,
    presses: [],
  };
}

function standing({ valid, last, purpose }: Office): Words {
  if (valid) {
    const until = shanghaiDate(valid.until);
    return words(`已同意，到${chineseDate(until)}`, `Allowed until ${until}`);
  }
  return last ? STATES[last.state] : purpose;
}

const STATES = {
  valid: words('已同意', 'Allowed'),
  withdrawn: words('已撤回', 'Taken back'),
  ended: words('已到期', 'Ended'),
} as const;

export function officeScreen(told: Consents, id: string): Screen {
  const office = officesOf(told).find((one) => one.id === id);
  if (!office) return officesScreen(told, 1);
  const { name, purpose, fields, valid, last, askable } = office;
  const give = TERMS.map((days) => press(`for${days}`, words(`同意 ${days} 天`, `Allow ${days} days`)));
  return {
    screen: 'sheet',
    item: ITEM,
    title: name,
    blocks: [
      facts([
        fact(words('用来做什么', 'For what'), said(purpose), { strong: true }),
        valid ? fact(words('同意于', 'Allowed on'), date(shanghaiDate(valid.givenAt))) : null,
        valid ? fact(words('有效到', 'Until'), date(shanghaiDate(valid.until)), { strong: true }) : null,
        !valid && last ? fact(words('上一次', 'The last one'), said(STATES[last.state])) : null,
      ]),
      { block: 'list', title: words('能看到', 'What is told'), items: (valid?.fields ?? fields).slice(0, 12) },
      notice(
        'info',
        words(
          '看过一次记一次；到期自动停，随时能撤回。',
          'Every question is on record. It ends by itself, and you can take it back at any time.',
        ),
      ),
    ],
    page: 1,
    pages: 1,
    presses: valid ? [press('withdraw', words('撤回', 'Take it back'), 'go')] : askable ? give : [],
  };
}
