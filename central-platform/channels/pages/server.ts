import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rateLimit } from '../../gateway/token-bucket.ts';
import { statusOf } from '../../gateway/refusal.ts';
import type { WebAnswer, WebRouteName } from '../contract.ts';
import type { Dispatch } from '../dispatch.ts';
import type { HandOver } from '../handover.ts';
import { MOST_PAPER_BYTES } from '../papers.ts';
import type { Passes } from '../passes.ts';
import type { DocumentProvider } from '../providers.ts';
import { WEB_CHANNEL } from '../settings.ts';
import { frame, type Reading } from './frame.ts';
import type { PlaceStatus } from './public-status.ts';
import { fill, TEXTS, type Texts } from './texts.ts';
import * as views from './views.ts';

export interface PagesParts {
  readonly clock: Clock;
  readonly dispatch: Dispatch;
  readonly handOver: HandOver;
  readonly passes: Passes;
  readonly documents: DocumentProvider;
  readonly status: () => Promise<readonly PlaceStatus[]>;
  readonly catalogue: () => Promise<Catalogue>;
  readonly centreName: Words;
  readonly enquiryPhone: string;
  readonly demonstration: boolean;
  readonly localFonts: boolean;
  readonly limits: { readonly perSecond: number; readonly burst: number };
  readonly baseUrl: () => string;
  /** Application id under which the web hall is registered. */
  readonly channel: () => Promise<string>;
}

const SESSION = 'hall';
const READING = 'reading';

