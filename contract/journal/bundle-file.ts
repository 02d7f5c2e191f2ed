import { createHash, type KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { type Result, fail, ok } from '../kernel/result.ts';
import { BundleBlock, BundleHeader, BundleSeal, bundleStatement } from './bundle.ts';
import { entryDigest, nextLink } from './chain.ts';
import { verifyStatement } from './signing.ts';
import { SUITES } from './suite/suite.ts';

type Chunks = AsyncIterable<Uint8Array>;

/** Longest line taken, bytes: 500 entries of a batch, base64 and all, with room. */
const MAX_LINE = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

export interface CheckedBundle {
  readonly header: BundleHeader;
  readonly sha256: string;
  readonly entries: number;
}

/**
 * Reads a whole bundle and believes nothing: every byte under the seal, the seal signed by `signingKey`, the lines in the
 * order and of the length that the header says, every link recomputed. Error: E6302 with what is wrong.
 */
export async function checkBundle(chunks: Chunks, signingKey: KeyObject): Promise<Result<CheckedBundle>> {
  const hash = createHash('sha256');
  let header: BundleHeader | undefined;
  let places: { seq: number; head: string }[] = [];
  let entries = 0;
  let seal: BundleSeal['seal'] | undefined;
  for await (const line of linesOf(chunks)) {
    if (line === undefined) return fail('E6302', 'a line is too long or the last one is cut off');
    if (seal) return fail('E6302', 'something follows the seal');
    const value = parse(line);
    if (!header) {
      header = shape(BundleHeader, value);
      if (!header) return fail('E6302', 'not a bundle of a journal, or of a later form');
      places = header.streams.map(({ afterSeq, previousHead }) => ({ seq: afterSeq, head: previousHead }));
    } else {
      seal = shape(BundleSeal, value)?.seal;
      if (seal) continue;
      const block = shape(BundleBlock, value);
      if (!block) return fail('E6302', 'a line is neither a batch nor the seal');
      const index = header.streams.findIndex(({ stream }) => stream === block.batch.stream);
      const next = index < 0 ? undefined : follow(header, places[index]!, block);
      if (!next) return fail('E6302', `the chain of ${block.batch.stream} breaks in the bundle`);
      places[index] = next;
      entries += block.batch.entries.length;
    }
    hash.update(line).update('\n');
  }
  if (!header || !seal) return fail('E6302', 'the bundle is cut off');
  const short = header.streams.find(({ upToSeq, head }, i) => places[i]!.seq !== upToSeq || places[i]!.head !== head);
  if (short) return fail('E6302', `${short.stream} does not end where the header says`);
  const sha256 = hash.digest('hex');
  const statement = Buffer.from(bundleStatement(header.terminalId, sha256, entries));
  const signed = verifyStatement(signingKey, statement, Buffer.from(seal.signatureBase64, 'base64'));
  if (!signed || seal.sha256 !== sha256 || seal.entries !== entries) return fail('E6302', 'the seal does not fit');
  return ok({ header, sha256, entries });
}

/** The header of a file nobody has checked yet: to know whose key to check it with. */
export async function headerOf(chunks: Chunks): Promise<BundleHeader | undefined> {
  const lines = linesOf(chunks);
  const first = await lines.next();
  await lines.return(undefined);
  return first.done || first.value === undefined ? undefined : shape(BundleHeader, parse(first.value));
}

/** The blocks of a bundle that was checked. */
export async function* blocksOf(chunks: Chunks): AsyncGenerator<BundleBlock> {
  for await (const line of linesOf(chunks)) {
    const block = line && shape(BundleBlock, parse(line));
    if (block) yield block;
  }
}

function follow(
  { terminalId, suite: made }: BundleHeader,
  { seq, head }: { seq: number; head: string },
  { batch }: BundleBlock,
): { seq: number; head: string } | undefined {
  if (batch.previousHead !== head || batch.suite !== made) return undefined;
  const suite = SUITES[made];
  for (const entry of batch.entries) {
    if (entry.seq !== ++seq) return undefined;
    const digest = entryDigest(suite, Buffer.from(entry.saltBase64, 'base64'), Buffer.from(entry.bodyBase64, 'base64'));
    head = nextLink(suite, head, terminalId, batch.stream, seq, digest);
  }
  return head === batch.head ? { seq, head } : undefined;
}

/** Lines without their ends; undefined, and then nothing more: too long, or the last one has no end. */
async function* linesOf(chunks: Chunks): AsyncGenerator<Buffer | undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (let chunk of chunks) {
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE)) {
      yield Buffer.concat([...parts, chunk.subarray(0, end)]);
      chunk = chunk.subarray(end + 1);
      parts = [];
      length = 0;
    }
    if (chunk.length === 0) continue;
    parts.push(chunk);
    length += chunk.length;
    if (length > MAX_LINE) return yield undefined;
  }
  if (length > 0) yield undefined;
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

const shape = <T>(schema: z.ZodType<T>, value: unknown): T | undefined => schema.safeParse(value).data;
