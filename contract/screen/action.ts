import { z } from 'zod';
import { Period } from '../platform/api.ts';
import { DateText, Language } from '../services/common.ts';
import { Mode } from './mode.ts';

/** A signature: lines of points, 0 to 1000 across and down. */
export const Strokes = z
  .array(z.array(z.tuple([z.number().int().min(0).max(1000), z.number().int().min(0).max(1000)])).max(150))
  .max(40);
export type Strokes = z.infer<typeof Strokes>;

/** Everything a person can do on the screen. The session decides whether it means anything now. */
export const Action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('chooseLanguage'), language: Language }),
  /** The parts that change; the others stay. */
  z.object({ type: z.literal('chooseMode'), mode: Mode.partial() }),
  z.object({ type: z.literal('touched') }),
  z.object({ type: z.literal('moreTime') }),
  z.object({ type: z.literal('back') }),
  z.object({ type: z.literal('home') }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('open'), item: z.string().max(3) }),
  z.object({ type: z.literal('submitCode'), code: z.string().regex(/^\d{4,8}$/) }),
  z.object({ type: z.literal('resendCode') }),
  z.object({ type: z.literal('reveal') }),
  z.object({ type: z.literal('choosePeriod'), period: Period }),
  z.object({ type: z.literal('turnPage'), by: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ type: z.literal('print') }),
  z.object({ type: z.literal('cancelPrint') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('chooseBranch'), branchId: z.string().max(20) }),
  z.object({ type: z.literal('chooseSlot'), date: DateText, half: z.enum(['morning', 'afternoon']) }),
  /** On the screens of service items (generic.ts): an option, what was typed, a tick, a button, a signature. */
  z.object({ type: z.literal('choose'), id: z.string().max(40) }),
  z.object({ type: z.literal('enter'), value: z.string().max(500) }),
  z.object({ type: z.literal('toggle'), id: z.string().max(20) }),
  z.object({ type: z.literal('press'), id: z.string().max(20) }),
  z.object({ type: z.literal('sign'), strokes: Strokes }),
  z.object({ type: z.literal('finish') }),
  z.object({ type: z.literal('rate'), score: z.enum(['satisfied', 'fair', 'dissatisfied']) }),
  z.object({
    type: z.literal('rateReason'),
    reason: z.enum(['policy', 'attitude', 'process', 'advice', 'device']).nullable(),
  }),
  z.object({ type: z.literal('openService') }),
  z.object({ type: z.literal('signIn'), name: z.string().min(1).max(40), secret: z.string().min(1).max(200) }),
  z.object({ type: z.literal('selfTest'), deviceId: z.string().max(40) }),
  /** Closed again by `back`. */
  z.object({ type: z.literal('showHistory'), deviceId: z.string().max(40) }),
  z.object({ type: z.literal('testLink') }),
]);
export type Action = z.infer<typeof Action>;
