import { StringDecoder } from 'node:string_decoder';
import type { Duplex } from 'node:stream';
import { z } from 'zod';

/** The messages of one connection: one JSON text a line. */
export const ClientMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), service: z.string(), hash: z.string(), token: z.string() }),
  z.object({
    t: z.literal('command'),
    id: z.number().int(),
    name: z.string(),
    input: z.unknown(),
    deadlineMs: z.number(),
  }),
  z.object({ t: z.literal('cancel'), id: z.number().int() }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

export const WireFailure = z.object({ code: z.string(), detail: z.string().optional() });

export const ServerMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('welcome'), snapshot: z.unknown() }),
  z.object({ t: z.literal('refused'), code: z.string() }),
  z.object({ t: z.literal('acknowledged'), id: z.number().int() }),
  z.object({ t: z.literal('progress'), id: z.number().int(), value: z.unknown() }),
  z.object({ t: z.literal('done'), id: z.number().int(), value: z.unknown() }),
  z.object({ t: z.literal('failed'), id: z.number().int(), error: WireFailure }),
  z.object({ t: z.literal('event'), name: z.string(), value: z.unknown() }),
  z.object({ t: z.literal('snapshot'), value: z.unknown() }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

/** Longest line either end accepts, in characters: a 12-page sealed statement is about 200,000. */
const MAX_LINE = 32 * 1024 * 1024;

export function send(stream: Duplex, message: ClientMessage | ServerMessage): void {
  if (stream.writable) stream.write(JSON.stringify(message) + '\n');
}

/**
 * Calls back for each line that parses; a line that does not is a broken peer, and the connection is destroyed: the
 * other connections of the program go on.
 */
export function receive<M>(stream: Duplex, schema: z.ZodType<M>, onMessage: (message: M) => void): void {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  stream.on('data', (chunk: Buffer) => {
    pending += decoder.write(chunk);
    if (pending.length > MAX_LINE) return void stream.destroy(new Error('line too long'));
    let end = pending.indexOf('\n');
    while (end >= 0) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 1);
      const parsed = parse(schema, line);
      if (!parsed) return void stream.destroy(new Error('not a message of this protocol'));
      onMessage(parsed);
      end = pending.indexOf('\n');
    }
  });
}

function parse<M>(schema: z.ZodType<M>, line: string): M | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
