import type { StreamHead } from '@kiosk/contract/platform/ingest.ts';

/** What this terminal knows about the same stream. */
export interface OwnStanding {
  readonly headSeq: number;
  readonly acknowledgedSeq: number;
  /** Our link after `seq`; undefined: we have no such entry (or retired it after it was acknowledged). */
  headAt(seq: number): string | undefined;
}

/**
 * agreed: both have the same entries up to `upTo`; sending goes on behind it, forwards or (a platform restored from
 * a backup) backwards. alarm: the two histories differ; a person has to look, and nothing is deleted on either side.
 */
export type Judgement =
  | { readonly kind: 'agreed'; readonly upTo: number }
  | { readonly kind: 'alarm'; readonly code: 'E6201' | 'E6202'; readonly detail: string };

/** Compares where the platform stands with our own journal. */
export function judgeStanding(platform: StreamHead, own: OwnStanding): Judgement {
  const { durableUpTo, head } = platform;
  if (durableUpTo > own.headSeq) {
    return { kind: 'alarm', code: 'E6202', detail: `platform has ${durableUpTo}, this journal ends at ${own.headSeq}` };
  }
  if (own.headAt(durableUpTo) !== head) {
    return { kind: 'alarm', code: 'E6201', detail: `links differ at ${durableUpTo}` };
  }
  return { kind: 'agreed', upTo: durableUpTo };
}
