import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { isCalendarDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import { linkCode } from '../../menu.ts';
import type { State } from '../../state.ts';
import { type ContactPlace, actOnContact, contactAnswered, contactRefused, contactScreen } from '../contact/step.ts';
import { type ItemAction, type Move, type PlatformTold, flow, within } from '../item-flow.ts';
import { kept } from '../keep.ts';
import { chooseLoan, noLoan } from '../loans/screens.ts';
import { atPlace } from '../parts.ts';
import { type CardPlace, actOnCard, askCard, cardAnswered, cardScreen, cardWasRead } from '../payout-card/step.ts';
import { Filled, KINDS, type Question, nextQuestion, retirementDays, wishOf } from './filled.ts';
import { checkedSheet, questionScreen } from './screens.ts';

export type Check = PlatformAnswer<'withdrawalCheck'>;
type Loan = PlatformAnswer<'loans'>['loans'][number];

/** Where somebody is who fills in a withdrawal. What was filled in goes along from place to place. */
export type Place =
  | { readonly at: 'question'; readonly q: Question; readonly filled: Filled }
  | { readonly at: 'checked'; readonly filled: Filled; readonly check: Check }
  | { readonly at: 'card'; readonly filled: Filled; readonly card: CardPlace }
  | { readonly at: 'contact'; readonly filled: Filled; readonly contact: ContactPlace }
  | { readonly at: 'loans'; readonly filled: Filled; readonly loans: readonly Loan[] }
  | { readonly at: 'none' };

const NOTHING = { to: 'nothing' } as const;
const question = (q: Question, filled: Filled): Place => ({ at: 'question', q, filled });

/** What is worth taking along is what was filled in: it goes on with the first question that is open. */
const Taken = z.object({ at: z.literal('question'), q: z.literal('payTo'), filled: Filled });
const taken = kept(Taken);

/** B03, B04, B05: why, how much by the rules, how it is proven, where the money goes; one question a screen. */
export const withdrawalFlow = flow<Place>({
  items: ['B03', 'B04', 'B05'],

  open(item, state) {
    if (item === 'B05') return { to: 'ask', ask: { route: 'loans', request: {} } };
    const filled: Filled = { item: item === 'B03' ? 'B03' : 'B04' };
    return advance(state, filled);
  },

  act(place, action, state) {
    switch (place.at) {
      case 'question':
        return answeredQuestion(state, place, action);
      case 'checked':
        return action.type === 'press' && action.id === 'continue' ? advance(state, place.filled, place) : NOTHING;
      case 'card':
        return within<CardPlace, Place>(actOnCard(place.card, action), (card) => ({ ...place, card }));
      case 'contact':
        return within<ContactPlace, Place>(actOnContact(place.contact, action), (contact) => ({ ...place, contact }));
      case 'loans': {
        const loan = action.type === 'choose' ? atPlace(place.loans, action.id) : undefined;
        return loan ? advance(state, ofLoan(loan), place) : NOTHING;
      }
      case 'none':
        return NOTHING;
    }
  },

  cardRead(place, number, code) {
    if (place.at !== 'card') return NOTHING;
    return within<CardPlace, Place>(cardWasRead(place.card, number, code), (card) => ({ ...place, card }));
  },

  answered(place, told, state) {
    if (told.route === 'loans') return withLoans(state, told.value.loans);
    if (place === undefined) return NOTHING;
    if (told.route === 'withdrawalCheck') return checked(place, told.value);
    if (place.at === 'card') {
      const { filled } = place;
      return partAnswered<CardPlace>(
        cardAnswered<Place>(place.card, told, (card) => advance(state, { ...filled, payTo: 'newCard', card }, place)),
        (card) => ({ ...place, card }),
      );
    }
    return place.at === 'contact' ? contactTold(state, place, told) : NOTHING;
  },

  refused(place, code) {
    if (place?.at !== 'contact') return undefined;
    const way = contactRefused(place.contact, code);
    return way && within<ContactPlace, Place>(way, (contact) => ({ ...place, contact }));
  },

  view(place, state) {
    switch (place.at) {
      case 'question':
        return questionScreen(state, place.q, place.filled);
      case 'checked':
        return checkedSheet(place.filled, place.check);
      case 'card':
        return cardScreen(place.filled.item, place.card, state);
      case 'contact':
        return contactScreen(place.filled.item, place.contact, state);
      case 'loans':
        return { ...chooseLoan(place.loans), item: 'B05' };
      case 'none':
        return { ...noLoan(false), item: 'B05' };
    }
  },

  keep: (place) => ('filled' in place ? taken.keep({ at: 'question', q: 'payTo', filled: place.filled }) : null),
  resume(what, state) {
    const back = taken.resume(what);
    if (back?.to !== 'show') return undefined;
    // What the rules said then is asked again; what a card or a phone was checked for is checked again.
    const {
      amountFen: _amount,
      interestFen: _interest,
      card: _card,
      payTo: _payTo,
      contact: _contact,
      ...rest
    } = back.place.filled;
    return advance(state, rest);
  },
});

/** A move of a part, or one of the whole that came of it. */
function partAnswered<Part>(wanted: Move<Place | Part>, whole: (part: Part) => Place): Move<Place> {
  if (!('place' in wanted) || wanted.place === undefined) return wanted as Move<Place>;
  const { place } = wanted;
  const ofWhole = typeof place === 'object' && place !== null && ('filled' in place || 'none' in place);
  return ofWhole ? (wanted as Move<Place>) : within<Part, Place>(wanted as Move<Part>, whole);
}

function contactTold(state: State, place: Extract<Place, { at: 'contact' }>, told: PlatformTold): Move<Place> {
  const { filled } = place;
  const way = contactAnswered<Place>(place.contact, told, (contact) => advance(state, { ...filled, contact }, place));
  return partAnswered<ContactPlace>(way, (contact) => ({ ...place, contact }));
}

/** The rules are asked once it is known for what; then the questions that are left; then the signature. */
function advance(state: State, filled: Filled, from?: Place): Move<Place> {
  const q = nextQuestion(state, filled);
  const offset = filled.way === 'offsetMonthly' || filled.way === 'offsetYearly';
  const known = filled.amountFen !== undefined || linkCode(state) !== null;
  if (!known && !offset && q !== 'months' && q !== 'way') {
    const { reason } = KINDS[filled.item];
    const request = { reason, ...(filled.months === undefined ? {} : { months: filled.months }) };
    return {
      to: 'ask',
      ask: { route: 'withdrawalCheck', request },
      place: from ? refilled(from, filled) : question(q ?? 'payTo', filled),
    };
  }
  if (q !== null) return { to: 'show', place: question(q, filled) };
  return { to: 'confirm', wish: wishOf(state, filled), place: from ?? question('payTo', filled) };
}

const refilled = (place: Place, filled: Filled): Place => ('filled' in place ? { ...place, filled } : place);

function checked(place: Place, check: Check): Move<Place> {
  if (!('filled' in place)) return NOTHING;
  const { amountFen, interestFen } = check;
  const filled = { ...place.filled, amountFen, interestFen };
  // Asked before any question was: the way back is the menu.
  const first = place.at === 'question' && place.q === 'proof';
  return { to: 'show', place: { at: 'checked', filled, check }, replace: first, served: true };
}

function withLoans(state: State, all: readonly Loan[]): Move<Place> {
  const loans = all.filter(({ state: now }) => now !== 'settled');
  const [only] = loans;
  if (!only) return { to: 'show', place: { at: 'none' } };
  return loans.length === 1
    ? advance(state, ofLoan(only))
    : { to: 'show', place: { at: 'loans', filled: { item: 'B05' }, loans } };
}

const ofLoan = ({ loanNumber, next }: Loan): Filled => ({
  item: 'B05',
  loanNumber,
  ...(next ? { firstRunOn: next.dueDate } : {}),
});

function answeredQuestion(state: State, place: Extract<Place, { at: 'question' }>, action: ItemAction): Move<Place> {
  const { q, filled } = place;
  const chosen = action.type === 'choose' || action.type === 'press' ? action.id : null;
  const on = (more: Partial<Filled>) => advance(state, { ...filled, ...more }, place);
  switch (q) {
    case 'months': {
      const months = action.type === 'enter' ? Number(action.value) : 0;
      const fits = Number.isInteger(months) && months >= 1 && months <= 12;
      return fits ? on({ months, amountFen: undefined }) : NOTHING;
    }
    case 'proof':
      return chosen === 'consent' || chosen === 'commitment' || chosen === 'later' ? on({ proof: chosen }) : NOTHING;
    case 'retiredOn': {
      if (chosen === 'skip') return on({ retiredOn: null });
      const { from, to } = retirementDays(state);
      const day = action.type === 'enter' && isCalendarDate(action.value) ? action.value : null;
      return day !== null && day >= from && day <= to ? on({ retiredOn: day }) : NOTHING;
    }
    case 'way':
      if (chosen === 'once') return on({ way: chosen, firstRunOn: undefined });
      if (chosen === 'offsetYearly') return on({ way: chosen, firstRunOn: undefined });
      return chosen === 'offsetMonthly' ? on({ way: chosen }) : NOTHING;
    case 'payTo':
      if (chosen === 'onRecord') return on({ payTo: chosen });
      return chosen === 'newCard'
        ? within<CardPlace, Place>(askCard(state), (card) => ({ at: 'card', filled, card }))
        : NOTHING;
    case 'contact':
      if (chosen === 'same') return on({ contact: null });
      return chosen === 'other'
        ? { to: 'show', place: { at: 'contact', filled, contact: { at: 'phone', error: null } } }
        : NOTHING;
  }
}
