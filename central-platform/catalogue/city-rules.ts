import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { CityParameters, ReasonRule } from '@kiosk/domain/city.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { EVIDENCE_WORDS } from '@kiosk/domain/withdrawal-words.ts';

/** The item under which a reason is asked for at a terminal; the others are for a counter. */
const ITEM: Readonly<Record<string, string>> = { '03': 'B03', '07': 'B04', '06': 'B05' };

const PER = {
  month: { zh: '每月一次', en: 'Once a month' },
  quarter: { zh: '每季度一次', en: 'Once a quarter' },
  year: { zh: '每年一次', en: 'Once a year' },
  ever: { zh: '一生一次', en: 'Once in a lifetime' },
} as const;

/** What of the city's parameters a terminal reckons with; the platform's own decisions never come from here. */
export function calculatorRules({ deposit, interest, loan }: CityParameters): NonNullable<Catalogue['calculator']> {
  return { deposit, interest, loan };
}

export function reasonsOf({ withdrawal }: CityParameters): NonNullable<Catalogue['reasons']> {
  return withdrawal.reasons.map((rule) => ({
    code: rule.code,
    name: rule.name,
    open: rule.open,
    item: ITEM[rule.code] ?? null,
    closesAccount: rule.closesAccount,
    evidence: rule.evidence.map((kind) => ({ kind, name: EVIDENCE_WORDS[kind] })),
    asksMonths: rule.monthlyLimitFen !== null,
    asksCost: rule.limitedByCost,
    limits: limitsOf(rule),
  }));
}

function limitsOf(rule: ReasonRule) {
  const { oncePer, monthlyLimitFen, monthsAtOnce, yearlyLimitFen, sealedMonths, depositMonths, limitedByCost } = rule;
  const yuan = (fen: number): string => formatYuan(fen);
  return [
    ...(oncePer ? [PER[oncePer]] : []),
    ...(monthlyLimitFen === null
      ? []
      : [{ zh: `每月最多 ${yuan(monthlyLimitFen)} 元`, en: `At most ${yuan(monthlyLimitFen)} yuan a month` }]),
    ...(monthsAtOnce === null
      ? []
      : [{ zh: `一次最多提 ${monthsAtOnce} 个月`, en: `At most ${monthsAtOnce} months at once` }]),
    ...(yearlyLimitFen === null
      ? []
      : [{ zh: `一年最多 ${yuan(yearlyLimitFen)} 元`, en: `At most ${yuan(yearlyLimitFen)} yuan a year` }]),
    ...(limitedByCost ? [{ zh: '不超过实际花的钱', en: 'Not more than was paid' }] : []),
    ...(sealedMonths === 0
      ? []
      : [{ zh: `账户先封存满 ${sealedMonths} 个月`, en: `The account has been sealed for ${sealedMonths} months` }]),
    ...(depositMonths === 0
      ? []
      : [{ zh: `连续缴存满 ${depositMonths} 个月`, en: `Deposits for ${depositMonths} months before` }]),
  ];
}
