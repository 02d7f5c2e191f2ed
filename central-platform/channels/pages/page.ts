import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { statusOf } from '../../gateway/refusal.ts';
import type { WebAnswer, WebRouteName } from '../contract.ts';
import type { Dispatch } from '../dispatch.ts';
import type { HandOver } from '../handover.ts';
import type { Passes } from '../passes.ts';
import type { DocumentProvider } from '../providers.ts';
import { WEB_CHANNEL } from '../settings.ts';
import { frame, type Reading } from './frame.ts';
import type { PlaceStatus } from './public-status.ts';
import { TEXTS, type Texts } from './texts.ts';
import { goneView, type View } from './views/parts.ts';

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

export const SESSION = 'hall';
export const READING = 'reading';

/** What every page does: reads how somebody wants to read, asks the web API as the web hall does, answers with a page. */
export type Pages = ReturnType<typeof createPages>;

export function createPages(parts: PagesParts) {
  const { dispatch } = parts;
  const secure = () => (parts.baseUrl().startsWith('https:') ? '; Secure' : '');

  const readingOf = (request: FastifyRequest): Reading => {
    const [language, large] = (cookie(request, READING) ?? '').split('.');
    const wanted = language === 'zh' || language === 'en' ? language : undefined;
    const first = /^en/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';
    return { language: wanted ?? first, large: large === '1' };
  };
  const textsOf = (request: FastifyRequest): Texts => TEXTS[readingOf(request).language];

  function show(request: FastifyRequest, reply: FastifyReply, view: View, status = 200): FastifyReply {
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
    return show(request, reply, goneView(depositor[language], next[language]), statusOf(code));
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
        goneView(depositor[language], done.gate.body.diversion?.words[language] ?? ''),
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
    if (done.gate) return { failure: done.gate.body.depositor[readingOf(request).language], code: done.gate.body.code };
    if (done.result.ok) return { value: done.result.value };
    return { failure: sentence(request, done.result.error.code), code: done.result.error.code };
  }
  function setCookie(reply: FastifyReply, name: string, value: string, seconds: number): void {
    void reply.header('set-cookie', `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure()}`);
  }

  return { readingOf, textsOf, show, failed, call, asked, tried, setCookie };
}

export const fields = (request: FastifyRequest): Readonly<Record<string, string>> =>
  (typeof request.body === 'object' && request.body !== null && !Buffer.isBuffer(request.body)
    ? request.body
    : {}) as Record<string, string>;

export function cookie(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value) return value;
  }
  return undefined;
}
