import type { FastifyInstance } from 'fastify';
import { fields, type Pages } from '../page.ts';
import { cancelView, documentsView, showView } from '../views/documents.ts';
import { doneView } from '../views/parts.ts';

/** Documents of whoever is signed in: shown to somebody, cancelled. */
export function documentPages(server: FastifyInstance, pages: Pages): void {
  const { readingOf, textsOf, show, asked } = pages;

  server.get('/m/documents', async (request, reply) => {
    const found = await asked(request, reply, 'myDocuments');
    return found
      ? show(request, reply, documentsView(textsOf(request), readingOf(request).language, found.rows))
      : reply;
  });
  server.post<{ Params: { number: string } }>('/m/documents/:number/show', async (request, reply) => {
    const found = await asked(request, reply, 'showDocument', { number: request.params.number });
    return found ? show(request, reply, showView(textsOf(request), found.url, found.expiresAt)) : reply;
  });
  server.get<{ Params: { number: string } }>('/m/documents/:number/cancel', (request, reply) =>
    show(request, reply, cancelView(textsOf(request), request.params.number, undefined)),
  );
  server.post<{ Params: { number: string } }>('/m/documents/:number/cancel', async (request, reply) => {
    const t = textsOf(request);
    const { reason = '' } = fields(request);
    const found = await asked(request, reply, 'cancelDocument', { number: request.params.number, reason });
    return found ? show(request, reply, doneView(t, t.cancelled, undefined, '/m/documents')) : reply;
  });
}
