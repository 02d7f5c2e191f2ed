import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { Consents } from '@kiosk/contract/platform/consents.ts';
import { maskIdNumber, maskName } from '@kiosk/domain/masking.ts';
import { knownItems } from '../../menu.ts';
import type { State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { atPlace } from '../parts.ts';
import { atOffices, officeScreen, officesScreen } from './offices.ts';
import * as screens from './screens.ts';

export type Authorisation = PlatformAnswer<'authorisations'>['authorisations'][number];
export type OwnPaper = PlatformAnswer<'ownDocuments'>['documents'][number];
export type Reason = 'notNeeded' | 'otherCity' | 'wrongData';

/** Somebody who may act, as far as it was filled in. Whole: it leaves with the session. */
export interface Agent {
  readonly name: string;
  readonly idNumber: string;
  readonly items: readonly string[];
}

export type Place =
  | { readonly at: 'start' }
  | { readonly at: 'agentName' }
  | { readonly at: 'agentNumber'; readonly name: string; readonly wrong: boolean }
  | { readonly at: 'agentItems'; readonly agent: Agent }
  | { readonly at: 'given'; readonly authorisation: Authorisation; readonly code: string }
  | { readonly at: 'list'; readonly all: readonly Authorisation[] }
  | { readonly at: 'withdraw'; readonly one: Authorisation }
  | { readonly at: 'offices'; readonly told: Consents; readonly page: number }
  | { readonly at: 'office'; readonly told: Consents; readonly id: string }
  | { readonly at: 'papers'; readonly papers: readonly OwnPaper[] }
  | { readonly at: 'reason'; readonly paper: OwnPaper }
  | { readonly at: 'done'; readonly what: 'withdrawn' | 'cancelAsked' };

const NOTHING = { to: 'nothing' } as const;
/** Days an authorisation lasts. */
export const DAYS = 30;
/** What somebody else can reasonably do for one: papers and what they are about. */
const AGENTS_ITEMS = ['P01', 'P02', 'Q01', 'Q02'];

/** B09: the e-card on one's phone, who may act for one and until when, and certificates that are called back. */
export const consentFlow = flow<Place>({
  items: ['B09'],
  open: () => ({ to: 'show', place: { at: 'start' } }),

  act(place, action) {
    const chosen = action.type === 'choose' || action.type === 'press' ? action.id : null;
    switch (place.at) {
      case 'start':
        return begun(chosen);
      case 'agentName': {
        const name = action.type === 'enter' ? action.value.trim() : '';
        return name.length >= 2
          ? { to: 'show', place: { at: 'agentNumber', name: name.slice(0, 60), wrong: false } }
          : NOTHING;
      }
      case 'agentNumber': {
        if (action.type !== 'enter') return NOTHING;
        const idNumber = action.value.trim().toUpperCase();
        const fits = /^[0-9]{17}[0-9X]$/.test(idNumber);
        if (!fits) return { to: 'show', place: { ...place, wrong: true }, replace: true };
        return { to: 'show', place: { at: 'agentItems', agent: { name: place.name, idNumber, items: [] } } };
      }
      case 'agentItems':
        return atItems(place, action.type === 'toggle' ? action.id : null, chosen);
      case 'list': {
        const one = chosen === null ? undefined : atPlace(place.all, chosen);
        return one?.state === 'valid' ? { to: 'show', place: { at: 'withdraw', one } } : NOTHING;
      }
      case 'withdraw': {
        const { authorisationId } = place.one;
        return chosen === 'withdraw'
          ? { to: 'ask', ask: { route: 'withdrawAuthorisation', request: { authorisationId } } }
          : NOTHING;
      }
      case 'offices':
      case 'office':
        return atOffices(place, action, chosen);
      case 'papers': {
        const paper = chosen === null ? undefined : atPlace(place.papers, chosen);
        return paper ? { to: 'show', place: { at: 'reason', paper } } : NOTHING;
      }
      case 'reason':
        return chosen === 'notNeeded' || chosen === 'otherCity' || chosen === 'wrongData'
          ? cancelled(place.paper, chosen)
          : NOTHING;
      case 'given':
      case 'done':
        return NOTHING;
    }
  },

  answered(_place, told) {
    switch (told.route) {
      case 'authorisations':
        return { to: 'show', place: { at: 'list', all: told.value.authorisations.slice(0, 12) }, served: true };
      case 'authorise': {
        const { code, ...authorisation } = told.value;
        return { to: 'show', place: { at: 'given', authorisation, code }, replace: true, served: true };
      }
      case 'withdrawAuthorisation':
        return { to: 'show', place: { at: 'done', what: 'withdrawn' }, replace: true, served: true };
      case 'consents':
        return { to: 'show', place: { at: 'offices', told: told.value, page: 1 }, served: true };
      case 'ownDocuments': {
        const papers = told.value.documents.filter(({ certificate }) => certificate?.mayCancel).slice(0, 12);
        return { to: 'show', place: { at: 'papers', papers } };
      }
      case 'cancelCertificate':
        return { to: 'show', place: { at: 'done', what: 'cancelAsked' }, replace: true, served: true };
      default:
        return NOTHING;
    }
  },

  view(place, state) {
    switch (place.at) {
      case 'start':
        return screens.startScreen();
      case 'agentName':
        return screens.nameScreen();
      case 'agentNumber':
        return screens.numberScreen(place.wrong);
      case 'agentItems':
        return screens.itemsScreen(shown(place.agent), offeredTo(state), place.agent.items);
      case 'given':
        return screens.givenScreen(place.authorisation, place.code);
      case 'list':
        return screens.listScreen(place.all);
      case 'withdraw':
        return screens.withdrawScreen(place.one);
      case 'offices':
        return officesScreen(place.told, place.page);
      case 'office':
        return officeScreen(place.told, place.id);
      case 'papers':
        return screens.papersScreen(place.papers);
      case 'reason':
        return screens.reasonScreen(place.paper);
      case 'done':
        return screens.doneScreen(place.what);
    }
  },
});

function begun(chosen: string | null): Move<Place> {
  switch (chosen) {
    case 'eCard':
      return { to: 'leave', begun: { item: 'B09', step: 'eCard', form: {} }, where: 'phone' };
    case 'agent':
      return { to: 'show', place: { at: 'agentName' } };
    case 'list':
      return { to: 'ask', ask: { route: 'authorisations', request: {} }, place: { at: 'start' } };
    case 'offices':
      return { to: 'ask', ask: { route: 'consents', request: {} }, place: { at: 'start' } };
    case 'papers':
      return { to: 'ask', ask: { route: 'ownDocuments', request: {} }, place: { at: 'start' } };
    default:
      return NOTHING;
  }
}

const shown = ({ name, idNumber }: Agent) => ({ name: maskName(name), idNumber: maskIdNumber(idNumber) });

const offeredTo = (state: State) =>
  knownItems(state)
    .filter(({ id, state: open }) => AGENTS_ITEMS.includes(id) && open === 'open')
    .slice(0, 6)
    .map(({ id, name }) => ({ id, name }));

function atItems(
  place: Extract<Place, { at: 'agentItems' }>,
  toggled: string | null,
  pressed: string | null,
): Move<Place> {
  const { agent } = place;
  if (toggled !== null && AGENTS_ITEMS.includes(toggled)) {
    const items = agent.items.includes(toggled)
      ? agent.items.filter((id) => id !== toggled)
      : [...agent.items, toggled];
    return { to: 'show', place: { ...place, agent: { ...agent, items } }, replace: true };
  }
  if (pressed !== 'give' || agent.items.length === 0) return NOTHING;
  const { name, idNumber, items } = agent;
  return {
    to: 'ask',
    ask: { route: 'authorise', request: { agent: { name, idNumber }, items: [...items], days: DAYS } },
  };
}

const cancelled = ({ documentNumber }: OwnPaper, reason: Reason): Move<Place> => ({
  to: 'ask',
  ask: { route: 'cancelCertificate', request: { documentNumber, reason } },
});
