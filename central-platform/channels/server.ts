import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasNul } from '../gateway/plain-text.ts';
import { refuse, refuseAtGate } from '../gateway/refusal.ts';
import { type WebRouteName, webRoutes } from './contract.ts';
import { type Calling, type Dispatch, placesOf } from './dispatch.ts';
import { OutwardQuestion, type OutwardService } from './outward/service.ts';
import type { ChannelRegistry } from './registry.ts';

/** A photo of 6 MB as base64, with room. */
const PHOTO_LIMIT = 9 * 1024 * 1024;
/** Of everything else: a form that was begun, a certificate. */
const BODY_LIMIT = 64 * 1024;
/** No store keeps a NUL, and nobody types one. */
const NUL = { code: 'E9005', detail: 'a text holds NUL' } as const;

export interface WebApiParts {
  readonly registry: ChannelRegistry;
  readonly dispatch: Dispatch;
  readonly outward: OutwardService;
}

/** `/web/v1` for applications of channels, `/outward/v1` for other authorities: JSON behind keys, every refusal with a code. */
export function webApi({ registry, dispatch, outward }: WebApiParts) {
  async function callingOf(request: FastifyRequest): Promise<Calling> {
    const applicationId = header(request, 'x-app-id');
    const token = header(request, 'x-app-token') || undefined;
    const channel = await registry.byAppId(applicationId);
    const proved = channel ? await registry.proves(channel.code, header(request, 'x-app-key'), token) : 'key';
    return {
      applicationId,
      channel: channel?.code ?? '',
      keyProven: proved !== 'key',
      token: proved !== 'token' ? 'good' : token === undefined ? 'missing' : 'wrong',
      address: request.ip,
      session: /^Bearer (\S{1,100})$/.exec(header(request, 'authorization'))?.[1] ?? '',
    };
  }

  async function answer(name: WebRouteName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const given = webRoutes[name].method === 'GET' ? request.query : request.body;
    // What stands in the path wins over a body that says otherwise.
    const asked = { ...(given as object | undefined), ...(request.params as object) };
    if (hasNul(asked)) return refuse(reply, NUL);
    const done = await dispatch.call(name, await callingOf(request), asked);
    if (done.gate) return refuseAtGate(reply, done.gate);
    return done.result.ok ? reply.send(done.result.value) : refuse(reply, done.result.error);
  }

  return async (server: FastifyInstance): Promise<void> => {
    for (const name of Object.keys(webRoutes) as WebRouteName[]) {
      const { method, path } = webRoutes[name];
      server.route({
        method,
        url: path,
        bodyLimit: name === 'handInPaper' ? PHOTO_LIMIT : BODY_LIMIT,
        handler: (request, reply) => answer(name, request, reply),
      });
    }
    server.post('/outward/v1/questions', async (request, reply) => {
      if (hasNul(request.body)) return refuse(reply, NUL);
      const asked = OutwardQuestion.safeParse(request.body);
      if (!asked.success) return refuse(reply, { code: 'E9005', detail: placesOf(asked.error) });
      const [department, key] = [header(request, 'x-department'), header(request, 'x-department-key')];
      const given = await outward.ask(department, key, asked.data);
      return given.ok ? reply.send(given.value) : refuse(reply, given.error);
    });
  };
}

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value.slice(0, 200) : '';
};
