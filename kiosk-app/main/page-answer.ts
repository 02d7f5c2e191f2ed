import { pageHeaders } from './content-policy.ts';
import type { PageFiles } from './page-files.ts';
import { STOPPED_STYLE, stoppedPage } from './stopped-page.ts';

export const ORIGIN = 'app://kiosk';
export const SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false, stream: false },
} as const;

/** Our page, and nothing that merely looks like it: exact scheme and host, compared after parsing. */
export function isOurPage(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url);
    return protocol === 'app:' && host === 'kiosk' && username === '' && password === '';
  } catch {
    return false;
  }
}

export async function answer(request: Pick<Request, 'method' | 'url'>, files: PageFiles): Promise<Response> {
  if (request.method !== 'GET' || !isOurPage(request.url)) return refused(403);
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/stopped') return page(stoppedPage(searchParams.get('code') ?? ''), 'text/html; charset=utf-8');
  if (pathname === '/stopped.css') return page(STOPPED_STYLE, 'text/css; charset=utf-8');
  const file = await files.find(pathname === '/' ? '/index.html' : pathname);
  return file ? page(file.bytes, file.type) : refused(404);
}

const page = (body: BodyInit, type: string) =>
  new Response(body, { headers: { ...pageHeaders(), 'content-type': type } });
const refused = (status: number) => new Response(null, { status, headers: pageHeaders() });
