import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './document.ts';
import { apiPage } from './page.ts';

/** GET /openapi.json for tools and GET /api for people. Made once: neither changes while the program runs. */
export function apiPages(localFonts: boolean) {
  const document = openApiDocument();
  const json = JSON.stringify(document);
  const page = apiPage(document, localFonts);
  return async (server: FastifyInstance): Promise<void> => {
    server.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(json));
    server.get('/api', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  };
}
