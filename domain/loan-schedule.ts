import { addMonthsToDate } from './dates.ts';
import type { Instalment, LoanTerms } from './loan.ts';
import { divideHalfUp, type Fen, type Rate } from './money.ts';

const MONTHS = 12n;

/** A monthly rate as a fraction of whole numbers: everything below is exact until it is rounded once, half up. */
interface Monthly {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function monthly(annual: Rate): Monthly {
  return { numerator: BigInt(annual.numerator), denominator: BigInt(annual.denominator) * MONTHS };
}

/** (1 + i)^n as a fraction over denominator^n. */
function growth({ numerator, denominator }: Monthly, months: number): { readonly over: bigint; readonly one: bigint } {
  const n = BigInt(months);
  return { over: (denominator + numerator) ** n, one: denominator ** n };
}

/**
 * The monthly payment of 等额本息: A = P·i·(1+i)^n ÷ ((1+i)^n − 1), rounded once, half up, to the fen.
 * A loan without interest is paid in equal parts.
 */
export function equalPayment(principalFen: Fen, annualRate: Rate, months: number): Fen {
  check(principalFen, months);
  const i = monthly(annualRate);
  if (i.numerator === 0n) return divideHalfUp(BigInt(principalFen), BigInt(months));
  const { over, one } = growth(i, months);
  return divideHalfUp(BigInt(principalFen) * i.numerator * over, i.denominator * (over - one));
}

/**
 * What is left after `paid` months by the closed form, P·((1+i)^n − (1+i)^k) ÷ ((1+i)^n − 1). A schedule whose months
 * are each rounded ends some fen away from it: this one is for checking, the schedule is what is owed.
 */
export function closedFormBalance(principalFen: Fen, annualRate: Rate, months: number, paid: number): Fen {
  check(principalFen, months);
  const i = monthly(annualRate);
  if (i.numerator === 0n) return divideHalfUp(BigInt(principalFen) * BigInt(months - paid), BigInt(months));
  const whole = growth(i, months);
  const part = (i.denominator + i.numerator) ** BigInt(paid) * i.denominator ** BigInt(months - paid);
  return divideHalfUp(BigInt(principalFen) * (whole.over - part), whole.over - whole.one);
}

/** One month's interest on a balance, half up to the fen. */
export function monthsInterest(balanceFen: Fen, annualRate: Rate): Fen {
  const i = monthly(annualRate);
  return divideHalfUp(BigInt(balanceFen) * i.numerator, i.denominator);
}

/**
 * The whole plan of a loan. Principal parts sum to the principal and the last balance is 0.
 * 等额本息: the payment is rounded once, interest is what the balance bears in a month, the last month takes the rest.
 * 等额本金: balance and payment of a month are each rounded from the exact value; interest is what is between them.
 */
export function schedule(terms: LoanTerms): readonly Instalment[] {
  check(terms.principalFen, terms.months);
  if (terms.principalFen === 0) return [];
  if (terms.way === '02') return equalPrincipal(terms);
  const { principalFen, annualRate, months } = terms;
  // Of a few fen over many months a share rounds to nothing: then a fen a month goes, and the plan is shorter.
  const least = monthsInterest(principalFen, annualRate) + 1;
  return scheduleWithPayment(terms, Math.max(least, equalPayment(principalFen, annualRate, months)));
}

/**
 * Equal payments of a given amount: at most `months` of them, and no more than it takes. The last one takes the rest.
 * A payment that does not even cover the interest of a month throws: such a loan never ends.
 */
export function scheduleWithPayment(terms: Omit<LoanTerms, 'way'>, paymentFen: Fen): readonly Instalment[] {
  const lines: Instalment[] = [];
  let balanceFen = terms.principalFen;
  for (let number = 1; balanceFen > 0; number++) {
    const interestFen = monthsInterest(balanceFen, terms.annualRate);
    const rest = number === terms.months || paymentFen - interestFen >= balanceFen;
    const principalFen = rest ? balanceFen : paymentFen - interestFen;
    if (principalFen <= 0) throw new RangeError('the payment does not cover the interest of a month');
    balanceFen -= principalFen;
    lines.push({
      number,
      dueDate: addMonthsToDate(terms.firstDueDate, number - 1),
      paymentFen: principalFen + interestFen,
      principalFen,
      interestFen,
      balanceFen,
    });
  }
  return lines;
}

function equalPrincipal({ principalFen, annualRate, months, firstDueDate }: LoanTerms): readonly Instalment[] {
  const i = monthly(annualRate);
  const [principal, n] = [BigInt(principalFen), BigInt(months)];
  let before = principalFen;
  return Array.from({ length: months }, (_, index) => {
    const left = n - BigInt(index);
    // P/n + i·(P − (k−1)·P/n), over one denominator.
    const paymentFen = divideHalfUp(principal * (i.denominator + i.numerator * left), n * i.denominator);
    const balanceFen = divideHalfUp(principal * (left - 1n), n);
    const part = before - balanceFen;
    before = balanceFen;
    return {
      number: index + 1,
      dueDate: addMonthsToDate(firstDueDate, index),
      paymentFen,
      principalFen: part,
      interestFen: paymentFen - part,
      balanceFen,
    };
  });
}

/** Interest of a plan, or of what is left of it. */
export function totalInterest(lines: readonly Instalment[]): Fen {
  return lines.reduce((total, line) => total + line.interestFen, 0);
}

function check(principalFen: Fen, months: number): void {
  if (!Number.isSafeInteger(principalFen) || principalFen < 0)
    throw new RangeError('principal: whole fen, not negative');
  if (!Number.isInteger(months) || months < 1 || months > 600) throw new RangeError('months: 1 to 600');
}
