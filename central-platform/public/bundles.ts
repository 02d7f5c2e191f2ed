import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../gateway/refusal.ts';
import { type CarriedParts, takeBundle } from '../ingest/carried.ts';

/** A month of 200,000 records is about 200 MB; a disk must not be filled by whoever holds the token. */
const MOST_BYTES = 4 * 1024 * 1024 * 1024;

export interface BundleParts extends CarriedParts {
  /** Where a bundle lies while it is taken. */
  readonly folder: string;
}

/** Where staff hands in what a technician carried: POST /bundles with the file as it is, and what was put aside. */
export function bundleRoutes(parts: BundleParts) {
  return async (server: FastifyInstance): Promise<void> => {
    // Read by nobody before it is on the disk.
    server.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
    server.post('/bundles', { bodyLimit: MOST_BYTES }, async (request, reply) => {
      await mkdir(parts.folder, { recursive: true, mode: 0o700 });
      const file = join(parts.folder, `${randomUUID()}.journal`);
      try {
        await pipeline(limited(request.body as Readable), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
        const taken = await takeBundle(parts, file);
        return taken.ok ? taken.value : refuse(reply, taken.error, 422);
      } finally {
        await rm(file, { force: true });
      }
    });
    server.get('/put-aside', () => parts.store.carried.listPutAside());
  };
}

async function* limited(body: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw Object.assign(new Error('the bundle is too large'), { statusCode: 413 });
    yield chunk;
  }
}
