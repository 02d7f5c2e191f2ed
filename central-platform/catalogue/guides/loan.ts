import type { ProgramGuide } from './program-guides.ts';

export const LOAN_GUIDES: readonly ProgramGuide[] = [
  {
    id: 'guide-early-repayment',
    item: 'B06',
    title: ['提前还款划不划算', 'Repaying a loan early'],
    keywords: ['提前还款', '还清', '缩短年限', '减少月供', 'early'],
    zh: {
      text: ['部分还款最少 10,000 元。可以月供不变、早点还清，也可以年限不变、月供减少：前一种省利息多。没有违约金。'],
      materials: ['本人身份证', '还款账户里有足够的钱'],
      steps: ['选“提前还款”，先试算', '比较两种办法各省多少利息', '选日期，签名确认', '到日从还款账户扣款'],
      timeLimit: '约定日扣款，次日可查',
    },
    en: {
      text: [
        'A part is 10,000 yuan at least. Keep the payment and end sooner, or keep the term and pay less: the first saves more interest. There is no penalty.',
      ],
      materials: ['ID card', 'Enough money on the repayment account'],
      steps: [
        'Choose “Repay early” and try it out',
        'Compare both ways',
        'Choose a day and sign',
        'It is debited that day',
      ],
      timeLimit: 'on the day agreed',
    },
  },
  {
    id: 'guide-offset',
    item: 'B05',
    title: ['用公积金还房贷', 'Repaying a loan from the fund'],
    keywords: ['冲还贷', '还贷提取', '月冲', '年冲', 'offset'],
    zh: {
      text: ['一年提一次已经还的钱；或者签约，每月（每年）自动用公积金还贷，不用再跑。账户里至少留 100 元。'],
      materials: ['本人身份证', '公积金贷款不用带材料；商业贷款带合同和还款记录', '本人名下的银行卡（一次提取时）'],
      steps: ['选“还贷提取与冲还贷”', '选一次提取，还是每月、每年冲还', '核对贷款，签名确认'],
      timeLimit: '提取 3 个工作日内；签约次月起',
    },
    en: {
      text: [
        'Withdraw once a year what you have paid, or sign that the fund repays every month (year) by itself. 100 yuan stay in the account.',
      ],
      materials: [
        'ID card',
        'Nothing for a fund loan; contract and payments of a commercial one',
        'A bank card (when paid out)',
      ],
      steps: ['Choose “Withdraw for my loan”', 'Once, every month or every year', 'Check the loan and sign'],
      timeLimit: '3 working days; agreements from the next month',
    },
  },
  {
    id: 'guide-loan-rates',
    item: 'Q04',
    title: ['贷款利率是多少', 'Interest of loans'],
    keywords: ['利率', '首套', '二套', 'LPR', 'rate'],
    zh: {
      text: [
        '2025 年 5 月 8 日起：首套房 5 年以内（含）2.10%，5 年以上 2.60%；二套房 2.525% 和 3.075%。',
        '已经发放的贷款，期限 1 年以上的，利率有变动时从次年 1 月 1 日起执行新利率。',
      ],
      materials: [],
      steps: ['在“算一算”里试算月供', '在“贷款与还款”里看您自己的利率'],
      timeLimit: null,
    },
    en: {
      text: [
        'Since 8 May 2025: first home 2.10 % up to five years and 2.60 % above; second home 2.525 % and 3.075 %.',
        'Loans of more than a year take a new rate from the 1st of January after.',
      ],
      materials: [],
      steps: ['Try a payment in “Calculators”', 'See your own rate in “Loan and repayment”'],
      timeLimit: null,
    },
  },
  {
    id: 'guide-overdue',
    item: 'Q05',
    title: ['贷款逾期了怎么办', 'A payment is overdue'],
    keywords: ['逾期', '罚息', '征信', 'overdue'],
    zh: {
      text: ['请尽快把欠的本金、利息和罚息存进还款账户，系统自动扣。逾期期间不能提取。有困难的，早点和我们联系。'],
      materials: [],
      steps: ['在“还款明细与计划”看欠多少', '存进还款账户', '第二天再查一次', '有困难打 12329'],
      timeLimit: '到账次日更新',
    },
    en: {
      text: [
        'Put principal, interest and penalty on the repayment account: it is debited by itself. Nothing can be withdrawn while overdue. Talk to us early if it is hard.',
      ],
      materials: [],
      steps: [
        'See the amount in “Repayments and plan”',
        'Pay it in',
        'Look again the next day',
        'Call 12329 if it is hard',
      ],
      timeLimit: 'the day after it arrived',
    },
  },
  {
    id: 'guide-settled',
    item: 'P05',
    title: ['还清以后要办什么', 'After the last payment'],
    keywords: ['结清', '解押', '抵押', 'settled'],
    zh: {
      text: ['还清后先打结清证明，再到不动产登记中心办抵押注销。'],
      materials: ['本人身份证'],
      steps: ['选“贷款结清证明”打印', '带上证明和不动产权证去办注销'],
      timeLimit: '证明当场打印',
    },
    en: {
      text: ['Print the settlement certificate, then have the mortgage cancelled at the property register.'],
      materials: ['ID card'],
      steps: ['Print “Loan settlement certificate”', 'Take it and the title to the register'],
      timeLimit: 'printed at once',
    },
  },
];
