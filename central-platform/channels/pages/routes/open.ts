import type { FastifyInstance } from 'fastify';
import { cookie, type Pages, type PagesParts, READING, SESSION } from '../page.ts';
import { goneView } from '../views/parts.ts';
import { shownView } from '../views/documents.ts';
import { askView, homeView, statusView } from '../views/open.ts';

/** What anybody may see. */
export function openPages(
  server: FastifyInstance,
  pages: Pages,
  { clock, status, passes, documents }: Pick<PagesParts, 'clock' | 'status' | 'passes' | 'documents'>,
): void {
  const { readingOf, textsOf, show, tried, setCookie } = pages;

  server.get('/', (request, reply) =>
    show(request, reply, homeView(textsOf(request), cookie(request, SESSION) !== undefined)),
  );
  server.get('/status', async (request, reply) =>
    show(request, reply, statusView(textsOf(request), readingOf(request).language, await status(), clock.now())),
  );
  server.get('/ask', async (request, reply) => {
    const { q } = request.query as Record<string, unknown>;
    const question = typeof q === 'string' ? q.slice(0, 200).trim() : '';
    if (question === '') return show(request, reply, askView(textsOf(request), '', undefined, undefined));
    const found = await tried(request, 'ask', { question, language: readingOf(request).language });
    return show(request, reply, askView(textsOf(request), question, found.value, found.failure));
  });

  // What a stranger reads who is shown a code.
  server.get<{ Params: { code: string } }>('/c/:code', async (request, reply) => {
    const t = textsOf(request);
    const pass = await passes.look('show', request.params.code.slice(0, 60), { address: request.ip });
    const number = pass.ok ? (pass.value.content as { number: string }).number : undefined;
    const shown = number === undefined ? undefined : await documents.shown(number);
    if (!shown) return show(request, reply, goneView(t.shownGone, t.shownGoneHint), 404);
    return show(request, reply, shownView(t, readingOf(request).language, shown));
  });
  server.get('/reading', (request, reply) => {
    const { lang, large, back } = request.query as Record<string, unknown>;
    const now = readingOf(request);
    const language = lang === 'zh' || lang === 'en' ? lang : now.language;
    const size = large === '0' || large === '1' ? large : now.large ? '1' : '0';
    setCookie(reply, READING, `${language}.${size}`, 31_536_000);
    // Only to a page of ours.
    const to = typeof back === 'string' && /^\/(?![/\\])[\w\-./?=&%]*$/.test(back) ? back : '/';
    return reply.redirect(to, 303);
  });
}
