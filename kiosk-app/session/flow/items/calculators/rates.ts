import type { Rate } from '@kiosk/domain/money.ts';

/** Thousandths of a per cent as an exact rate: 2600 is 2.6 %. */
export const rateOf = (milli: number): Rate => ({ numerator: milli, denominator: 100_000 });

/** The other way round; a rate finer than that is rounded for the screen only. */
export const milliOf = ({ numerator, denominator }: Rate): number => Math.round((numerator * 100_000) / denominator);
