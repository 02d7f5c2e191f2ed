import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { RequestOutcome } from '@kiosk/contract/platform/requests.ts';
import type { State } from '../../state.ts';
import { type Move, type PlatformAsk, flow } from '../item-flow.ts';
import { atPlace } from '../parts.ts';
import { becameSheet, caseSheet, listScreen, pagesOf } from './screens.ts';

export type Progress = PlatformAnswer<'progress'>;
export type CaseLine = Progress['cases'][number];

type Place =
  | { readonly at: 'list'; readonly progress: Progress; readonly page: number }
  | { readonly at: 'case'; readonly line: CaseLine; readonly masked: boolean }
  | { readonly at: 'became'; readonly number: string; readonly outcome: RequestOutcome };

const NOTHING = { to: 'nothing' } as const;

/** Q06: every case of the person, whatever channel it was left on; what is missing goes on by phone. */
export const progressFlow = flow<Place>({
  items: ['Q06'],
  open: (_item, state) => ({ to: 'ask', ask: ofPerson(state) }),

  answered(place, told) {
    if (told.route === 'progress')
      return { to: 'show', place: { at: 'list', progress: told.value, page: 1 }, served: true };
    if (told.route !== 'completeIdentity' || place?.at !== 'case') return NOTHING;
    const place2: Place = { at: 'became', number: place.line.number, outcome: told.value };
    return { to: 'show', place: place2, replace: true, served: true };
  },

  act(place, action) {
    if (place.at === 'list') {
      if (action.type === 'turnPage') {
        const page = place.page + action.by;
        const known = page >= 1 && page <= pagesOf(place.progress);
        return known ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
      }
      const line = action.type === 'choose' ? atPlace(place.progress.cases, action.id) : undefined;
      return line ? { to: 'show', place: { at: 'case', line, masked: place.progress.masked } } : NOTHING;
    }
    return place.at === 'case' && action.type === 'press' ? pressed(place, action.id) : NOTHING;
  },

  /** Too long ago: once more who it is, then the list again. */
  refused: (_place, code) =>
    code === 'E2701' || code === 'E1207' ? { to: 'raise', level: 'L3', stale: true } : undefined,

  slip: (place) => (place.at === 'case' ? { kind: 'progress', line: place.line } : null),

  view(place, state) {
    switch (place.at) {
      case 'list':
        return listScreen(place.progress, place.page);
      case 'case':
        return caseSheet(place.line, place.masked, state.person?.token !== null);
      case 'became':
        return becameSheet(state, place.number, place.outcome);
    }
  },
});

/** With two factors all of it; with the card alone what stands where, without amounts. */
function ofPerson({ person }: State): PlatformAsk {
  if (!person || person.token !== null) return { route: 'progress', request: {} };
  const { name, idNumber, validTo } = person;
  return { route: 'progress', request: { claim: { name, idNumber, validTo } } };
}

function pressed({ line, masked }: Extract<Place, { at: 'case' }>, id: string): Move<Place> {
  switch (id) {
    case 'phone': {
      const form = { caseNumber: line.number, materials: line.missing.map(({ material }) => material) };
      return { to: 'leave', begun: { item: 'Q06', step: 'supply', form }, where: 'phone' };
    }
    case 'identify':
      return masked ? { to: 'raise', level: 'L2' } : NOTHING;
    case 'complete':
      if (masked) return { to: 'raise', level: 'L3' };
      return { to: 'ask', ask: { route: 'completeIdentity', request: { requestNumber: line.number } } };
    default:
      return NOTHING;
  }
}
