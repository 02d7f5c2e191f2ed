import { z } from 'zod';
import { Batch } from '../platform/ingest.ts';
import { Instant } from '../services/common.ts';
import { StreamName } from './entry.ts';
import { SuiteName } from './suite/suite.ts';

/**
 * A journal, or a stretch of one, in one file that a person carries: JSON texts, one a line, so that it is written and read
 * in little memory however long it is. First a header, then one signed batch a line exactly as it would go over the line,
 * streams one after the other, then a seal over every byte before it. Nothing in it is readable that is not readable in
 * the journal: personal fields stay sealed, each key wrapped.
 */
export const BundleHeader = z.object({
  format: z.literal('kiosk-journal-bundle'),
  v: z.literal(1),
  terminalId: z.string(),
  suite: SuiteName,
  /** Terminal's wall clock, for people. */
  createdAt: Instant,
  streams: z.array(
    z.object({
      stream: StreamName,
      /** The bundle begins behind this sequence, whose link is `previousHead`… */
      afterSeq: z.number().int().nonnegative(),
      previousHead: z.string(),
      /** Requests numbered up to there. */
      requests: z.number().int().nonnegative(),
      /** …and ends with this one, whose link is `head`. Equal: the stream has nothing here. */
      upToSeq: z.number().int().nonnegative(),
      head: z.string(),
      /** What the platform had acknowledged when the bundle was made. */
      acknowledgedSeq: z.number().int().nonnegative(),
    }),
  ),
});
export type BundleHeader = z.infer<typeof BundleHeader>;
export type BundleStream = BundleHeader['streams'][number];

export const BundleBlock = z.object({
  batch: Batch,
  /** The data keys of its sealed entries as this terminal can open them; the batch holds them for the centre. */
  keysForTerminal: z.array(z.object({ seq: z.number().int().positive(), keyBase64: z.base64() })),
});
export type BundleBlock = z.infer<typeof BundleBlock>;

export const BundleSeal = z.object({
  seal: z.object({
    /** Over every byte of the lines before, line ends included; hex. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    entries: z.number().int().nonnegative(),
    /** The terminal's, over `bundleStatement()`. */
    signatureBase64: z.base64(),
  }),
});
export type BundleSeal = z.infer<typeof BundleSeal>;

/** The text a terminal signs when it vouches for a whole bundle. */
export function bundleStatement(terminalId: string, sha256: string, entries: number): string {
  return `kiosk-bundle-v1\n${terminalId}\n${sha256}\n${entries}\n`;
}

/** Name of the file: the terminal, and the heads it reaches to, so that the later one of two is seen without opening them. */
export function bundleName({ terminalId, streams }: Pick<BundleHeader, 'terminalId' | 'streams'>): string {
  const reach = streams.map(({ stream, upToSeq }) => `${stream[0]}${upToSeq}`).join('-');
  return `kiosk-${terminalId}-${reach}.journal`;
}

/** What the platform found in a bundle. A copy goes back with it for people; a terminal believes only the line. */
export const BundleReceipt = z.object({
  terminalId: z.string(),
  sha256: z.string(),
  receivedAt: Instant,
  streams: z.array(
    z.object({
      stream: StreamName,
      entries: z.number().int(),
      /** New to the platform; the rest it had already. */
      stored: z.number().int(),
      /** Another history than the one the platform keeps: put aside whole for a person, nothing replaced. */
      putAside: z.number().int(),
      code: z.string().optional(),
      durableUpTo: z.number().int(),
      head: z.string(),
    }),
  ),
});
export type BundleReceipt = z.infer<typeof BundleReceipt>;
