import { StreamName } from '@kiosk/contract/journal/stream.ts';
import { platformRoutes, type PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { enrolmentRoutes } from '@kiosk/contract/platform/enrolment.ts';
import { Batch, BatchConflict, BatchReceipt, StreamHead, StreamPage } from '@kiosk/contract/platform/ingest.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Terminal } from '../store/store.ts';
import { answer, placesOf } from './answer.ts';
import { passGates } from './gates/gates.ts';
import type { GateFacts } from './gates/facts.ts';
import { GATED, itemsOf } from './gates/routes.ts';
import { refuse, refuseAtGate } from './refusal.ts';
import { hasNul } from './plain-text.ts';
import { BODY_LIMIT, type GatewayParts } from './server.ts';
import { unzip } from './unzip.ts';

/** Query of a page: text, as queries are. */
const PageWanted = z.object({
  after: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  limit: z.coerce.number().int().min(1).max(500),
});
const NUL = { code: 'E9005', detail: 'a text holds NUL' } as const;
/** A card's data or a request for a certificate: nothing of a conversation is longer. */
const TALK_LIMIT = 64 * 1024;
/** Of the reconciliation and the heartbeat: lists of devices and windows. */
const REPORT_LIMIT = 512 * 1024;

/** Every route of the contract. Who calls is known here; whether the call may be made the gates say. */
export function terminalRoutes(
  { log, clock, gates, uses, centreId, intake, handlers, enrolment }: GatewayParts,
  caller: (request: FastifyRequest) => Terminal,
) {
  /** How to give back a use that came to nothing; null: it was answered at a gate. */
  async function passed(
    name: keyof PlatformRoutes,
    request: FastifyRequest,
    reply: FastifyReply,
    wanted: unknown,
  ): Promise<(() => Promise<void>) | null> {
    let release = async (): Promise<void> => {};
    const items = itemsOf(name, wanted);
    if (items === undefined) return release;
    const { terminalId } = caller(request);
    const served = await servedOf(gates, items);
    const asked = {
      applicationId: terminalId,
      channel: '50',
      centreId,
      keyProven: true,
      token: 'good',
      item: served[0] ?? null,
      orFor: served.slice(1),
      interfaceName: name,
      amountFen: null,
      use: (item: string) => uses.of(terminalId, name, wanted, item),
    } as const;
    const shut = await passGates(gates, asked, clock.now(), (back) => (release = back));
    if (!shut) return release;
    log({ event: 'gate', terminal: asked.applicationId, code: shut.body.code, detail: name, count: shut.body.gate });
    refuseAtGate(reply, shut);
    return null;
  }

  return async (server: FastifyInstance): Promise<void> => {
    function serve<R extends keyof PlatformRoutes>(name: R): void {
      const { method, path, request: schema, answer: answerSchema } = platformRoutes[name];
      server.route({
        method,
        url: path,
        bodyLimit: name in GATED || name === 'endIdentity' ? TALK_LIMIT : REPORT_LIMIT,
        async handler(request, reply) {
          const sent = method === 'GET' ? request.query : request.body;
          if (hasNul(sent)) return refuse(reply, NUL);
          const asked = schema.safeParse(sent);
          if (!asked.success) return refuse(reply, { code: 'E9005', detail: placesOf(asked.error) });
          const release = await passed(name, request, reply, asked.data);
          if (!release) return reply;
          const result = await handlers[name](caller(request), asked.data as z.output<PlatformRoutes[R]['request']>);
          if (!result.ok) await release();
          return result.ok ? answer(log, reply, answerSchema, result.value) : refuse(reply, result.error);
        },
      });
    }
    (Object.keys(platformRoutes) as (keyof PlatformRoutes)[]).forEach(serve);

    const { enrol, renewCertificate } = enrolmentRoutes;
    server.post(enrol.path, { bodyLimit: TALK_LIMIT }, async (request, reply) => {
      if (hasNul(request.body)) return refuse(reply, NUL);
      const asked = enrol.request.safeParse(request.body);
      if (!asked.success) return refuse(reply, { code: 'E9005', detail: placesOf(asked.error) });
      const issued = await enrolment.enrol(asked.data);
      return issued.ok ? answer(log, reply, enrol.answer, issued.value) : refuse(reply, issued.error);
    });
    server.post(renewCertificate.path, { bodyLimit: TALK_LIMIT }, async (request, reply) => {
      const asked = renewCertificate.request.safeParse(request.body);
      if (!asked.success) return refuse(reply, { code: 'E9005', detail: placesOf(asked.error) });
      const issued = await enrolment.renew(caller(request), asked.data);
      return issued.ok ? answer(log, reply, renewCertificate.answer, issued.value) : refuse(reply, issued.error);
    });

    const unzipped = { preParsing: unzip(BODY_LIMIT) };
    server.post<{ Params: { stream: string } }>('/v1/streams/:stream/batches', unzipped, async (request, reply) => {
      const batch = Batch.safeParse(request.body);
      if (!batch.success) return refuse(reply, { code: 'E9005', detail: placesOf(batch.error) });
      if (batch.data.stream !== request.params.stream) {
        return refuse(reply, { code: 'E9005', detail: 'stream: differs from the address' });
      }
      const received = await intake.receive(caller(request), batch.data);
      if (received.ok) return answer(log, reply, BatchReceipt, received.value);
      log({ event: 'batch.refused', terminal: caller(request).terminalId, code: received.error.code });
      return answer(log, reply, BatchConflict, received.error, 409);
    });
    server.get<{ Params: { stream: string } }>('/v1/streams/:stream/head', async (request, reply) => {
      const stream = StreamName.safeParse(request.params.stream);
      if (!stream.success) return refuse(reply, { code: 'E9005', detail: 'stream: no such stream' }, 404);
      return answer(log, reply, StreamHead, await intake.standing(caller(request).terminalId, stream.data));
    });
    server.get<{ Params: { stream: string }; Querystring: unknown }>(
      '/v1/streams/:stream/entries',
      async (request, reply) => {
        const stream = StreamName.safeParse(request.params.stream);
        const page = PageWanted.safeParse(request.query);
        if (!stream.success) return refuse(reply, { code: 'E9005', detail: 'stream: no such stream' }, 404);
        if (!page.success) return refuse(reply, { code: 'E9005', detail: placesOf(page.error) });
        const { after, limit } = page.data;
        const found = await intake.entries(caller(request).terminalId, stream.data, after, limit);
        return found
          ? answer(log, reply, StreamPage, found)
          : refuse(reply, { code: 'E9005', detail: 'after: beyond the end of the stream' }, 404);
      },
    );
  };
}

/** Of the items a call may be for those that are open at terminals; none is: the first, whose gate says why. */
async function servedOf(gates: GateFacts, items: readonly string[]): Promise<readonly string[]> {
  if (items.length < 2) return items;
  const open: string[] = [];
  for (const id of items) {
    const item = await gates.item(id);
    if (item?.state === 'started' && item.channels.includes('50')) open.push(id);
  }
  return open.length > 0 ? open : items.slice(0, 1);
}
