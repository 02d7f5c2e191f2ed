import { z } from 'zod';
import { DateText, Fen, Instant, MonthText, Words } from '../services/common.ts';

/**
 * What the screens of service items are made of. A flow says what stands there; how it looks in each mode, language and
 * orientation is the renderer's. Personal values are masked before they become one of these.
 */

/** A value with its meaning, so that each language writes it in its own way. */
export const Value = z.discriminatedUnion('kind', [
  /** Words of the product, in each language. */
  z.object({ kind: z.literal('words'), words: Words }),
  /** Data that has no translation: a name, an address, a number of the centre. */
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** `signed`: with + or −, as of a change. */
  z.object({ kind: z.literal('money'), fen: Fen, signed: z.boolean().optional() }),
  z.object({ kind: z.literal('date'), date: DateText }),
  z.object({ kind: z.literal('month'), month: MonthText }),
  z.object({ kind: z.literal('moment'), at: Instant }),
  /** Per cent times 1000: 2.60 % is 2600. */
  z.object({ kind: z.literal('percent'), milli: z.number().int() }),
  z.object({ kind: z.literal('count'), count: z.number().int(), unit: Words.optional() }),
]);
export type Value = z.infer<typeof Value>;

export const Fact = z.object({
  label: Words,
  value: Value,
  /** The one that is looked for. */
  strong: z.boolean().optional(),
  /** A sentence that explains it. */
  note: Words.optional(),
});
export type Fact = z.infer<typeof Fact>;

const facts = z.array(Fact).min(1).max(14);

export const Block = z.discriminatedUnion('block', [
  /** The number of the screen, large. */
  z.object({ block: z.literal('headline'), label: Words, value: Value, note: Words.optional() }),
  z.object({ block: z.literal('facts'), title: Words.optional(), facts }),
  /** Two or three ways side by side; the same labels in each. */
  z.object({
    block: z.literal('compare'),
    ways: z
      .array(z.object({ id: z.string(), title: Words, facts, best: z.boolean().optional() }))
      .min(2)
      .max(3),
  }),
  z.object({
    block: z.literal('table'),
    columns: z
      .array(z.object({ label: Words, align: z.enum(['start', 'end']) }))
      .min(2)
      .max(5),
    /** `note`: small, below the first cell. */
    rows: z.array(z.object({ cells: z.array(Value), note: z.array(Value).optional() })).max(12),
    /** What stands there instead of no rows. */
    empty: Words,
  }),
  /** Bars over time, oldest first; one colour each part of a bar. */
  z.object({
    block: z.literal('chart'),
    title: Words,
    parts: z.array(Words).min(1).max(3),
    bars: z
      .array(z.object({ label: Value, fen: z.array(Fen) }))
      .min(1)
      .max(40),
  }),
  /** One thing after the other: where a case stands, which rules were applied. */
  z.object({
    block: z.literal('steps'),
    title: Words.optional(),
    steps: z
      .array(
        z.object({
          label: Words,
          state: z.enum(['done', 'now', 'next', 'failed']),
          detail: Words.optional(),
          at: Value.optional(),
        }),
      )
      .min(1)
      .max(10),
  }),
  z.object({ block: z.literal('notice'), tone: z.enum(['info', 'good', 'wait', 'fault']), words: Words }),
  z.object({ block: z.literal('paragraph'), title: Words.optional(), words: Words }),
  z.object({
    block: z.literal('list'),
    title: Words.optional(),
    items: z.array(Words).min(1).max(12),
    numbered: z.boolean().optional(),
  }),
  /** Consents and choices to tick; `toggle` changes one. */
  z.object({
    block: z.literal('ticks'),
    ticks: z
      .array(z.object({ id: z.string().max(20), words: Words, ticked: z.boolean(), detail: Words.optional() }))
      .min(1)
      .max(6),
  }),
  /** For the person's phone. */
  z.object({ block: z.literal('qr'), text: z.string().max(300), caption: Words }),
]);
export type Block = z.infer<typeof Block>;

/** Pressed with `press`. */
export const Press = z.object({
  id: z.string().max(20),
  words: Words,
  /** go: the one step forward of this screen. */
  tone: z.enum(['go', 'plain']),
  /** Why it cannot be pressed now. */
  closed: Words.optional(),
});
export type Press = z.infer<typeof Press>;

/** What is asked for and within which bounds. The renderer keeps what is typed until it is entered. */
export const Field = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('digits'), min: z.number().int(), max: z.number().int() }),
  z.object({ kind: z.literal('money'), minFen: Fen, maxFen: Fen, presets: z.array(Fen).max(6) }),
  z.object({ kind: z.literal('count'), min: z.number().int(), max: z.number().int(), unit: Words, start: z.number() }),
  z.object({
    kind: z.literal('percent'),
    minMilli: z.number().int(),
    maxMilli: z.number().int(),
    start: z.number().int(),
  }),
  z.object({ kind: z.literal('idNumber') }),
  /** Eleven digits. */
  z.object({ kind: z.literal('phone') }),
  /** Of a bank card: 16 to 19 digits. */
  z.object({ kind: z.literal('cardNumber') }),
  z.object({ kind: z.literal('date'), from: DateText, to: DateText, start: DateText }),
  z.object({ kind: z.literal('month'), from: MonthText, to: MonthText, start: MonthText }),
  /** Letters and digits as on a paper: a document number, a resume code. */
  z.object({ kind: z.literal('code'), max: z.number().int() }),
  /** Words with the pinyin keys. */
  z.object({ kind: z.literal('text'), max: z.number().int(), lines: z.number().int().min(1).max(6) }),
]);
export type Field = z.infer<typeof Field>;
