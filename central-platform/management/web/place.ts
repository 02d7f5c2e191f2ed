// Where somebody is: `#/work-orders/YTJ…?state=open`. Filters and the chosen row are part of it, so that going back,
// a bookmark and a link sent to a colleague all show the same.

export interface Place {
  /** First part of the path: which page. */
  readonly page: string;
  /** What comes behind it, decoded; '' when nothing does. */
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
}

export function parsePlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...rest] = path.split('/');
  return { page, id: decoded(rest.join('/')), query: Object.fromEntries(new URLSearchParams(query)) };
}

export function hashOf({ page, id = '', query = {} }: Partial<Place> & { readonly page: string }): string {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${page}${id === '' ? '' : `/${encodeURIComponent(id)}`}${asked === '' ? '' : `?${asked}`}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
