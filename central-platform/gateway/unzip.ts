import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const unfold = promisify(gunzip);

/** Refused by fastify's error handler with this status. */
class Refused extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string) {
    super(code);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/**
 * A hook that reads gzip bodies. A body may not unfold to more than `most` bytes: a bomb is refused (413) when it reaches
 * that, not when it has filled the memory. An encoding nobody knows is 415, a body that is not what it says 400.
 */
export function unzip(most: number) {
  return async (request: FastifyRequest, _reply: FastifyReply, payload: Readable): Promise<Readable> => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return payload;
    if (encoding !== 'gzip') throw new Refused(415, 'UNKNOWN_ENCODING');
    const packed = await whole(payload, most);
    const clear = await unfold(packed, { maxOutputLength: most }).catch((error: unknown) => {
      throw codeOf(error) === 'ERR_BUFFER_TOO_LARGE'
        ? new Refused(413, 'UNFOLDS_TO_TOO_MUCH')
        : new Refused(400, 'NOT_GZIP');
    });
    // fastify compares it with Content-Length.
    return Object.assign(Readable.from([clear]), { receivedEncodedLength: packed.length });
  };
}

async function whole(payload: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw new Refused(413, 'BODY_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
