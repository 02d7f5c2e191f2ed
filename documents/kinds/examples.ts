import { summarisePeriod } from '@kiosk/domain/account.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { SYNTHETIC_CENTRE_CODE, SYNTHETIC_CENTRE_NAME, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { PaperInput } from '../layout/paper/paper.ts';
import { verificationCode } from '../verification.ts';
import { canonicalText, type ContentOf, type DocumentKindName } from './kinds.ts';

const TODAY = '2026-11-21';
const PRINTED_AT = Date.UTC(2026, 10, 21, 6, 8, 5);

const someone = syntheticPerson('ordinary', TODAY);
const held = someone.accounts[0]!;
const person = { name: someone.name, certificateType: '01' as const, certificateNumber: someone.idNumber };
const account = {
  number: held.accountNumber,
  unitName: held.unitName,
  unitAccount: held.unitAccount,
  openedOn: held.openedOn,
  state: held.state,
  contributionBaseFen: held.contributionBaseFen,
  unitRatioBp: 1200,
  personRatioBp: 1200,
  unitMonthlyFen: held.unitMonthlyFen,
  personMonthlyFen: held.personMonthlyFen,
  paidToMonth: held.paidToMonth ?? null,
  balanceFen: held.balanceFen,
};
const loan = {
  person,
  loanNumber: 'DK380100000012',
  contractNumber: 'HT2019380100000012',
  amountFen: 60_000_000,
  months: 240,
  way: '01' as const,
  grantedOn: '2019-06-10',
};
const year = summarisePeriod(held.entries, { from: '2025-12-01', to: TODAY });
const last = held.entries.slice(-24);

/** 等额本息 600,000 at 2.60 % over 240 months: the first payments of the plan. */
const plan = [
  [1, '2026-12-10', 320_873, 190_873, 130_000, 59_809_127],
  [2, '2027-01-10', 320_873, 191_287, 129_586, 59_617_840],
  [3, '2027-02-10', 320_873, 191_701, 129_172, 59_426_139],
] as const;

