import type { FastifyInstance } from 'fastify';
import { statusOf } from '../../../gateway/refusal.ts';
import { cookie, fields, type Pages, SESSION } from '../page.ts';
import { fill } from '../texts.ts';
import { codeView, registerView, signInView } from '../views/sign-in.ts';

/** Registration and sign-in by a code. */
export function signInPages(server: FastifyInstance, pages: Pages): void {
  const { readingOf, textsOf, show, call, tried, setCookie } = pages;

  server.get('/m/sign-in', (request, reply) =>
    show(request, reply, signInView(textsOf(request), undefined, cookie(request, 'after') !== undefined)),
  );
  server.get('/m/register', (request, reply) => show(request, reply, registerView(textsOf(request), undefined)));
  server.post('/m/code', async (request, reply) => {
    const body = fields(request);
    const t = textsOf(request);
    const { language } = readingOf(request);
    const { phone, name, idNumber } = body;
    const sent = phone
      ? await tried(request, 'sendLoginCode', { phone, language })
      : await tried(request, 'sendRegisterCode', { name, idNumber, language });
    if (sent.value) return show(request, reply, codeView(t, sent.value.challengeId, undefined));
    const view = phone ? signInView(t, sent.failure, false) : registerView(t, sent.failure);
    return show(request, reply, view, statusOf(sent.code));
  });
  server.post('/m/sign-in', async (request, reply) => {
    const { challengeId = '', code = '', idTail = '' } = fields(request);
    const t = textsOf(request);
    const done = await tried(request, 'signIn', { challengeId, code: code.trim(), ...(idTail ? { idTail } : {}) });
    if (done.value?.accepted !== true) {
      const words = done.value ? fill(t.wrongCode, { n: done.value.attemptsLeft }) : done.failure;
      return show(request, reply, codeView(t, challengeId, words), 422);
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
}
