import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { PassedRoute } from '@kiosk/contract/services/passed.ts';
import { requestAnswers } from './request-answers.ts';
import { ACCOUNT, NOW } from './fixtures.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';

type Loan = PlatformAnswer<'loans'>['loans'][number];

const RUNNING: Loan = {
  loanNumber: '3801020190001',
  contractNumber: 'JZ2019000123',
  state: 'repaying',
  way: '01',
  houseAddress: '江州市望江区滨河路 8 号 3 幢 1201 室',
  bankName: '江州银行',
  repaymentAccount: '9988000000001234',
  grantedFen: 60_000_000,
  grantedOn: '2019-06-12',
  months: 240,
  lastDueDate: '2039-06-12',
  rates: [{ from: '2025-05-08', rateMilli: 2600 }],
  balanceFen: 43_812_655,
  repaidPrincipalFen: 16_187_345,
  repaidInterestFen: 9_812_044,
  paidPenaltyFen: 0,
  monthsLeft: 151,
  next: {
    number: 90,
    dueDate: '2026-12-12',
    paymentFen: 337_421,
    principalFen: 242_494,
    interestFen: 94_927,
    balanceFen: 43_570_161,
  },
  overdue: null,
  settledOn: null,
};

/** A person with one that runs, one that is overdue and one that is paid off. */
export const LOANS: Loan[] = [
  RUNNING,
  {
    ...RUNNING,
    loanNumber: '3801020190002',
    contractNumber: 'JZ2019000777',
    state: 'overdue',
    overdue: { instalments: 2, since: '2026-09-12', principalFen: 480_000, interestFen: 190_000, penaltyFen: 3_120 },
  },
  {
    ...RUNNING,
    loanNumber: '3801020100003',
    contractNumber: 'JZ2010000042',
    state: 'settled',
    balanceFen: 0,
    monthsLeft: 0,
    next: null,
    settledOn: '2024-03-12',
  },
];

const lines = (count: number): PlatformAnswer<'loanPlan'>['lines'] =>
  Array.from({ length: count }, (_, i) => ({
    number: 90 + i,
    dueDate: `${2027 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-12`,
    paymentFen: 337_421,
    principalFen: 242_494 + i * 525,
    interestFen: 94_927 - i * 525,
    balanceFen: Math.max(0, 43_570_161 - i * 243_000),
  }));

const ACCOUNTS: PlatformAnswer<'accounts'>['accounts'] = [
  {
    accountNumber: ACCOUNT.accountNumber,
    kind: '01',
    kindName: { zh: '住房公积金', en: 'Housing provident fund' },
    unitName: '江州星河科技有限公司',
    accountStatus: '01',
    balanceFen: 8_642_017,
    openedOn: '2016-03-08',
  },
  {
    accountNumber: `${ACCOUNT.accountNumber.slice(0, -1)}8`,
    kind: '02',
    kindName: { zh: '购房补贴', en: 'Home purchase subsidy' },
    unitName: '江州市望江区教育局',
    accountStatus: '02',
    balanceFen: 120_000,
    openedOn: '2012-09-01',
  },
];

const INTEREST: PlatformAnswer<'interest'> = {
  fundYear: 2025,
  openingFen: 6_120_000,
  depositedFen: 2_736_000,
  withdrawnFen: 500_000,
  interestFen: 104_310,
  closingFen: 8_460_310,
  settled: true,
  rateBp: 150,
  dayCountBase: 360,
  settlementDayCounts: true,
  productFenDays: 2_503_440_000,
  lines: Array.from({ length: 13 }, (_, i) => ({
    from: `${2025 + Math.floor((6 + i) / 12)}-${String(((6 + i) % 12) + 1).padStart(2, '0')}-01`,
    to: `${2025 + Math.floor((6 + i) / 12)}-${String(((6 + i) % 12) + 1).padStart(2, '0')}-28`,
    days: 28,
    balanceFen: 6_120_000 + i * 228_000,
    productFenDays: (6_120_000 + i * 228_000) * 28,
  })),
};

