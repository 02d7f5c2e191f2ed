import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { parseDocumentNumber } from '@kiosk/domain/document-number.ts';
import { deviceCode } from '../../menu.ts';
import { type Move, flow } from '../item-flow.ts';
import { words } from '../parts.ts';
import { codeScreen, numberScreen, ownScreen, scanScreen, verdictScreen, waysScreen } from './verify-screens.ts';
import { codeOnPaper } from './verify-text.ts';

type Verified = PlatformAnswer<'verifyDocument'>;
export type OwnPaper = PlatformAnswer<'ownDocuments'>['documents'][number];

export type Place =
  | { readonly at: 'ways' }
  | { readonly at: 'scan' }
  | { readonly at: 'number'; readonly error: boolean }
  | { readonly at: 'code'; readonly documentNumber: string }
  | { readonly at: 'verdict'; readonly verified: Verified }
  | { readonly at: 'own'; readonly papers: readonly OwnPaper[]; readonly page: number };

export const PER_PAGE = 6;
const NOTHING = { to: 'nothing' } as const;
const REPRINT = words('补打', 'Reprint');

/** P08: is this paper what it says it is? By anybody who holds it; whoever is identified may print their own once more. */
export const verifyFlow = flow<Place>({
  items: ['P08'],
  open: () => ({ to: 'show', place: { at: 'ways' } }),

  answered(_place, told) {
    if (told.route === 'verifyDocument')
      return { to: 'show', place: { at: 'verdict', verified: told.value }, served: true };
    if (told.route !== 'ownDocuments') return NOTHING;
    const papers = told.value.documents.toSorted((a, b) => b.issuedAt - a.issuedAt);
    return { to: 'show', place: { at: 'own', papers, page: 1 } };
  },

  scanned(place, text) {
    if (place.at !== 'scan') return NOTHING;
    const read = text === null ? null : codeOnPaper(text);
    return read
      ? verify(read.documentNumber, read.code, { at: 'ways' })
      : { to: 'show', place: { at: 'number', error: true }, replace: true };
  },

  act(place, action, state) {
    switch (place.at) {
      case 'ways':
        return action.type === 'choose' ? chosen(action.id, state.person?.token !== null) : NOTHING;
      case 'scan':
        return action.type === 'press' && action.id === 'type'
          ? { to: 'show', place: { at: 'number', error: false }, replace: true }
          : NOTHING;
      case 'number': {
        if (action.type !== 'enter') return NOTHING;
        const read = parseDocumentNumber(action.value);
        if (!read.ok) return { to: 'show', place: { at: 'number', error: true }, replace: true };
        return { to: 'show', place: { at: 'code', documentNumber: read.value.number } };
      }
      case 'code':
        return action.type === 'enter' ? verify(place.documentNumber, action.value, place) : NOTHING;
      case 'own':
        return actInOwn(place, action);
      case 'verdict':
        return NOTHING;
    }
  },

  view(place, state) {
    switch (place.at) {
      case 'ways':
        return waysScreen(
          deviceCode(state, 'codeScanner') === null,
          state.person?.token !== undefined && state.person.token !== null,
        );
      case 'scan':
        return scanScreen();
      case 'number':
        return numberScreen(place.error);
      case 'code':
        return codeScreen(place.documentNumber);
      case 'verdict':
        return verdictScreen(place.verified);
      case 'own':
        return ownScreen(place.papers, place.page);
    }
  },
});

const verify = (documentNumber: string, code: string, place: Place): Move<Place> => ({
  to: 'ask',
  ask: { route: 'verifyDocument', request: { documentNumber, code } },
  place,
});

function chosen(id: string, identified: boolean): Move<Place> {
  if (id === 'scan') return { to: 'scan', place: { at: 'scan' } };
  if (id === 'type') return { to: 'show', place: { at: 'number', error: false } };
  return id === 'own' && identified ? { to: 'ask', ask: { route: 'ownDocuments', request: {} } } : NOTHING;
}

function actInOwn(
  place: Extract<Place, { at: 'own' }>,
  action: { readonly type: string; readonly id?: string; readonly by?: 1 | -1 },
): Move<Place> {
  if (action.type === 'turnPage') {
    const page = place.page + (action.by ?? 0);
    const known = page >= 1 && page <= Math.ceil(place.papers.length / PER_PAGE);
    return known ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
  }
  const paper = action.type === 'choose' && place.papers.find(({ documentNumber }) => documentNumber === action.id);
  if (!paper || paper.state !== 'valid') return NOTHING;
  return { to: 'reprint', documentNumber: paper.documentNumber, title: REPRINT, place };
}
