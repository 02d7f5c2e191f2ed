import type { EntryBody } from '@kiosk/contract/journal/entry.ts';
import { shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import type { FigureCount, FigureTiming } from '../../store/figures-store.ts';

/** A step of the clock that somebody should know of (the clock rule of the house: 120 s). */
const CLOCK_JUMP_MS = 120_000;

/** What one entry adds to the figures: names and labels, none of them a person's. */
export interface Counted {
  readonly name: string;
  readonly label: string;
}

/** `itemOf`: which service item an operation of this terminal is for, where an earlier entry said so. */
export function countsOf(data: EntryBody['data'], itemOf: (operationId: string) => string | undefined): Counted[] {
  const one = (name: string, label = ''): Counted => ({ name, label });
  switch (data.type) {
    case 'session.opened':
      return data.mode === 'depositor' ? [one('session')] : [];
    case 'session.closed':
      return [one('closed', data.reason)];
    case 'identity.codeChecked':
      return [one('identity', data.accepted ? 'ok' : 'failed')];
    case 'identity.cardRefused':
      return [one('identity', 'refused')];
    case 'query.answered':
      return [one('item.used', data.item), one('item.done', data.item)];
    case 'request.submitted':
      return [
        ...[one('request'), one('item.used', data.form.item), one('item.done', data.form.item)],
        ...('topicId' in data.form ? [one('topic', data.form.topicId)] : []),
      ];
    case 'service.rated':
      return [one('rating', data.score), ...(data.reason ? [one('rating.reason', data.reason)] : [])];
    case 'operation.intended':
      return data.kind === 'printDocument'
        ? [one('print', 'intended'), one('item.used', itemOf(data.operationId) ?? 'P01')]
        : [];
    case 'operation.settled': {
      const item = itemOf(data.operationId);
      if (item === undefined) return [];
      return [one('print', data.outcome), ...(data.outcome === 'done' ? [one('item.done', item)] : [])];
    }
    case 'session.failure':
      return [one('failure', `${data.code} ${data.step}`)];
    case 'clock.stepped':
      return Math.abs(data.byMs) > CLOCK_JUMP_MS ? [one('clockJump')] : [];
    default:
      return [];
  }
}

/** Sums what belongs together. `at`: UTC ms of each. */
export function summed(
  channelId: string,
  terminalId: string,
  all: readonly (Counted & { readonly at: number })[],
): FigureCount[] {
  const found = new Map<string, FigureCount>();
  for (const { name, label, at } of all) {
    const [day, hour] = [shanghaiDate(at), hourOf(at)];
    const key = `${day} ${hour} ${name} ${label}`;
    const amount = (found.get(key)?.amount ?? 0) + 1;
    found.set(key, { day, hour, channelId, terminalId, name, label, amount });
  }
  return [...found.values()];
}

export function timed(all: readonly { step: string; milliseconds: number; at: number }[]): FigureTiming[] {
  const found = new Map<string, FigureTiming>();
  for (const { step, milliseconds, at } of all) {
    const [day, bucket] = [shanghaiDate(at), bucketOf(milliseconds)];
    const key = `${day} ${step} ${bucket}`;
    found.set(key, { day, step, bucket, amount: (found.get(key)?.amount ?? 0) + 1 });
  }
  return [...found.values()];
}

export const hourOf = (at: number): number => Number(shanghaiDateTime(at).slice(11, 13));

/** Half-octaves: 41 % apart, so that a percentile read from them is at most that much above. */
export const bucketOf = (milliseconds: number): number =>
  milliseconds <= 1 ? 0 : Math.min(60, Math.ceil(2 * Math.log2(milliseconds)));

/** The upper edge of the bucket in which the share `q` of all is reached, ms. */
export function percentileOf(timings: readonly Pick<FigureTiming, 'bucket' | 'amount'>[], q: number): number {
  const sorted = [...timings].sort((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, { amount }) => sum + amount, 0);
  let seen = 0;
  for (const { bucket, amount } of sorted) {
    seen += amount;
    if (seen >= total * q) return Math.round(2 ** (bucket / 2));
  }
  return 0;
}