const REASONS: PlatformAnswer<'withdrawalReasons'>['reasons'] = [
  {
    code: '07',
    name: { zh: '租房', en: 'Rent' },
    closesAccount: false,
    evidence: [{ kind: 'noHomeHere', name: { zh: '本人及配偶在本市无自有住房', en: 'no home of your own here' } }],
    asksMonths: true,
    asksCost: false,
  },
  {
    code: '01',
    name: { zh: '购买住房', en: 'Buying a home' },
    closesAccount: false,
    evidence: [{ kind: 'purchase', name: { zh: '购房合同或发票', en: 'purchase contract or invoice' } }],
    asksMonths: false,
    asksCost: true,
  },
  {
    code: '03',
    name: { zh: '离休、退休', en: 'Retirement' },
    closesAccount: true,
    evidence: [{ kind: 'retirement', name: { zh: '已办理退休', en: 'retirement' } }],
    asksMonths: false,
    asksCost: false,
  },
];

const CHECKS: readonly PlatformAnswer<'withdrawalCheck'>[] = [
  {
    outcome: 'possible',
    amountFen: 450_000,
    interestFen: 0,
    closesAccount: false,
    trace: [
      { rule: 'reason', outcome: 'passed', words: { zh: '这个提取原因可以办理', en: 'This reason is open' } },
      {
        rule: 'limit',
        outcome: 'limits',
        words: { zh: '每月最多 1,500.00 元', en: 'At most 1,500.00 yuan a month' },
        atMostFen: 450_000,
      },
    ],
  },
  {
    outcome: 'refused',
    amountFen: 0,
    interestFen: 0,
    closesAccount: false,
    trace: [
      {
        rule: 'deposits',
        outcome: 'failed',
        words: { zh: '缴存不满 3 个月', en: 'Fewer than 3 months of deposits' },
        change: { zh: '再缴 2 个月后可以', en: 'After two more months' },
      },
    ],
  },
];

/** A paper somebody may hold in their hand. */
export const PAPER_NUMBER = makeDocumentNumber({
  centre: '38010000',
  date: '2026-11-21',
  terminal: '380103',
  sequence: 7,
});

const VERIFIED: PlatformAnswer<'verifyDocument'> = {
  verdict: 'valid',
  paper: {
    documentNumber: PAPER_NUMBER,
    kind: 'depositStatement',
    title: { zh: '住房公积金缴存明细对账单', en: 'Deposit statement' },
    issuedAt: NOW,
    validUntil: null,
    pages: 2,
    prints: 1,
    reprints: 0,
    sealed: true,
    facts: [{ zh: '期末余额', en: 'Closing balance', value: '86,420.17 元', style: 'total' }],
  },
};

const OWN: PlatformAnswer<'ownDocuments'>['documents'] = [
  {
    documentNumber: PAPER_NUMBER,
    kind: 'depositCertificate',
    state: 'valid',
    issuedAt: NOW - 86_400_000,
    validUntil: null,
    pages: 1,
    reprints: 0,
    certificate: null,
  },
  {
    documentNumber: `${PAPER_NUMBER.slice(0, -2)}80`,
    kind: 'crossRegionCertificate',
    state: 'cancelled',
    issuedAt: NOW - 30 * 86_400_000,
    validUntil: '2026-12-31',
    pages: 2,
    reprints: 1,
    certificate: { state: 'cancelled', reply: null, mayCancel: false },
  },
];

/** Good answers of the platform, by route. `variant` makes some of them unwelcome: nothing there, or very much. */
export function answerOf(route: PassedRoute, variant = 0): PlatformAnswer<PassedRoute> {
  const answers: { readonly [R in PassedRoute]?: PlatformAnswer<R> } = {
    loans: { asOf: NOW, loans: variant % 4 === 3 ? [] : LOANS.slice(0, (variant % 3) + 1) },
    accounts: { accounts: ACCOUNTS.slice(0, (variant % 2) + 1) },
    interest: { ...INTEREST, settled: variant % 2 === 0 },
    withdrawalReasons: { reasons: REASONS },
    withdrawalCheck: CHECKS[variant % CHECKS.length]!,
    verifyDocument: variant % 3 === 2 ? { verdict: 'unknown' } : VERIFIED,
    ownDocuments: { documents: variant % 3 === 2 ? [] : OWN },
    ...requestAnswers(variant),
    loanPlan: { lines: lines(variant * 30), interestFen: 5_120_000 },
    loanHistory: {
      entries: lines(variant * 40).map(({ dueDate, paymentFen, number, ...rest }) => ({
        ...rest,
        date: dueDate,
        dueDate,
        kind: '02',
        kindName: '正常还款',
        instalment: number,
        amountFen: paymentFen,
        penaltyFen: 0,
      })),
    },
  };
  const answer = answers[route];
  if (!answer) throw new Error(`no sample of what ${route} answers: add one here`);
  return answer;
}
