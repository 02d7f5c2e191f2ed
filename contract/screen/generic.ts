import { z } from 'zod';
import { Code, Words } from '../services/common.ts';
import { Block, Field, Press, Value } from './blocks.ts';

/** Screens that every service item is told with. `item` names the picture and the place; the words are the flow's. */
const about = { item: z.string().max(3), title: Words, lead: Words.optional() };
/** As people count: the first page is 1. */
const paging = { page: z.number().int().positive(), pages: z.number().int().positive() };
/** At most this many buttons, besides the ways back and out. */
const presses = z.array(Press).max(4);

export const genericScreens = [
  /** One of several; answered with `choose`. */
  z.object({
    screen: z.literal('choices'),
    ...about,
    options: z
      .array(
        z.object({
          id: z.string().max(40),
          title: Words,
          note: Words.optional(),
          value: Value.optional(),
          /** Why it cannot be chosen. */
          closed: Words.optional(),
        }),
      )
      .max(12),
    /** What stands there when there is nothing to choose from. */
    empty: Words.optional(),
    ...paging,
    presses,
  }),
  /** Something to read. */
  z.object({ screen: z.literal('sheet'), ...about, blocks: z.array(Block).max(8), ...paging, presses }),
  /** Something to type; answered with `enter`. */
  z.object({
    screen: z.literal('entry'),
    ...about,
    /** Changes when the field is another one, so that the renderer begins anew. */
    field: z.string().max(40),
    ask: Field,
    /** Why what was entered is not taken. */
    error: z.union([Code, Words]).nullable(),
    /** What may be left out is left out by this button. */
    presses,
  }),
  /** A signature with the finger; answered with `sign`. `statement`: what is signed. */
  z.object({
    screen: z.literal('sign'),
    ...about,
    statement: z.array(Block).max(4),
    error: z.union([Code, Words]).nullable(),
  }),
  /** Somebody has to do something at a device or with a phone; goes on by itself. */
  z.object({
    screen: z.literal('wait'),
    ...about,
    picture: z.enum([
      'layCard',
      'insertCard',
      'takeCard',
      'enterPin',
      'showCode',
      'scanPaper',
      'lookAtCamera',
      'phone',
      'staff',
      'platform',
    ]),
    /** Keys pressed on the PIN pad so far; null: none is asked for. */
    typed: z.number().int().nullable(),
    secondsLeft: z.number().int().nullable(),
    blocks: z.array(Block).max(3),
    presses,
  }),
] as const;
