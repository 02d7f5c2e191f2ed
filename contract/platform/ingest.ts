import { z } from 'zod';
import { StreamName } from '../journal/entry.ts';
import { SuiteName } from '../journal/suite/suite.ts';
import { Code } from '../services/common.ts';

/** One entry on its way: the exact bytes that were stored and chained, never re-serialised. */
export const WireEntry = z.object({
  seq: z.number().int().positive(),
  /** 16 random bytes; keeps the digest in the chain from revealing a guessable body. */
  saltBase64: z.base64(),
  bodyBase64: z.base64(),
  /** The entry's data key, wrapped for the centre; absent when the entry has no sealed part. */
  keyForCentreBase64: z.base64().optional(),
});
export type WireEntry = z.infer<typeof WireEntry>;

/**
 * POST /v1/streams/:stream/batches. One batch in flight a stream. `previousHead` is the link before the first entry,
 * `head` the link after the last; `signatureBase64` is the terminal's signature over `headStatement()` (signing.ts).
 */
export const Batch = z.object({
  stream: StreamName,
  /** Whose digests chain the entries; a batch that does not say was made before there was a choice. */
  suite: SuiteName.default('intl'),
  previousHead: z.string(),
  entries: z.array(WireEntry).min(1).max(500),
  head: z.string(),
  signatureBase64: z.base64(),
});
export type Batch = z.infer<typeof Batch>;

/** 200: everything up to `durableUpTo` is on the platform's disk and chained to `head`. Received is not decided. */
export const BatchReceipt = z.object({
  stream: StreamName,
  durableUpTo: z.number().int().nonnegative(),
  head: z.string(),
  /** Stored, but refused as business; visible on both sides with the reason. */
  quarantined: z.array(z.object({ seq: z.number().int(), code: Code })),
});
export type BatchReceipt = z.infer<typeof BatchReceipt>;

/** GET /v1/streams/:stream/head, and the body of 409: where the platform stands. */
export const StreamHead = z.object({
  stream: StreamName,
  durableUpTo: z.number().int().nonnegative(),
  head: z.string(),
});
export type StreamHead = z.infer<typeof StreamHead>;

/** 409: E6201 same sequence with another body, E6202 rewound, E6203 gap, E6204 chain or signature does not verify. */
export const BatchConflict = z.object({ code: Code, detail: z.string().optional(), standing: StreamHead });
export type BatchConflict = z.infer<typeof BatchConflict>;

/**
 * GET /v1/streams/:stream/entries?after=N&limit=M: what the platform keeps of this terminal's stream, byte for byte, for a
 * terminal that lost its disk. `previousHead` is the link at `after`; `entries` is empty at the end of the stream.
 */
export const StreamPage = z.object({
  stream: StreamName,
  previousHead: z.string(),
  entries: z.array(WireEntry).max(500),
});
export type StreamPage = z.infer<typeof StreamPage>;
