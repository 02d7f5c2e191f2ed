import { z } from 'zod';

/** What plug-ins can do. `idReader` is a vendor's library that talks to a reader itself (sdt-dll/). */
export const Capability = z.enum(['photo', 'face', 'fingerprint', 'idReader', 'camera']);
export type Capability = z.infer<typeof Capability>;

/** First message of a plug-in, once it is ready to be asked. */
export const Hello = z.object({
  protocol: z.literal(1),
  name: z.string().max(80),
  version: z.string().max(40),
  capabilities: z.array(Capability).max(8),
});
export type Hello = z.infer<typeof Hello>;

/** One request at a time; the number comes back with its answer. */
export interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** `problem` is the plug-in's own word for why it cannot: a word, never data. */
export const Answer = z.union([
  z.object({ id: z.int(), result: z.record(z.string(), z.unknown()) }),
  z.object({ id: z.int(), problem: z.string().regex(/^[\w -]{1,60}$/) }),
]);
export type Answer = z.infer<typeof Answer>;

/** Width and height of the picture of an ID card, in pixels. */
export const PHOTO = { width: 102, height: 126 } as const;

/** Per method: what it answers. Bytes are base64. Score: 0 nobody alike, 1 the same. */
export const RESULTS = {
  /** params: { wlt }. Rows from the top, three bytes a pixel: red, green, blue. */
  decodePhoto: z.object({
    width: z.literal(PHOTO.width),
    height: z.literal(PHOTO.height),
    rgb: z.base64().length((PHOTO.width * PHOTO.height * 3 * 4) / 3),
  }),
  /** params: none. A picture as of `decodePhoto`, of whoever stands before the camera, once somebody does. */
  captureFace: z.object({
    width: z.int().min(64).max(400),
    height: z.int().min(64).max(400),
    rgb: z.base64().max(480_000),
  }),
  /** params: { photo, live }, two pictures as { width, height, rgb }. */
  compareFaces: z.object({ score: z.number().min(0).max(1) }),
  /** params: { template, live }. */
  compareFingerprints: z.object({ score: z.number().min(0).max(1) }),
} as const;
