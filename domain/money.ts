import { err, ok, type Result } from '@kiosk/contract/kernel/result.ts';

/**
 * Money is an integer number of fen (分, 1/100 yuan). The standard's N(18,2) would need more than a double holds exactly;
 * a person's account does not, so a safe integer is the limit and anything beyond it is a programming error.
 */
export type Fen = number;

/** A rational rate or ratio: 1.50 % is { numerator: 15, denominator: 1000 }. Both are safe integers, the denominator is positive. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/** A percentage written with decimals, exactly: `percent('1.50')` is 150/10000, `percent('12')` is 12/100. */
export function percent(text: string): Rate {
  const match = /^(\d{1,6})(?:\.(\d{1,7}))?$/.exec(text);
  if (!match) throw new RangeError(`not a percentage: ${JSON.stringify(text)}`);
  const decimals = match[2] ?? '';
  return { numerator: Number(match[1]! + decimals), denominator: 100 * 10 ** decimals.length };
}

export type MoneyTextError = 'not-money' | 'too-many-decimals' | 'too-large';

/**
 * Reads an amount in yuan: '58,645.02', '58645.02', '-0.5', '100'. Separators, when used, must stand at every third digit.
 * More than two decimals is an error, never a rounding.
 */
export function parseYuan(text: string): Result<Fen, MoneyTextError> {
  const match = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return err('not-money');
  const decimals = match[3] ?? '';
  if (decimals.length > 2) return err('too-many-decimals');
  const fen = Number(match[2]!.replaceAll(',', '') + decimals.padEnd(2, '0'));
  if (!Number.isSafeInteger(fen)) return err('too-large');
  return ok(match[1] && fen !== 0 ? -fen : fen);
}

/** '58,645.02': always two decimals, always separators, a leading minus for negative amounts. */
export function formatYuan(fen: Fen): string {
  const digits = String(Math.abs(exact(fen))).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${yuan}.${digits.slice(-2)}`;
}

/**
 * amount × rate, rounded half away from zero (HALF_UP) to a whole multiple of `unit` fen.
 * Cities round a deposit to 0.01, 0.1 or 1 yuan: unit 1, 10 or 100.
 */
export function multiply(fen: Fen, rate: Rate, unit: 1 | 10 | 100 = 1): Fen {
  return (
    divideHalfUp(BigInt(exact(fen)) * BigInt(exact(rate.numerator)), BigInt(exact(rate.denominator)) * BigInt(unit)) *
    unit
  );
}

/** numerator ÷ denominator, half away from zero, as a safe integer. The denominator must be positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): number {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return exact(Number(rounded === 0n || numerator >= 0n ? rounded : -rounded));
}

export function sum(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) total = exact(total + exact(amount));
  return total;
}

function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('an amount must be a safe integer of fen');
  return value;
}
