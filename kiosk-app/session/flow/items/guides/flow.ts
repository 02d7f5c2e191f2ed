import type { Guide } from '@kiosk/contract/platform/reference-data.ts';
import type { State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { guideSheet, listScreen, pagesOf, searchScreen, topicScreen } from './screens.ts';
import { matching } from './search.ts';

export type Place =
  | { readonly at: 'topics' }
  | { readonly at: 'search' }
  | { readonly at: 'list'; readonly topic: string | null; readonly words: string; readonly page: number }
  | { readonly at: 'guide'; readonly id: string; readonly page: number };

export const PER_PAGE = 8;
const NOTHING = { to: 'nothing' } as const;

export const guidesOf = (state: State): readonly Guide[] => state.agent?.catalogue?.guides ?? [];
const topicsOf = (state: State) => state.agent?.catalogue?.guideTopics ?? [];

const listed = (state: State, { topic, words }: { topic: string | null; words: string }): readonly Guide[] =>
  matching(
    guidesOf(state).filter((guide) => topic === null || guide.topic === topic),
    words,
  );

/** Q08: what the centre's knowledge base says, from this machine's copy: steps, what to bring, how long it takes. */
export const guideFlow = flow<Place>({
  items: ['Q08'],
  open: () => ({ to: 'show', place: { at: 'topics' } }),
  answered: () => NOTHING,

  act(place, action, state) {
    switch (place.at) {
      case 'topics':
        if (action.type === 'press' && action.id === 'search') return { to: 'show', place: { at: 'search' } };
        return action.type === 'choose' && topicsOf(state).some(({ id }) => id === action.id)
          ? { to: 'show', place: { at: 'list', topic: action.id, words: '', page: 1 } }
          : NOTHING;
      case 'search':
        return action.type === 'enter' && action.value.trim() !== ''
          ? { to: 'show', place: { at: 'list', topic: null, words: action.value.trim(), page: 1 } }
          : NOTHING;
      case 'list': {
        const guides = listed(state, place);
        if (action.type === 'turnPage') return turned(place, action.by, guides.length / PER_PAGE);
        const guide = action.type === 'choose' && guides.find(({ id }) => id === action.id);
        return guide ? { to: 'show', place: { at: 'guide', id: guide.id, page: 1 }, served: true } : NOTHING;
      }
      case 'guide': {
        const guide = guidesOf(state).find(({ id }) => id === place.id);
        if (!guide) return NOTHING;
        if (action.type === 'turnPage') return turned(place, action.by, pagesOf(guide, state.language));
        return action.type === 'press' && action.id === 'open' && guide.item !== null
          ? { to: 'open', item: guide.item }
          : NOTHING;
      }
    }
  },

  view(place, state) {
    switch (place.at) {
      case 'topics':
        return topicScreen(topicsOf(state), guidesOf(state));
      case 'search':
        return searchScreen();
      case 'list':
        return listScreen(listed(state, place), place.page, place.words);
      case 'guide': {
        const guide = guidesOf(state).find(({ id }) => id === place.id);
        return guide ? guideSheet(guide, place.page, state) : topicScreen(topicsOf(state), guidesOf(state));
      }
    }
  },
});

function turned(place: Extract<Place, { page: number }>, by: 1 | -1, pages: number): Move<Place> {
  const page = place.page + by;
  return page >= 1 && page <= Math.ceil(pages) ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
}
