import type { FastifyInstance } from 'fastify';
import type { Pages, PagesParts } from '../page.ts';
import { cardView, consentsView, mineView } from '../views/mine.ts';

/** The account at a glance, the e-card, consents. */
export function minePages(server: FastifyInstance, pages: Pages, { clock }: Pick<PagesParts, 'clock'>): void {
  const { readingOf, textsOf, show, asked } = pages;

  server.get('/m', async (request, reply) => {
    const account = await asked(request, reply, 'myAccount');
    return account ? show(request, reply, mineView(textsOf(request), readingOf(request).language, account)) : reply;
  });
  server.get('/m/card', async (request, reply) => {
    const card = await asked(request, reply, 'myCard');
    return card ? show(request, reply, cardView(textsOf(request), card.code, card.expiresAt)) : reply;
  });
  server.get('/m/consents', async (request, reply) => {
    const found = await asked(request, reply, 'myConsents');
    return found
      ? show(request, reply, consentsView(textsOf(request), readingOf(request).language, found.rows, clock.now()))
      : reply;
  });
  server.post<{ Params: { id: string } }>('/m/consents/:id/withdrawal', async (request, reply) => {
    const done = await asked(request, reply, 'withdrawConsent', { number: request.params.id });
    return done ? reply.redirect('/m/consents', 303) : reply;
  });
}
