import { z } from 'zod';

/** What the test bench shows of the platform: the management side, read with the management token. */
export interface PlatformDesk {
  messages(): Promise<readonly Message[]>;
  requests(): Promise<readonly ArrivedRequest[]>;
}

const Message = z.object({ id: z.number(), at: z.number(), phoneMasked: z.string(), text: z.string() });
export type Message = z.infer<typeof Message>;

const ArrivedRequest = z.object({
  requestNumber: z.string(),
  item: z.string(),
  offline: z.boolean(),
  receivedAt: z.number(),
});
export type ArrivedRequest = z.infer<typeof ArrivedRequest>;

export function platformDesk(publicUrl: string, managementToken: string): PlatformDesk {
  async function read<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const answer = await fetch(new URL(path, publicUrl), {
      headers: { authorization: `Bearer ${managementToken}` },
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined); // The platform may be the very program that was just killed.
    return answer?.ok ? schema.parse(await answer.json()) : undefined;
  }
  return {
    messages: async () => (await read('/management/sms-outbox', z.array(Message))) ?? [],
    requests: async () => (await read('/management/requests', z.array(ArrivedRequest))) ?? [],
  };
}
