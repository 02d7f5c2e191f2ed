import { z } from 'zod';

/**
 * A slip as meaning, not as bytes: made by documents/, turned into ESC/POS by the slip printer driver.
 * Widths are counted in columns of font A: a Latin glyph is 1, a Chinese glyph 2; 80 mm paper has 48.
 */
export const SlipBlock = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string().max(500),
    align: z.enum(['left', 'center', 'right']).default('left'),
    /** 1 normal, 2 double width and height. */
    size: z.union([z.literal(1), z.literal(2)]).default(1),
    bold: z.boolean().default(false),
  }),
  /** Label on the left, value on the right; wraps the value when both do not fit in one line. */
  z.object({ type: z.literal('row'), label: z.string().max(80), value: z.string().max(200) }),
  z.object({ type: z.literal('rule') }),
  z.object({ type: z.literal('space'), lines: z.number().int().min(1).max(10) }),
  /** A web address or a number, printable ASCII: printers and phones disagree about anything else. */
  z.object({
    type: z.literal('qr'),
    data: z
      .string()
      .max(300)
      .regex(/^[\x20-\x7e]+$/),
  }),
]);
export type SlipBlock = z.infer<typeof SlipBlock>;

export const SlipDocument = z.object({
  /** Printed on the slip as well: every slip is numbered. */
  number: z.string().min(1).max(40),
  blocks: z.array(SlipBlock).min(1).max(100),
});
export type SlipDocument = z.infer<typeof SlipDocument>;
/** What a caller writes: defaults may be left out. */
export type SlipDocumentInput = z.input<typeof SlipDocument>;
