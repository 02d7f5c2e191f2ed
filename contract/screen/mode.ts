import { z } from 'zod';

/**
 * How the screen speaks to this one person. Chosen on the screen, kept for the session, forgotten at its end; each part is
 * chosen by itself, and what is usually wanted together has a name in `PRESETS`.
 */
export const Mode = z.object({
  /** Of words, numbers and keys. */
  text: z.enum(['normal', 'large']),
  /** high: black and white, and every edge drawn. */
  contrast: z.enum(['normal', 'high']),
  /** low: everything that is pressed lies in the lower half of an upright screen, within reach from a wheelchair. */
  reach: z.enum(['standard', 'low']),
  /** elderly: twice the time before the question whether somebody is there, plainer words, fewer choices at once. */
  pace: z.enum(['standard', 'elderly']),
  /** What is said aloud goes to the hall or to the headphones of this person; off: only sounds. */
  sound: z.enum(['off', 'speaker', 'headphones']),
});
export type Mode = z.infer<typeof Mode>;

/** What everybody begins with. */
export const STANDARD_MODE: Mode = {
  text: 'normal',
  contrast: 'normal',
  reach: 'standard',
  pace: 'standard',
  sound: 'off',
};

export const PRESETS = {
  standard: { text: 'normal', contrast: 'normal', reach: 'standard', pace: 'standard' },
  elderly: { text: 'large', pace: 'elderly' },
} as const satisfies Readonly<Record<string, Partial<Mode>>>;

export function isStandard(mode: Mode): boolean {
  return (Object.keys(STANDARD_MODE) as (keyof Mode)[]).every((part) => mode[part] === STANDARD_MODE[part]);
}
