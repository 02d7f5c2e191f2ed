import type { ProgramGuide } from './program-guides.ts';

const DAYS = { zh: '能自动核对的当场办完，其余 3 个工作日内', en: 'at once, or within 3 working days' };

export const WITHDRAWAL_GUIDES: readonly ProgramGuide[] = [
  {
    id: 'guide-retirement',
    item: 'B03',
    title: ['退休了怎么提', 'Withdrawal on retirement'],
    keywords: ['退休', '离休', '销户', '全部提取', 'retire'],
    zh: {
      text: ['办了退休手续的，余额和利息一次提完，账户注销。'],
      materials: ['本人身份证', '退休证或退休审批表，没带可以签承诺书', '本人名下的银行卡'],
      steps: ['选“退休提取”，核对余额', '同意中心核验退休信息，或签承诺书', '选收款卡，签名确认', '当场看结果，拿回执'],
      timeLimit: DAYS.zh,
    },
    en: {
      text: ['Once you have retired, the balance and its interest are paid out and the account is closed.'],
      materials: ['ID card', 'Proof of retirement, or a signed commitment', 'A bank card in your name'],
      steps: [
        'Choose “Retirement withdrawal” and check the balance',
        'Let the centre look up your retirement, or sign the commitment',
        'Choose the card and sign',
        'See the result and take the receipt',
      ],
      timeLimit: DAYS.en,
    },
  },
  {
    id: 'guide-rent',
    item: 'B04',
    title: ['租房怎么提', 'Withdrawal for rent'],
    keywords: ['租房', '房租', '无房', 'rent'],
    zh: {
      text: [
        '本人和配偶在江州没有自有住房，连续缴存满 3 个月，可以提取付房租。每月最多 1,500 元，一次最多提 12 个月。',
      ],
      materials: ['本人身份证', '本人名下的银行卡', '无房证明：同意核验就不用带'],
      steps: ['选“租房提取”，填几个月', '同意中心核验住房情况', '选收款卡，签名确认', '当场看结果，拿回执'],
      timeLimit: DAYS.zh,
    },
    en: {
      text: [
        'If you and your spouse own no home here and paid in for 3 months running, you may withdraw for rent: at most 1,500 yuan a month, 12 months at once.',
      ],
      materials: [
        'ID card',
        'A bank card in your name',
        'Proof of owning no home: not needed if you let us look it up',
      ],
      steps: [
        'Choose “Rent withdrawal” and the months',
        'Let the centre look up homes',
        'Choose the card and sign',
        'See the result and take the receipt',
      ],
      timeLimit: DAYS.en,
    },
  },
  {
    id: 'guide-purchase',
    item: null,
    title: ['买房、建房怎么提', 'Withdrawal for a home you buy or build'],
    keywords: ['买房', '购房', '建房', '大修', '首付', 'buy', 'build'],
    zh: {
      text: [
        '买房、建房、翻建和大修自住住房，每年可以提取一次，不超过实际花的钱。合同和发票要核对原件，请到窗口办理。',
      ],
      materials: ['本人身份证', '购房合同和发票，或建房批准文件和费用票据', '本人名下的银行卡'],
      steps: ['在本机预约网点和时间', '带齐材料到窗口', '核对后付到您的银行卡'],
      timeLimit: '3 个工作日内',
    },
    en: {
      text: [
        'For a home you live in, bought, built or overhauled, you may withdraw once a year up to what it cost. Originals are checked at a counter.',
      ],
      materials: ['ID card', 'Contract and invoice, or permit and bills', 'A bank card in your name'],
      steps: ['Book a branch and a time here', 'Bring the papers to the counter', 'The money goes to your card'],
      timeLimit: 'within 3 working days',
    },
  },
  {
    id: 'guide-leaving-work',
    item: null,
    title: ['离职了怎么提', 'Withdrawal after leaving work'],
    keywords: ['离职', '辞职', '失业', '封存', '离开本市', 'job'],
    zh: {
      text: [
        '离职后账户会封存。封存满 6 个月、没有在别处继续缴存的，可以提取并注销账户。',
        '换了单位的，账户转过去接着缴，不用提取。去外地工作的，办异地转移接续。',
      ],
      materials: ['本人身份证', '终止劳动关系证明，或同意核验', '本人名下的银行卡'],
      steps: ['在“我的账户”看封存了多久', '满 6 个月后在本机预约', '带材料到窗口办理'],
      timeLimit: '3 个工作日内',
    },
    en: {
      text: [
        'The account is sealed when you leave. After 6 months without deposits elsewhere you may withdraw and close it.',
        'With a new employer here it simply goes on. In another city, ask for a transfer instead.',
      ],
      materials: ['ID card', 'Proof that work has ended, or your consent to look it up', 'A bank card in your name'],
      steps: ['See in “My account” how long it is sealed', 'After 6 months book a time here', 'Bring the papers'],
      timeLimit: 'within 3 working days',
    },
  },
  {
    id: 'guide-illness',
    item: null,
    title: ['大病医疗怎么提', 'Withdrawal for a serious illness'],
    keywords: ['大病', '医疗', '住院', 'illness'],
    zh: {
      text: ['本人、配偶或子女患大病，自己承担的医疗费可以提取，每年一次。'],
      materials: ['本人身份证', '诊断证明和医疗费票据', '关系证明（为家人提取时）', '本人名下的银行卡'],
      steps: ['在本机预约网点和时间', '带齐材料到窗口'],
      timeLimit: '3 个工作日内',
    },
    en: {
      text: ['What you paid yourself for a serious illness in the family may be withdrawn, once a year.'],
      materials: ['ID card', 'Diagnosis and bills', 'Proof of kinship, for family', 'A bank card in your name'],
      steps: ['Book a branch and a time here', 'Bring the papers'],
      timeLimit: 'within 3 working days',
    },
  },
  {
    id: 'guide-heirs',
    item: null,
    title: ['亲人去世，公积金怎么取', 'The fund of somebody who has died'],
    keywords: ['去世', '死亡', '继承', '遗产', 'heir', 'death'],
    zh: {
      text: ['余额和利息由继承人提取，账户注销。请到窗口，由工作人员一对一办理。'],
      materials: ['继承人身份证', '死亡证明', '继承公证书或法院文书', '继承人名下的银行卡'],
      steps: ['在本机预约，或打 12329', '带齐材料到窗口'],
      timeLimit: '3 个工作日内',
    },
    en: {
      text: ['The heirs receive balance and interest and the account is closed. Our staff see to it with you.'],
      materials: [
        'ID card of the heir',
        'Certificate of death',
        'Notarial deed or judgment',
        'A bank card of the heir',
      ],
      steps: ['Book here or call 12329', 'Bring the papers'],
      timeLimit: 'within 3 working days',
    },
  },
  {
    id: 'guide-payout-card',
    item: 'B02',
    title: ['钱打到哪张卡', 'Which card is paid'],
    keywords: ['收款卡', '银行卡', '到账', 'card'],
    zh: {
      text: ['提取的钱只打到您本人名下的借记卡。银行核验户名一致才能绑定。信用卡和别人的卡不行。'],
      materials: ['本人身份证', '本人名下的借记卡'],
      steps: ['选“绑定收款卡”', '插卡，或输入卡号', '银行核验后签名确认'],
      timeLimit: '当场办完',
    },
    en: {
      text: [
        'Money goes only to a debit card in your own name, confirmed by the bank; not to credit cards or other people.',
      ],
      materials: ['ID card', 'A debit card in your name'],
      steps: ['Choose “My payout card”', 'Insert the card or type its number', 'Sign once the bank has confirmed'],
      timeLimit: 'at once',
    },
  },
];
