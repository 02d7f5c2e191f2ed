import { ACCOUNT_STATES, isCode } from './code-tables.ts';
import type { Evidence } from './city.ts';
import { chineseDate, type CalendarDate } from './dates.ts';
import { formatYuan } from './money.ts';
import type { RuleStep, WithdrawalRule } from './withdrawal.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What has to be shown, in words of a depositor. */
export const EVIDENCE_WORDS: Readonly<Record<Evidence, Words>> = {
  noHomeHere: { zh: '本人及配偶在本市无自有住房', en: 'no home of your own in this city' },
  purchase: { zh: '购房合同或发票', en: 'purchase contract or invoice' },
  building: { zh: '建造、翻建或大修的批准和费用', en: 'permit and bills of building or overhaul' },
  retirement: { zh: '已办理退休', en: 'retirement' },
  lossOfAbility: { zh: '劳动能力鉴定结论', en: 'finding of loss of ability to work' },
  leaving: { zh: '出境定居或户口迁出', en: 'settling abroad' },
  ownLoan: { zh: '住房贷款及还款', en: 'home loan and its payments' },
  bankLoan: { zh: '商业住房贷款及还款', en: 'commercial home loan and its payments' },
  death: { zh: '死亡证明和继承关系', en: 'death and inheritance' },
  illness: { zh: '大病医疗费用', en: 'cost of a serious illness' },
  work: { zh: '已终止劳动关系且未再就业', en: 'work has ended and none has begun' },
};

const PER = {
  month: { zh: '每月', en: 'a month' },
  quarter: { zh: '每季度', en: 'a quarter' },
  year: { zh: '每年', en: 'a year' },
  ever: { zh: '一生', en: 'in a lifetime' },
} as const;

type Speaker = (step: RuleStep) => Words;

const yuan = (value: RuleStep['limit']): string => formatYuan(Number(value));
const verdict = (step: RuleStep, passed: Words, otherwise: Words): Words =>
  step.outcome === 'passed' ? passed : otherwise;

const SPEAKERS: Readonly<Record<WithdrawalRule, Speaker>> = {
  reason: (step) =>
    verdict(
      step,
      { zh: '这个提取原因可以办理', en: 'This reason is open' },
      { zh: '本市没有开放这个提取原因', en: 'This reason is not open in this city' },
    ),
  state: (step) => {
    const state = String(step.found);
    const name = isCode(ACCOUNT_STATES, state) ? ACCOUNT_STATES[state] : state;
    return verdict(
      step,
      { zh: `账户状态：${name}，可以提取`, en: 'The state of the account allows it' },
      { zh: `账户状态：${name}，不能按这个原因提取`, en: 'The state of the account does not allow it for this reason' },
    );
  },
  sealed: ({ limit, found, outcome }) =>
    outcome === 'passed'
      ? { zh: `账户已封存满 ${limit} 个月`, en: `Sealed for ${limit} months` }
      : {
          zh: found === undefined ? `账户要先封存 ${limit} 个月` : `账户封存不满 ${limit} 个月`,
          en: `The account has to be sealed for ${limit} months first`,
        },
  deposits: (step) =>
    verdict(
      step,
      { zh: `缴存已满 ${step.limit} 个月`, en: `Deposits for at least ${step.limit} months` },
      { zh: `缴存不满 ${step.limit} 个月`, en: `Fewer than ${step.limit} months of deposits` },
    ),
  frequency: (step) => {
    const per = PER[step.limit as keyof typeof PER];
    return verdict(
      step,
      { zh: `按这个原因${per.zh}可提取一次，本期尚未提取`, en: `Once ${per.en}: not used yet` },
      {
        zh: `按这个原因${per.zh}只能提取一次，上次是 ${dateZh(step.found)}`,
        en: `Once ${per.en}: used on ${step.found}`,
      },
    );
  },
  evidence: ({ evidence, outcome }) => {
    const what = EVIDENCE_WORDS[evidence!];
    if (outcome === 'passed') return { zh: `已核实：${what.zh}`, en: `Confirmed: ${what.en}` };
    if (outcome === 'failed') return { zh: `核实未通过：${what.zh}`, en: `Not confirmed: ${what.en}` };
    return { zh: `还要核实：${what.zh}`, en: `Still to be checked: ${what.en}` };
  },
  balance: (step) =>
    step.outcome === 'failed'
      ? { zh: '账户没有可提取的余额', en: 'There is nothing to withdraw' }
      : { zh: `账户余额 ${yuan(step.found)} 元`, en: `Balance ${yuan(step.found)} yuan` },
  frozen: ({ limit }) => ({ zh: `其中 ${yuan(limit)} 元被冻结`, en: `${yuan(limit)} yuan of it are frozen` }),
  keep: ({ limit }) => ({ zh: `账户内要保留 ${yuan(limit)} 元`, en: `${yuan(limit)} yuan have to stay` }),
  months: ({ limit, found, outcome }) =>
    outcome === 'unknown'
      ? { zh: `每月不超过 ${yuan(limit)} 元，请选择月数`, en: `At most ${yuan(limit)} yuan a month; choose the months` }
      : {
          zh: `每月不超过 ${yuan(limit)} 元，${found} 个月`,
          en: `At most ${yuan(limit)} yuan a month, ${found} months`,
        },
  yearly: ({ limit, found }) => ({
    zh: `每年不超过 ${yuan(limit)} 元，今年已提取 ${yuan(found)} 元`,
    en: `At most ${yuan(limit)} yuan a year; ${yuan(found)} yuan withdrawn this year`,
  }),
  cost: ({ limit, outcome }) =>
    outcome === 'unknown'
      ? { zh: '不超过实际支出，支出金额还要核实', en: 'No more than was paid; what was paid is still to be checked' }
      : { zh: `不超过实际支出 ${yuan(limit)} 元`, en: `No more than was paid: ${yuan(limit)} yuan` },
  asked: ({ limit }) => ({ zh: `申请提取 ${yuan(limit)} 元`, en: `${yuan(limit)} yuan were asked for` }),
};

/** One rule of the trace as a sentence. */
export function ruleInWords(step: RuleStep): Words {
  return SPEAKERS[step.rule](step);
}

/** What would change the answer of this rule; undefined: nothing a person can do. */
export function changeInWords({ change }: RuleStep): Words | undefined {
  if (change?.from !== undefined) {
    return { zh: `${dateZh(change.from)} 起可以申请`, en: `Possible from ${change.from}` };
  }
  if (change?.evidence !== undefined) {
    const what = EVIDENCE_WORDS[change.evidence];
    return { zh: `需要提供或授权核实：${what.zh}`, en: `Bring, or let us check: ${what.en}` };
  }
  switch (change?.needs) {
    case 'months':
      return { zh: '请选择要提取几个月', en: 'Say for how many months' };
    case 'cost':
      return { zh: '请提供实际支出的金额和凭证', en: 'Say, and show, what was paid' };
    case 'other-reason':
      return { zh: '请选择其他提取原因', en: 'Choose another reason' };
    case undefined:
      return undefined;
  }
}

function dateZh(date: RuleStep['found'] | CalendarDate): string {
  return chineseDate(String(date));
}
