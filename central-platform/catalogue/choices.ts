import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { SYNTHETIC_REGION } from '@kiosk/domain/synthetic.ts';
import { SYNTHETIC_BANK } from '@kiosk/domain/synthetic-loans.ts';

const words = (zh: string, en: string) => ({ zh, en });

/** What a question, complaint or suggestion is about, and what an appointment can be for. */
export const TOPICS: Catalogue['topics'] = [
  { id: 'deposit', item: 'S01', name: words('缴存、基数和比例', 'Deposits, base and ratio') },
  { id: 'withdrawal', item: 'S01', name: words('提取', 'Withdrawal') },
  { id: 'loan', item: 'S01', name: words('贷款与还款', 'Loan and repayment') },
  { id: 'staff', item: 'S01', name: words('窗口服务', 'Service at the counter') },
  { id: 'machine', item: 'S01', name: words('这台机器', 'This machine') },
  { id: 'other', item: 'S01', name: words('其他', 'Something else') },
  { id: 'withdrawal-visit', item: 'B08', name: words('办理提取', 'A withdrawal'), about: ['B03', 'B04', 'B05'] },
  { id: 'loan-visit', item: 'B08', name: words('办理贷款', 'A loan'), about: ['B05', 'B06'] },
  { id: 'transfer-visit', item: 'B08', name: words('办理转移接续', 'A transfer from another city'), about: ['B07'] },
  {
    id: 'details-visit',
    item: 'B08',
    name: words('变更个人信息', 'A change of personal details'),
    about: ['B01', 'B02'],
  },
];

/** The demonstration's bank tells by the number's beginning; a centre lists the banks it has agreements with. */
export const PAYOUT_BANKS: NonNullable<Catalogue['payoutBanks']> = [
  { id: 'demo', name: words(SYNTHETIC_BANK, 'Jiangzhou Demonstration Bank'), prefixes: [SYNTHETIC_REGION, '0000'] },
];

export const GUIDE_TOPICS: NonNullable<Catalogue['guideTopics']> = [
  { id: 'withdrawal', name: words('提取', 'Withdrawal') },
  { id: 'loan', name: words('贷款与还款', 'Loan and repayment') },
  { id: 'account', name: words('账户与缴存', 'Account and deposits') },
  { id: 'paper', name: words('打印与证明', 'Papers') },
  { id: 'transfer', name: words('转移接续', 'Transfer') },
  { id: 'here', name: words('用这台机器', 'Using this machine') },
];

/** The text a signature stands under. A changed text is a new version: requests name the one that was shown. */
export const COMMITMENTS: NonNullable<Catalogue['commitments']> = [
  {
    textId: 'retired',
    version: 1,
    items: ['B03'],
    materials: ['retirement'],
    title: words('退休情况承诺书', 'Commitment on retirement'),
    text: words(
      '本人承诺：本人已办理退休手续，所填退休日期属实；本人知道办理后账户注销，不再缴存。',
      'I declare that I have retired, that the date I gave is true, and that I know that my account is closed by this.',
    ),
    consequence: words(
      '承诺不实的，退回已提取的款项，记入失信名单，五年内不能提取和贷款。',
      'If this is untrue the money is to be returned, it is entered in the register of bad faith, and for five years nothing can be withdrawn or borrowed.',
    ),
  },
  {
    textId: 'noHome',
    version: 1,
    items: ['B04'],
    materials: ['noHomeHere'],
    title: words('无自有住房承诺书', 'Commitment on owning no home'),
    text: words(
      '本人承诺：本人、配偶及未成年子女在江州市没有自有住房，现在租房居住。',
      'I declare that neither I nor my spouse nor our children under age own a home in this city, and that I rent the one I live in.',
    ),
    consequence: words(
      '承诺不实的，退回已提取的款项，记入失信名单，五年内不能提取和贷款。',
      'If this is untrue the money is to be returned, it is entered in the register of bad faith, and for five years nothing can be withdrawn or borrowed.',
    ),
  },
  {
    textId: 'ownLoan',
    version: 1,
    items: ['B05'],
    materials: ['ownLoan', 'bankLoan'],
    title: words('住房贷款情况承诺书', 'Commitment on a home loan'),
    text: words(
      '本人承诺：所填的住房贷款是本人或配偶的，提取的款项用于偿还这笔贷款。',
      'I declare that the loan is mine or that of my spouse, and that what I withdraw repays it.',
    ),
    consequence: words(
      '承诺不实的，退回已提取的款项，记入失信名单，五年内不能提取和贷款。',
      'If this is untrue the money is to be returned, it is entered in the register of bad faith, and for five years nothing can be withdrawn or borrowed.',
    ),
  },
];
