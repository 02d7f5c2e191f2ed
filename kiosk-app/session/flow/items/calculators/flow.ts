import type { CalculatorRules } from '@kiosk/contract/platform/reference-data.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { notice, pageOf, press, words } from '../parts.ts';
import { TAKE_HOME } from '../take-home.ts';
import type { Calculator, Given, Question } from './calculator.ts';
import { fits } from './checks.ts';
import { depositCalculator } from './deposit.ts';
import { earlyCalculator } from './early.ts';
import { interestCalculator } from './interest.ts';
import { loanCalculator } from './loan.ts';

const CALCULATORS: readonly Calculator[] = [depositCalculator, interestCalculator, loanCalculator, earlyCalculator];
const ROWS = 10;
const NOTHING = { to: 'nothing' } as const;

export type Place =
  | { readonly at: 'which' }
  | { readonly at: 'ask'; readonly calculator: string; readonly given: Given; readonly wrong: boolean }
  | { readonly at: 'result'; readonly calculator: string; readonly given: Given; readonly page: number };

const rulesOf = (state: State): CalculatorRules | undefined => state.agent?.catalogue?.calculator;
const calculatorOf = (id: string): Calculator => CALCULATORS.find((one) => one.id === id)!;

/** The first question that has no answer yet. */
const questionOf = (rules: CalculatorRules, { calculator, given }: { calculator: string; given: Given }) =>
  calculatorOf(calculator)
    .questions(rules, given)
    .find(({ id }) => given[id] === undefined);

/** Q10: deposit, interest, loan and early repayment, reckoned here with the city's published figures. */
export const calculatorFlow = flow<Place>({
  items: ['Q10'],
  open: () => ({ to: 'show', place: { at: 'which' } }),
  answered: () => NOTHING,

  act(place, action, state) {
    const rules = rulesOf(state);
    if (!rules) return NOTHING;
    switch (place.at) {
      case 'which':
        return action.type === 'choose' && CALCULATORS.some(({ id }) => id === action.id)
          ? { to: 'show', place: { at: 'ask', calculator: action.id, given: {}, wrong: false } }
          : NOTHING;
      case 'ask': {
        const question = questionOf(rules, place);
        if (!question) return NOTHING;
        const value = action.type === 'enter' ? action.value : action.type === 'choose' ? action.id : null;
        if (value === null) return NOTHING;
        if (!fits(question, value)) return { to: 'show', place: { ...place, wrong: true }, replace: true };
        return answered(rules, place, question, value);
      }
      case 'result':
        if (action.type === 'press' && action.id === 'again') {
          return {
            to: 'show',
            place: { at: 'ask', calculator: place.calculator, given: {}, wrong: false },
            replace: true,
          };
        }
        return action.type === 'turnPage' ? turned(rules, place, place.page + action.by, state) : NOTHING;
    }
  },

  view(place, state) {
    const rules = rulesOf(state);
    if (!rules || place.at === 'which') return whichScreen(rules !== undefined);
    if (place.at === 'result') return resultScreen(rules, place, shanghaiDate(state.time.now));
    return questionScreen(questionOf(rules, place)!, calculatorOf(place.calculator), place.wrong);
  },
});

function answered(
  rules: CalculatorRules,
  { calculator, given: before }: Extract<Place, { at: 'ask' }>,
  question: Question,
  value: string,
): Move<Place> {
  const given = { ...before, [question.id]: value };
  const next = questionOf(rules, { calculator, given });
  return next
    ? { to: 'show', place: { at: 'ask', calculator, given, wrong: false } }
    : { to: 'show', place: { at: 'result', calculator, given, page: 1 }, served: true };
}

/** The first page is the answer; its rows follow. */
function pagesOf(rules: CalculatorRules, { calculator, given }: Extract<Place, { at: 'result' }>, today: string) {
  const result = calculatorOf(calculator).result(rules, given, today);
  return { result, pages: 1 + (result.rows ? Math.ceil(result.rows.rows.length / ROWS) : 0) };
}

function turned(
  rules: CalculatorRules,
  place: Extract<Place, { at: 'result' }>,
  page: number,
  state: State,
): Move<Place> {
  const { pages } = pagesOf(rules, place, shanghaiDate(state.time.now));
  return page >= 1 && page <= pages ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
}

function whichScreen(open: boolean): Screen {
  return {
    screen: 'choices',
    item: 'Q10',
    title: words('算一算', 'Calculators'),
    lead: words('在这台机器上算，不查您的账户。', 'Worked out on this machine; your account is not looked at.'),
    options: CALCULATORS.map(({ id, name, hint }) => ({
      id,
      title: name,
      note: hint,
      ...(open ? {} : { closed: words('本市的参数还没有下发', 'The city’s figures have not come yet') }),
    })),
    page: 1,
    pages: 1,
    presses: [],
  };
}

function questionScreen(question: Question, { name }: Calculator, wrong: boolean): Screen {
  const about = { item: 'Q10', title: question.title, lead: question.lead ?? name };
  if ('choices' in question) {
    return { screen: 'choices', ...about, options: [...question.choices], page: 1, pages: 1, presses: [] };
  }
  return {
    screen: 'entry',
    ...about,
    field: question.id,
    ask: question.field,
    error: wrong ? words('超出可算的范围，请重填', 'Outside what can be worked out; please enter it again') : null,
    presses: [],
  };
}

function resultScreen(rules: CalculatorRules, place: Extract<Place, { at: 'result' }>, today: string): Screen {
  const { result, pages } = pagesOf(rules, place, today);
  const { title, lead, blocks, rows } = result;
  const shown =
    rows && place.page > 1 ? [{ ...rows, rows: [...pageOf(rows.rows, place.page - 1, ROWS).rows] }] : blocks;
  return {
    screen: 'sheet',
    item: 'Q10',
    title,
    ...(lead ? { lead } : {}),
    blocks: [
      ...shown,
      ...(place.page === 1
        ? [notice('info', words('试算结果，供参考，以中心核定为准。', 'A calculation for your information.'))]
        : []),
    ],
    page: place.page,
    pages,
    presses: [TAKE_HOME, press('again', words('重新算', 'Again'))],
  };
}
