import type { FastifyInstance, FastifyRequest } from 'fastify';
import { statusOf } from '../../../gateway/refusal.ts';
import { WEB_CHANNEL } from '../../settings.ts';
import type { Pages, PagesParts } from '../page.ts';
import { handOverView, takenView } from '../views/hand-over.ts';
import { goneView } from '../views/parts.ts';
import { signInView } from '../views/sign-in.ts';

/** The other end of the terminal's QR: nothing is taken by looking, so that a preview of the address does not use it up. */
export function handOverPages(
  server: FastifyInstance,
  pages: Pages,
  { catalogue, handOver }: Pick<PagesParts, 'catalogue' | 'handOver'>,
): void {
  const { readingOf, textsOf, show, call, tried, setCookie } = pages;

  server.get<{ Params: { token: string } }>('/m/h/:token', async (request, reply) => {
    const t = textsOf(request);
    const { token } = request.params;
    const found = await handOver.look('phone', token.slice(0, 60), request.ip);
    if (!found.ok) return show(request, reply, goneView(t.handOverGone, t.handOverGoneHint), 404);
    const account = found.value.personal ? await call(request, 'myAccount', {}) : undefined;
    const signedIn = account?.gate === undefined && account?.result.ok === true;
    if (found.value.personal && !signedIn) {
      setCookie(reply, 'after', token, 600);
      return show(request, reply, signInView(t, undefined, true));
    }
    return show(request, reply, handOverView(t, token, await itemName(request, found.value.item)));
  });
  server.post<{ Params: { token: string } }>('/m/h/:token', async (request, reply) => {
    const t = textsOf(request);
    const { token } = request.params;
    const found = await handOver.look('phone', token.slice(0, 60), request.ip);
    setCookie(reply, 'after', '', 0);
    if (!found.ok) return show(request, reply, goneView(t.handOverGone, t.handOverGoneHint), 404);
    if (found.value.personal) {
      const taken = await tried(request, 'takeUp', { code: token });
      if (!taken.value) return show(request, reply, goneView(t.handOverGone, taken.failure), statusOf(taken.code));
      return show(request, reply, takenView(t, await itemName(request, taken.value.item), wayTo(taken.value.item)));
    }
    const by = { depositorId: undefined, channel: WEB_CHANNEL, address: request.ip };
    const taken = await handOver.take('phone', token, by);
    if (!taken.ok) return show(request, reply, goneView(t.handOverGone, t.handOverGoneHint), 404);
    const { item } = taken.value;
    return show(request, reply, takenView(t, await itemName(request, item), wayTo(item)));
  });
  async function itemName(request: FastifyRequest, id: string): Promise<string> {
    return (await catalogue()).items.find((item) => item.id === id)?.name[readingOf(request).language] ?? id;
  }
}

/** Where an item goes on here; what the web hall does not have begins at its first page. */
const wayTo = (item: string): string =>
  ({ Q06: '/m/cases', B08: '/m/cases', B09: '/m/consents', S01: '/ask', P08: '/verify' })[item] ??
  (item.startsWith('P') ? '/m/documents' : '/m');
