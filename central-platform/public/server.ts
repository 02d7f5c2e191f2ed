import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { VerifiedPaper } from '@kiosk/contract/platform/documents.ts';
import fastify, { type FastifyInstance } from 'fastify';
import { apiPages } from '../gateway/openapi/public-pages.ts';
import { type CertificateExchange, SignedWord } from '../documents/certificates/exchange.ts';
import type { Verifier } from '../documents/verifier.ts';
import { refuse, refuseError } from '../gateway/refusal.ts';
import { rateLimit } from '../gateway/token-bucket.ts';
import type { Log } from '../log.ts';
import { managementRoutes, type ManagementParts } from './management.ts';
import { LOCAL_FONTS } from './style.ts';
import { verifyPage, type VerdictName } from './verify-page.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export interface PublicParts {
  readonly limits: { readonly perSecond: number; readonly burst: number };
  readonly clock: Clock;
  readonly log: Log;
  readonly verifier: Verifier;
  readonly exchange: CertificateExchange;
  readonly centreName: { readonly zh: string; readonly en: string };
  readonly enquiryPhone: string;
  readonly management: ManagementParts;
  readonly demonstration: boolean;
  /** Folder of the fonts that the pages bring along; undefined where readers have their own. */
  readonly localFontsDir: string | undefined;
  /** Web API and phone pages (channels/). */
  readonly channels: (server: FastifyInstance) => Promise<void>;
}

/** Plain HTTP on loopback: the page that verifies a paper, the health of the program, and the management interface. */
export function createPublicListener(parts: PublicParts): FastifyInstance {
  const { clock, log, verifier, exchange, centreName, enquiryPhone, demonstration, localFontsDir } = parts;
  const localFonts = localFontsDir !== undefined;
  const limit = rateLimit(clock, parts.limits);
  const server = fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    requestTimeout: 60_000,
    frameworkErrors: (_error, _request, reply) => void refuse(reply, { code: 'E9005', detail: 'address' }, 404),
  });

  server.addHook('onSend', async (_request, reply) => {
    void reply.headers({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, { code: 'E9005', detail: 'no such route' }, 404));
  server.setErrorHandler<Error & { statusCode?: number; code?: string }>((error, _request, reply) =>
    refuseError(reply, error, log),
  );

  server.get<{ Querystring: { n?: unknown; c?: unknown } }>('/verify', async (request, reply) => {
    const page = (verdict: VerdictName, paper?: VerifiedPaper['paper']) =>
      reply
        .type('text/html; charset=utf-8')
        .send(verifyPage({ centreName, enquiryPhone, verdict, demonstration, localFonts, paper }));
    const wait = limit.take(request.ip);
    if (wait > 0) {
      void reply.code(429).header('retry-after', String(wait));
      return page('busy');
    }
    const { n, c } = request.query;
    if (typeof n !== 'string' || typeof c !== 'string') return page('ask');
    const { verdict, paper, lockedForSeconds } = await verifier.verify(n.slice(0, 100), c.slice(0, 100), {
      address: request.ip,
    });
    if (verdict === 'unknown') void reply.code(404);
    if (verdict === 'locked') void reply.code(429).header('retry-after', String(lockedForSeconds));
    return page(verdict, paper);
  });
  if (localFontsDir !== undefined) {
    for (const { path, file } of LOCAL_FONTS) {
      server.get(path, (_request, reply) => reply.type('font/ttf').send(createReadStream(join(localFontsDir, file))));
    }
  }
  /** What a centre of another city says about a certificate (回执): signed by it, so that it needs no account here. */
  server.post('/exchange/certificates', async (request, reply) => {
    const wait = limit.take(request.ip);
    if (wait > 0) return refuse(reply, { code: 'E3106', detail: `${wait} s` });
    const signed = SignedWord.safeParse(request.body);
    if (!signed.success) return refuse(reply, { code: 'E9005', detail: 'word and signatureBase64' });
    const taken = await exchange.take(signed.data);
    return taken.ok ? { state: taken.value.state } : refuse(reply, taken.error);
  });
  server.get('/healthz', async () => ({ status: 'ok', version }));
  server.register(apiPages(localFonts));
  server.register(parts.channels);
  server.register(managementRoutes(parts.management), { prefix: '/management' });
  return server;
}
