import { Parameters } from '@kiosk/contract/platform/parameters.ts';
import { z } from 'zod';

/** What the test bench shows of the platform and changes at it: the management side, with the management token. */
export interface PlatformDesk {
  /** What the centre has decided about its terminals; undefined while the platform does not answer. */
  parameters(): Promise<Parameters | undefined>;
  /** A throw tells why the platform refused. */
  change(path: string, body: unknown): Promise<void>;
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
    parameters: async () => (await read('/management/configuration', z.object({ parameters: Parameters })))?.parameters,
    async change(path, body) {
      const answer = await fetch(new URL(`/management/${path}`, publicUrl), {
        method: 'POST',
        headers: { authorization: `Bearer ${managementToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(5_000),
      });
      if (!answer.ok) throw new Error(`the platform refuses: ${await answer.text()}`);
    },
    messages: async () => (await read('/management/sms-outbox', z.array(Message))) ?? [],
    requests: async () => (await read('/management/requests', z.array(ArrivedRequest))) ?? [],
  };
}
