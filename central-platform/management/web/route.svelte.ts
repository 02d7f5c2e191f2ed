import { hashOf, parsePlace, type Place } from './place.ts';

/** The address of the page, as the page reads and writes it. */
export class Route {
  place = $state.raw<Place>({ page: '', id: '', query: {} });

  constructor() {
    this.place = parsePlace(location.hash);
    window.addEventListener('hashchange', () => (this.place = parsePlace(location.hash)));
  }

  go(place: Partial<Place> & { readonly page: string }): void {
    location.hash = hashOf(place);
  }

  /** Another row or filter of the same page; takes no place of its own in the history when only the query changes. */
  within(change: { readonly id?: string; readonly query?: Readonly<Record<string, string>> }): void {
    const { page, id, query } = this.place;
    const next = hashOf({ page, id: change.id ?? id, query: { ...query, ...change.query } });
    if (change.id !== undefined && change.id !== id) location.hash = next;
    else {
      history.replaceState(null, '', next);
      this.place = parsePlace(next);
    }
  }
}
