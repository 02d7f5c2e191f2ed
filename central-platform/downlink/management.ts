import type { Failure, Result } from '@kiosk/contract/kernel/result.ts';
import { Parameters } from '@kiosk/contract/platform/parameters.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { refuse } from '../gateway/refusal.ts';
import type { ConfigurationStore } from '../store/configuration-store.ts';
import { type Approval, CENTRE, type ConfigurationOffice, type ParameterChange } from './office.ts';

const nullable = Object.fromEntries(Object.keys(Parameters.shape).map((key) => [key, z.unknown()]));
const Who = { by: z.string().min(1).max(40).default('bench'), approvedBy: z.string().min(1).max(40).default('bench') };
/** Absent: the whole centre. */
const Where = {
  terminalId: z
    .string()
    .regex(/^\d{6}$/)
    .default(CENTRE),
};
const ChangeRequest = z.strictObject({ ...Where, ...Who, change: z.strictObject(nullable).partial() });
const ItemRequest = z.strictObject({
  ...Where,
  ...Who,
  /** null: started again. */
  words: z.object({ zh: z.string().min(1), en: z.string().min(1) }).nullable(),
});
const CommandRequest = z.strictObject({ ...Where, ...Who, command: z.unknown() });

/**
 * What staff can change on terminals, as plain requests of one person for the test bench and tests. The store keeps who
 * proposed and who approved apart; the console with two people comes on top of it.
 */
export function configurationRoutes(office: ConfigurationOffice, store: ConfigurationStore) {
  return async (server: FastifyInstance): Promise<void> => {
    const released = (reply: FastifyReply, result: Result<number>) =>
      result.ok ? { version: result.value } : refuse(reply, result.error);

    server.get<{ Querystring: { terminalId?: string } }>('/configuration', async (request) => ({
      parameters: await office.parameters(request.query.terminalId ?? CENTRE),
      changes: (await store.changes()).filter(({ kind }) => kind !== 'catalogue'),
    }));
    server.post('/configuration', async (request, reply) => {
      const body = ChangeRequest.safeParse(request.body);
      if (!body.success) return refuse(reply, wrong(body.error));
      const { terminalId, change, ...approval } = body.data;
      return released(reply, await office.changeParameters(terminalId, change as ParameterChange, approval));
    });
    server.post<{ Params: { item: string } }>('/items/:item', async (request, reply) => {
      const body = ItemRequest.safeParse(request.body);
      if (!body.success) return refuse(reply, wrong(body.error));
      const { terminalId, words, ...approval } = body.data;
      return released(reply, await stopItem(terminalId, request.params.item, words, approval));
    });
    server.post('/commands', async (request, reply) => {
      const body = CommandRequest.safeParse(request.body);
      if (!body.success) return refuse(reply, wrong(body.error));
      const { terminalId, command, ...approval } = body.data;
      return released(reply, await office.command(terminalId, command, approval));
    });

    async function stopItem(
      scope: string,
      id: string,
      words: { zh: string; en: string } | null,
      approval: Approval,
    ): Promise<Result<number>> {
      const { stoppedItems } = await office.parameters(scope);
      const others = stoppedItems.filter((item) => item.id !== id);
      const items = words ? [...others, { id, words }] : others;
      return office.changeParameters(scope, { stoppedItems: items }, approval);
    }
  };
}

const wrong = (error: z.ZodError): Failure => ({
  code: 'E9005',
  detail: error.issues.map(({ path }) => path.join('.') || '(whole)').join('; '),
});
