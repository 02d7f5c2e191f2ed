import type { CityParameters } from './city.ts';
import { multiply, percent, type Fen, type Rate } from './money.ts';

export interface MonthlyDeposit {
  /** The base within the city's limits. */
  readonly baseFen: Fen;
  readonly unitFen: Fen;
  readonly personFen: Fen;
  readonly totalFen: Fen;
}

/**
 * What unit and person pay in a month (月缴存额): base × ratio, each side rounded by itself to the city's unit, then added. The
 * base is held within the city's limits; ratios outside them throw (`ratioAllowed` asks first).
 */
export function monthlyDeposit(
  baseFen: Fen,
  unitRatio: Rate,
  personRatio: Rate,
  city: Pick<CityParameters, 'deposit'>,
): MonthlyDeposit {
  const { deposit } = city;
  if (!ratioAllowed(unitRatio, city) || !ratioAllowed(personRatio, city))
    throw new RangeError('a ratio the city does not allow');
  const held = Math.min(Math.max(baseFen, deposit.baseMinimumFen), deposit.baseMaximumFen);
  const unitFen = multiply(held, unitRatio, deposit.roundingUnitFen);
  const personFen = multiply(held, personRatio, deposit.roundingUnitFen);
  return { baseFen: held, unitFen, personFen, totalFen: unitFen + personFen };
}

/** Ratios of unit and person are each within the city's limits (nationally 5 % to 12 %). */
export function ratioAllowed(ratio: Rate, { deposit }: Pick<CityParameters, 'deposit'>): boolean {
  return !isBelow(ratio, percent(deposit.ratioMinimum)) && !isBelow(percent(deposit.ratioMaximum), ratio);
}

function isBelow(a: Rate, b: Rate): boolean {
  return BigInt(a.numerator) * BigInt(b.denominator) < BigInt(b.numerator) * BigInt(a.denominator);
}
