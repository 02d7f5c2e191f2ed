import type { z } from 'zod';
import type { Kept, Move } from './item-flow.ts';

/**
 * A place that is taken along as it stands. What comes back is believed only where it has the shape of a place: it has been
 * on a phone, at a counter or at another machine of another release.
 */
export function kept<Place extends { readonly at: string }>(
  shape: z.ZodType<Place>,
  /** Places that only wait for a device are not taken along. */
  waiting: readonly Place['at'][] = [],
): { keep(place: Place): Kept | null; resume(kept: Kept): Move<Place> | undefined } {
  return {
    keep: (place) => (waiting.includes(place.at) ? null : { step: place.at, form: { place } }),
    resume({ form }) {
      const place = shape.safeParse(form['place']);
      return place.success && !waiting.includes(place.data.at) ? { to: 'show', place: place.data } : undefined;
    },
  };
}