/** The pages on a person's own phone, and those anybody may see: forms and links, no script. */
export function phonePages(parts: PagesParts) {
  const { clock, dispatch, handOver, passes, documents, catalogue } = parts;
  const limit = rateLimit(clock, parts.limits);
  const secure = () => (parts.baseUrl().startsWith('https:') ? '; Secure' : '');

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

    const readingOf = (request: FastifyRequest): Reading => {
      const [language, large] = (cookie(request, READING) ?? '').split('.');
      const wanted = language === 'zh' || language === 'en' ? language : undefined;
      const first = /^en/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';
      return { language: wanted ?? first, large: large === '1' };
    };
    const textsOf = (request: FastifyRequest): Texts => TEXTS[readingOf(request).language];

    function show(request: FastifyRequest, reply: FastifyReply, view: views.View, status = 200): FastifyReply {
      const { centreName, enquiryPhone, demonstration, localFonts } = parts;
      // A choice of language on an answer to a form leads back to where the form is.
      const path = request.method === 'GET' ? request.url : '/m';
      const page = { ...readingOf(request), ...view, centreName, enquiryPhone, demonstration, localFonts, path };
      return reply.code(status).type('text/html; charset=utf-8').send(frame(page));
    }
    function sentence(request: FastifyRequest, code: string): string {
      const { depositor, next } = explain(code);
      const { language } = readingOf(request);
      return language === 'zh' ? `${depositor.zh}。${next.zh}。` : `${depositor.en}. ${next.en}.`;
    }
    function failed(request: FastifyRequest, reply: FastifyReply, code: string): FastifyReply {
      const { depositor, next } = explain(code);
      const { language } = readingOf(request);
      return show(request, reply, views.goneView(depositor[language], next[language]), statusOf(code));
    }

    async function call<R extends WebRouteName>(request: FastifyRequest, name: R, asked: unknown) {
      return dispatch.call(
        name,
        {
          applicationId: await parts.channel(),
          channel: WEB_CHANNEL,
          keyProven: true,
          token: 'good',
          address: request.ip,
          session: cookie(request, SESSION) ?? '',
        },
        asked,
      );
    }
    /** The answer, or undefined when the reply says already why there is none. */
    async function asked<R extends WebRouteName>(
      request: FastifyRequest,
      reply: FastifyReply,
      name: R,
      given: unknown = {},
    ): Promise<WebAnswer<R> | undefined> {
      const done = await call(request, name, given);
      if (done.gate) {
        const { language } = readingOf(request);
        const { depositor, code } = done.gate.body;
        show(
          request,
          reply,
          views.goneView(depositor[language], done.gate.body.diversion?.words[language] ?? ''),
          statusOf(code),
        );
        return undefined;
      }
      if (done.result.ok) return done.result.value;
      if (done.result.error.code === 'E2609') void reply.redirect('/m/sign-in', 303);
      else failed(request, reply, done.result.error.code);
      return undefined;
    }
    /** The answer, or the sentence that says why there is none. */
    async function tried<R extends WebRouteName>(request: FastifyRequest, name: R, given: unknown) {
      const done = await call(request, name, given);
      if (done.gate)
        return { failure: done.gate.body.depositor[readingOf(request).language], code: done.gate.body.code };
      if (done.result.ok) return { value: done.result.value };
      return { failure: sentence(request, done.result.error.code), code: done.result.error.code };
    }
    function setCookie(reply: FastifyReply, name: string, value: string, seconds: number): void {
      void reply.header(
        'set-cookie',
        `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure()}`,
      );
    }

    server.get('/', (request, reply) =>
      show(request, reply, views.homeView(textsOf(request), cookie(request, SESSION) !== undefined)),
    );
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
    server.get('/status', async (request, reply) =>
      show(
        request,
        reply,
        views.statusView(textsOf(request), readingOf(request).language, await parts.status(), clock.now()),
      ),
    );
    server.get('/ask', async (request, reply) => {
      const { q } = request.query as Record<string, unknown>;
      const question = typeof q === 'string' ? q.slice(0, 200).trim() : '';
      if (question === '') return show(request, reply, views.askView(textsOf(request), '', undefined, undefined));
      const found = await tried(request, 'ask', { question, language: readingOf(request).language });
      return show(request, reply, views.askView(textsOf(request), question, found.value, found.failure));
    });

    // What a stranger reads who is shown a code.
    server.get<{ Params: { code: string } }>('/c/:code', async (request, reply) => {
      const t = textsOf(request);
      const pass = await passes.look('show', request.params.code.slice(0, 60), { address: request.ip });
      const number = pass.ok ? (pass.value.content as { number: string }).number : undefined;
      const shown = number === undefined ? undefined : await documents.shown(number);
      if (!shown) return show(request, reply, views.goneView(t.shownGone, t.shownGoneHint), 404);
      return show(request, reply, views.shownView(t, readingOf(request).language, shown));
    });

    server.get('/m/sign-in', (request, reply) =>
      show(request, reply, views.signInView(textsOf(request), undefined, cookie(request, 'after') !== undefined)),
    );
    server.get('/m/register', (request, reply) =>
      show(request, reply, views.registerView(textsOf(request), undefined)),
    );
    server.post('/m/code', async (request, reply) => {
      const body = fields(request);
      const t = textsOf(request);
      const { language } = readingOf(request);
      const { phone, name, idNumber } = body;
      const sent = phone
        ? await tried(request, 'sendLoginCode', { phone, language })
        : await tried(request, 'sendRegisterCode', { name, idNumber, language });
      if (sent.value) return show(request, reply, views.codeView(t, sent.value.challengeId, undefined));
      const view = phone ? views.signInView(t, sent.failure, false) : views.registerView(t, sent.failure);
      return show(request, reply, view, statusOf(sent.code));
    });
    server.post('/m/sign-in', async (request, reply) => {
      const { challengeId = '', code = '', idTail = '' } = fields(request);
      const t = textsOf(request);
      const done = await tried(request, 'signIn', { challengeId, code: code.trim(), ...(idTail ? { idTail } : {}) });
      if (done.value?.accepted !== true) {
        const words = done.value ? fill(t.wrongCode, { n: done.value.attemptsLeft }) : done.failure;
        return show(request, reply, views.codeView(t, challengeId, words), 422);
      }
      const after = cookie(request, 'after');
      setCookie(reply, SESSION, done.value.session, 1_800);
      return reply.redirect(after !== undefined && /^[\w-]{10,60}$/.test(after) ? `/m/h/${after}` : '/m', 303);
    });
    server.post('/m/sign-out', async (request, reply) => {
      await call(request, 'signOut', {});
      setCookie(reply, SESSION, '', 0);
      return reply.redirect('/', 303);
    });

    server.get('/m', async (request, reply) => {
      const account = await asked(request, reply, 'myAccount');
      return account
        ? show(request, reply, views.mineView(textsOf(request), readingOf(request).language, account))
        : reply;
    });
    server.get('/m/documents', async (request, reply) => {
      const found = await asked(request, reply, 'myDocuments');
      return found
        ? show(request, reply, views.documentsView(textsOf(request), readingOf(request).language, found.rows))
        : reply;
    });
    server.post<{ Params: { number: string } }>('/m/documents/:number/show', async (request, reply) => {
      const found = await asked(request, reply, 'showDocument', { number: request.params.number });
      return found ? show(request, reply, views.showView(textsOf(request), found.url, found.expiresAt)) : reply;
    });
    server.get<{ Params: { number: string } }>('/m/documents/:number/cancel', (request, reply) =>
      show(request, reply, views.cancelView(textsOf(request), request.params.number, undefined)),
    );
    server.post<{ Params: { number: string } }>('/m/documents/:number/cancel', async (request, reply) => {
      const t = textsOf(request);
      const { reason = '' } = fields(request);
      const found = await asked(request, reply, 'cancelDocument', { number: request.params.number, reason });
      return found ? show(request, reply, views.doneView(t, t.cancelled, undefined, '/m/documents')) : reply;
    });
    server.get('/m/cases', async (request, reply) => {
      const found = await asked(request, reply, 'myCases');
      if (!found) return reply;
      const appointments = await asked(request, reply, 'myAppointments');
      if (!appointments) return reply;
      const { language } = readingOf(request);
      return show(request, reply, views.casesView(textsOf(request), language, found.rows, appointments.rows));
    });
    server.get<{ Params: { number: string } }>('/m/cases/:number', async (request, reply) => {
      const found = await asked(request, reply, 'myCase', { number: request.params.number });
      return found
        ? show(request, reply, views.caseView(textsOf(request), readingOf(request).language, found, undefined))
        : reply;
    });
    server.post<{ Params: { number: string } }>('/m/cases/:number/papers', async (request, reply) => {
      const t = textsOf(request);
      const form = await formOf(request);
      const file = form?.get('file');
      const material = form?.get('material');
      if (!(file instanceof Blob) || typeof material !== 'string') return failed(request, reply, 'E2603');
      const fileBase64 = Buffer.from(await file.arrayBuffer()).toString('base64');
      const { number } = request.params;
      const taken = await asked(request, reply, 'handInPaper', { number, material, fileBase64 });
      return taken ? show(request, reply, views.doneView(t, t.uploaded, t.uploadedHint, `/m/cases/${number}`)) : reply;
    });
    server.post<{ Params: { number: string } }>('/m/cases/:number/rating', async (request, reply) => {
      const t = textsOf(request);
      const { score, reason } = fields(request);
      const rated = await asked(request, reply, 'rate', {
        subject: request.params.number,
        score,
        ...(reason ? { reason } : {}),
      });
      return rated ? show(request, reply, views.doneView(t, t.thanks, undefined, '/m/cases')) : reply;
    });
    server.get('/m/card', async (request, reply) => {
      const card = await asked(request, reply, 'myCard');
      return card ? show(request, reply, views.cardView(textsOf(request), card.code, card.expiresAt)) : reply;
    });
    server.get('/m/consents', async (request, reply) => {
      const found = await asked(request, reply, 'myConsents');
      return found
        ? show(
            request,
            reply,
            views.consentsView(textsOf(request), readingOf(request).language, found.rows, clock.now()),
          )
        : reply;
    });
    server.post<{ Params: { id: string } }>('/m/consents/:id/withdrawal', async (request, reply) => {
      const done = await asked(request, reply, 'withdrawConsent', { number: request.params.id });
      return done ? reply.redirect('/m/consents', 303) : reply;
    });

    // The other end of the terminal's QR: nothing is taken by looking, so that a preview of the address does not use it up.
    server.get<{ Params: { token: string } }>('/m/h/:token', async (request, reply) => {
      const t = textsOf(request);
      const { token } = request.params;
      const found = await handOver.look('phone', token.slice(0, 60), request.ip);
      if (!found.ok) return show(request, reply, views.goneView(t.handOverGone, t.handOverGoneHint), 404);
      const account = found.value.personal ? await call(request, 'myAccount', {}) : undefined;
      const signedIn = account?.gate === undefined && account?.result.ok === true;
      if (found.value.personal && !signedIn) {
        setCookie(reply, 'after', token, 600);
        return show(request, reply, views.signInView(t, undefined, true));
      }
      return show(request, reply, views.handOverView(t, token, await itemName(request, found.value.item)));
    });
    server.post<{ Params: { token: string } }>('/m/h/:token', async (request, reply) => {
      const t = textsOf(request);
      const { token } = request.params;
      const found = await handOver.look('phone', token.slice(0, 60), request.ip);
      setCookie(reply, 'after', '', 0);
      if (!found.ok) return show(request, reply, views.goneView(t.handOverGone, t.handOverGoneHint), 404);
      if (found.value.personal) {
        const taken = await tried(request, 'takeUp', { code: token });
        if (!taken.value)
          return show(request, reply, views.goneView(t.handOverGone, taken.failure), statusOf(taken.code));
        return show(
          request,
          reply,
          views.takenView(t, await itemName(request, taken.value.item), wayTo(taken.value.item)),
        );
      }
      const by = { depositorId: undefined, channel: WEB_CHANNEL, address: request.ip };
      const taken = await handOver.take('phone', token, by);
      if (!taken.ok) return show(request, reply, views.goneView(t.handOverGone, t.handOverGoneHint), 404);
      const { item } = taken.value;
      return show(request, reply, views.takenView(t, await itemName(request, item), wayTo(item)));
    });
    async function itemName(request: FastifyRequest, id: string): Promise<string> {
      return (await catalogue()).items.find((item) => item.id === id)?.name[readingOf(request).language] ?? id;
    }
  };
}

/** Where an item goes on here; what the web hall does not have begins at its first page. */
const wayTo = (item: string): string =>
  ({ Q01: '/m', Q02: '/m', Q06: '/m/cases', B08: '/m/cases', S01: '/ask', P08: '/verify' })[item] ??
  (/^(P|B09)/.test(item) ? '/m/documents' : '/m');

const fields = (request: FastifyRequest): Readonly<Record<string, string>> =>
  (typeof request.body === 'object' && request.body !== null && !Buffer.isBuffer(request.body)
    ? request.body
    : {}) as Record<string, string>;

/** undefined: it is no form. */
async function formOf(request: FastifyRequest): Promise<FormData | undefined> {
  if (!Buffer.isBuffer(request.body)) return undefined;
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  try {
    return await new Response(new Uint8Array(request.body), { headers }).formData();
  } catch {
    return undefined;
  }
}

function cookie(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value) return value;
  }
  return undefined;
}
