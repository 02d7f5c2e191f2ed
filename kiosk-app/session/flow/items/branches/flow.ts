import type { Branch } from '@kiosk/contract/platform/api.ts';
import type { BranchesNow } from '@kiosk/contract/platform/branches.ts';
import { linkCode } from '../../menu.ts';
import type { State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { placeId } from '../parts.ts';
import { branchSheet, districtScreen, listScreen } from './screens.ts';

/** `now`: how they stood when the item was opened; absent: nobody could be asked. */
type Known = { readonly now?: BranchesNow };
export type Place = Known &
  (
    | { readonly at: 'districts' }
    | { readonly at: 'list'; readonly district: string | null; readonly page: number }
    | { readonly at: 'branch'; readonly id: string }
  );

export const PER_PAGE = 6;
const NOTHING = { to: 'nothing' } as const;

const branchesOf = (state: State): readonly Branch[] => state.agent?.catalogue?.branches ?? [];

/** Districts in the order in which the centre lists its branches; none when it does not say. */
export function districtsOf(branches: readonly Branch[]): readonly NonNullable<Branch['district']>[] {
  const found = new Map(branches.flatMap(({ district }) => (district ? [[district.zh, district] as const] : [])));
  return [...found.values()];
}

const inDistrict = (branches: readonly Branch[], district: string | null): readonly Branch[] =>
  branches.filter((branch) => district === null || branch.district?.zh === district);

/** Where it begins: with the districts, where there are several. */
function first(state: State, known: Known): Move<Place> {
  const several = districtsOf(branchesOf(state)).length > 1;
  const place: Place = several ? { at: 'districts', ...known } : { at: 'list', district: null, page: 1, ...known };
  return { to: 'show', place };
}

/** Q09: where the centre is to be found, when it is open, and what is done there, from this machine's copy; with the line also who waits. */
export const branchFlow = flow<Place>({
  items: ['Q09'],
  open: (_item, state) =>
    linkCode(state) === null ? { to: 'ask', ask: { route: 'branchesNow', request: {} } } : first(state, {}),
  answered: (_place, told, state) => (told.route === 'branchesNow' ? first(state, { now: told.value }) : NOTHING),
  /** The copy is there in any case. */
  refused: (_place, _code, _ask, state) => first(state, {}),

  act(place, action, state) {
    const branches = branchesOf(state);
    const known: Known = place.now ? { now: place.now } : {};
    switch (place.at) {
      case 'districts': {
        if (action.type !== 'choose') return NOTHING;
        const chosen = districtsOf(branches).find((_one, index) => placeId(index) === action.id);
        return chosen || action.id === 'all'
          ? { to: 'show', place: { at: 'list', district: chosen?.zh ?? null, page: 1, ...known } }
          : NOTHING;
      }
      case 'list': {
        const listed = inDistrict(branches, place.district);
        if (action.type === 'turnPage') return turned(place, action.by, listed.length / PER_PAGE);
        return action.type === 'choose' && listed.some(({ id }) => id === action.id)
          ? { to: 'show', place: { at: 'branch', id: action.id, ...known }, served: true }
          : NOTHING;
      }
      case 'branch':
        return action.type === 'press' && action.id === 'appoint' && state.person
          ? { to: 'open', item: 'B08' }
          : NOTHING;
    }
  },

  view(place, state) {
    const branches = branchesOf(state);
    switch (place.at) {
      case 'districts':
        return districtScreen(districtsOf(branches));
      case 'list':
        return listScreen(inDistrict(branches, place.district), place.page, state, place.now);
      case 'branch': {
        const branch = branches.find(({ id }) => id === place.id);
        return branch ? branchSheet(branch, state, place.now) : listScreen(branches, 1, state, place.now);
      }
    }
  },
});

function turned(place: Extract<Place, { readonly page: number }>, by: 1 | -1, pages: number): Move<Place> {
  const page = place.page + by;
  return page >= 1 && page <= Math.ceil(pages) ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
}