/** What documents of invented people say, for tests, previews and documentation. */
export const EXAMPLES: { readonly [K in DocumentKindName]: ContentOf<K> } = {
  depositStatement: {
    person,
    account: { number: account.number, unitName: account.unitName, unitAccount: account.unitAccount },
    period: { from: '2025-12-01', to: TODAY },
    openingFen: year.openingFen,
    rows: year.entries.map(({ date, kind, summary, depositMonth, inFen, outFen, balanceFen }) => ({
      date,
      kind,
      summary,
      ...(depositMonth ? { depositMonths: { from: depositMonth, to: depositMonth } } : {}),
      inFen,
      outFen,
      balanceFen,
      office: '临江管理部',
    })),
  },
  depositCertificate: {
    person,
    account,
    deposits: { from: '2020-02', to: '2026-11', months: 82 },
    purpose: '办理商业银行住房贷款',
  },
  crossRegionCertificate: {
    addressee: '海湾市住房公积金管理中心',
    person,
    account,
    accountBox: 'normal',
    continuous: { from: '2020-02', to: '2026-11' },
    loans: 'one',
    loanAmountFen: 40_000_000,
    contact: { name: '周敏', phone: '12329' },
    details: last.map(({ date, summary, depositMonth, inFen, outFen, balanceFen }) => ({
      date,
      summary,
      month: depositMonth ?? null,
      inFen,
      outFen,
      balanceFen,
    })),
  },
  loanSettlement: {
    borrower: person,
    contractNumber: loan.contractNumber,
    amountFen: loan.amountFen,
    grantedOn: loan.grantedOn,
    months: loan.months,
    mortgagedAddress: '江州市临江区白鹭路 18 号 3 幢 2 单元 1402 室',
    settledOn: '2026-11-10',
  },
  repaymentHistory: {
    ...loan,
    period: { from: '2026-08-01', to: TODAY },
    rows: [
      ['2026-08-10', 86, '02', 320_873, 215_000, 105_873, 0, 48_000_000],
      ['2026-09-14', 87, '04', 321_073, 215_500, 105_373, 200, 47_784_500],
      ['2026-10-10', 88, '02', 320_873, 216_000, 104_873, 0, 47_568_500],
      ['2026-10-20', null, '03', 10_034_000, 10_000_000, 34_000, 0, 37_568_500],
    ].map(([paidOn, instalment, kind, amountFen, principalFen, interestFen, penaltyFen, balanceFen]) => ({
      paidOn: paidOn as string,
      instalment: instalment as number | null,
      kind: kind as '02' | '03' | '04',
      amountFen: amountFen as number,
      principalFen: principalFen as number,
      interestFen: interestFen as number,
      penaltyFen: penaltyFen as number,
      balanceFen: balanceFen as number,
    })),
  },
  repaymentSchedule: {
    ...loan,
    rows: plan.map(([number, dueDate, paymentFen, principalFen, interestFen, balanceFen]) => ({
      number,
      dueDate,
      paymentFen,
      principalFen,
      interestFen,
      balanceFen,
    })),
  },
  annualStatement: {
    person,
    account: { number: account.number, unitName: account.unitName, unitAccount: account.unitAccount },
    fundYear: 2025,
    settledOn: '2026-06-30',
    // Opening 50,000 and 2,400 on the 15th of each month at 1.5 %, 30 June counted.
    carriedFen: 5_000_000,
    depositsFen: 2_880_000,
    withdrawalsFen: 0,
    interestFen: 98_002,
    closingFen: 7_978_002,
  },
  accountSheet: {
    branch: '江州市住房公积金管理中心临江管理部',
    person,
    phone: someone.phone,
    account,
    parts: {
      carriedFen: account.balanceFen - 1_200_000,
      currentFen: 1_200_000,
      frozenFen: 0,
      availableFen: account.balanceFen,
    },
  },
  loanSheet: {
    borrower: person,
    postalAddress: '江州市临江区白鹭路 18 号',
    phone: someone.phone,
    contractNumber: loan.contractNumber,
    houseAddress: '江州市临江区白鹭路 18 号 3 幢 2 单元 1402 室',
    amountFen: loan.amountFen,
    grantedOn: loan.grantedOn,
    rate: '2.60%',
    debitDay: 10,
    debitAccount: { holder: person.name, number: 'JZ38010099' },
    state: '正常还款',
    bank: '江州银行临江支行',
    months: loan.months,
    endsOn: '2039-06-10',
    grantedBy: '受托银行转账',
    repaidPrincipalFen: 22_431_500,
    outstandingFen: 37_568_500,
    standing: '无逾期',
  },
  acceptance: {
    caseNumber: 'JZ20261121000042',
    itemName: '租房提取住房公积金',
    person,
    acceptedAt: PRINTED_AT,
    received: ['身份证', '收款银行卡'],
    missing: ['无房证明（承诺后补）'],
    supplyBy: '2026-12-05',
    decideBy: '2026-11-24',
  },
  gapNotice: {
    caseNumber: 'JZ20261121000043',
    itemName: '租房提取住房公积金',
    person,
    askedAt: PRINTED_AT,
    gaps: [
      { material: '无房证明', need: '提供的证明已过期，请提供出具之日起三个月内的证明' },
      { material: '收款银行卡', need: '户名与申请人不一致，请提供本人名下的银行卡' },
    ],
    ways: ['在任一自助终端选择“办事进度与补件”，扫描材料', '到临江管理部柜台提交'],
    supplyBy: '2026-12-05',
  },
  withdrawalVoucher: {
    person,
    account: { number: account.number, unitName: account.unitName },
    caseNumber: 'JZ20261105000017',
    appliedOn: '2026-11-05',
    withdrawnOn: '2026-11-07',
    reason: '07',
    amountFen: 1_200_000,
    interestFen: 0,
    payee: { holder: person.name, number: 'JZ38010099', bank: '江州银行临江支行' },
    handledBy: '自助服务　JZ0030',
    channel: '自助终端',
    state: '已到账',
  },
  transferLetter: {
    addressee: '海湾市住房公积金管理中心',
    person,
    formerAccount: '0980017',
    formerUnit: '海湾市白鹭纺织有限公司',
    account: { number: account.number, unitName: account.unitName },
    contactLetter: 'LXH20261121000009',
    receiving: { holder: SYNTHETIC_CENTRE_NAME, number: 'JZ38019900', bank: '江州银行营业部' },
    contact: { name: '周敏', phone: '12329' },
  },
  offsetAgreement: {
    agreementNumber: 'CH20261121000005',
    person,
    accountNumber: account.number,
    loan: { contractNumber: loan.contractNumber, bank: '江州银行临江支行', repaymentAccount: 'JZ38010099' },
    way: 'monthly',
    firstRunOn: '2026-12-10',
    agreedOn: TODAY,
    terms: [
      '委托人委托中心在每月约定扣款日前，从其住房公积金账户提取资金，用于归还本人的住房公积金贷款。',
      '账户余额不足以归还当期本息的，差额由委托人在约定扣款日前存入还款账户。',
      '委托人可以随时终止委托，自终止的次月起生效。贷款结清后，本协议自动终止。',
    ],
  },
};

/** The paper around an example, numbered and coded as the platform would. */
export function examplePaper(kind: DocumentKindName, change: Partial<PaperInput> = {}): PaperInput {
  const documentNumber = makeDocumentNumber({
    centre: SYNTHETIC_CENTRE_CODE,
    date: TODAY,
    terminal: 'JZ0030',
    sequence: 427,
  });
  const key = new TextEncoder().encode('an example key, never a real one');
  return {
    issued: {
      documentNumber,
      verificationCode: verificationCode(canonicalText(kind, documentNumber, EXAMPLES[kind]), key),
      verifyUrl: 'https://gjj.jiangzhou.example/v',
    },
    centreName: SYNTHETIC_CENTRE_NAME,
    printedAt: PRINTED_AT,
    terminalId: 'JZ0030',
    demonstration: true,
    ...change,
  };
}
