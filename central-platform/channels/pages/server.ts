import type { FastifyInstance } from 'fastify';
import { rateLimit } from '../../gateway/token-bucket.ts';
import { MOST_PAPER_BYTES } from '../papers.ts';
import { createPages, type PagesParts } from './page.ts';
import { casePages } from './routes/cases.ts';
import { documentPages } from './routes/documents.ts';
import { handOverPages } from './routes/hand-over.ts';
import { minePages } from './routes/mine.ts';
import { openPages } from './routes/open.ts';
import { signInPages } from './routes/sign-in.ts';

/** The pages on a person's own phone, and those anybody may see: forms and links, no script. */
export function phonePages(parts: PagesParts) {
  const limit = rateLimit(parts.clock, parts.limits);
  const pages = createPages(parts);
  const { failed } = pages;

  return async (server: FastifyInstance): Promise<void> => {
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16_384 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    // Read whole, then taken apart: a phone's photo at most.
    const multipart = { parseAs: 'buffer' as const, bodyLimit: MOST_PAPER_BYTES + 64 * 1024 };
    server.addContentTypeParser('multipart/form-data', multipart, (_request, body, done) => done(null, body));

    server.addHook('onRequest', async (request, reply) => {
      const wait = limit.take(request.ip);
      if (wait > 0) {
        void reply.header('retry-after', String(wait));
        return failed(request, reply, 'E2607');
      }
      // A form of another site cannot act for somebody who is signed in here.
      const origin = request.headers.origin;
      if (
        request.method === 'POST' &&
        origin !== undefined &&
        origin !== 'null' &&
        new URL(origin).host !== request.headers.host
      ) {
        return failed(request, reply, 'E9005');
      }
      return undefined;
    });
    server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      if (error.statusCode === 413) return failed(request, reply, 'E2604');
      if (error.statusCode !== undefined && error.statusCode < 500) return failed(request, reply, 'E9005');
      throw error;
    });

    openPages(server, pages, parts);
    signInPages(server, pages);
    minePages(server, pages, parts);
    documentPages(server, pages);
    casePages(server, pages);
    handOverPages(server, pages, parts);
  };
}
