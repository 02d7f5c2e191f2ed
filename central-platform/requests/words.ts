import type { Words } from '@kiosk/contract/services/common.ts';
import type { CaseState } from '../store/request-store.ts';
import type { Why } from './life.ts';

export const STATE_WORDS: Readonly<Record<CaseState, Words>> = {
  arrived: { zh: '已收到，正在办', en: 'Received, being looked at' },
  identityMissing: {
    zh: '等您补做身份核验',
    en: 'Waits for you to show who you are',
  },
  needs: { zh: '等您补交材料', en: 'Waits for what you still have to hand in' },
  withPerson: { zh: '工作人员正在审核', en: 'Our staff are looking at it' },
  registered: { zh: '已登记，正在办', en: 'Registered, under way' },
  granted: { zh: '已办结', en: 'Done' },
  refused: { zh: '不予办理', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Taken back' },
};

export const WHY_WORDS: Readonly<Record<Why, Words>> = {
  'open-rules': { zh: '有一项条件要由工作人员核实', en: 'One condition has to be looked up by our staff' },
  'above-limit': { zh: '金额较大，由工作人员复核', en: 'The amount is large; our staff check it' },
  'no-rule': { zh: '这项业务由工作人员审核', en: 'This is decided by our staff' },
  commitment: { zh: '您以承诺代替了材料，由工作人员审核', en: 'You signed a commitment instead; our staff look at it' },
  'agent-paper': { zh: '代办人的授权书要由工作人员核对', en: 'The paper of your agent has to be looked at' },
  'unknown-outcome': {
    zh: '有一步的结果还没有查清，工作人员正在核实，不会重复扣款或付款',
    en: 'What became of one step is being found out; nothing is booked or paid twice',
  },
  'payment-refused': {
    zh: '银行没有付成，钱款仍在中心，请核对收款卡',
    en: 'The bank did not pay; the money is with the centre. Please check your payout card',
  },
  'core-refused': { zh: '账户状态有变化，由工作人员核对', en: 'The account has changed; our staff look at it' },
  'check-missing': {
    zh: '没有核验到这个号码或这张卡，由工作人员核对',
    en: 'The number or card was not checked; our staff do',
  },
  'card-changed': { zh: '收款卡有变化，由工作人员核对', en: 'The payout card has changed; our staff look at it' },
  'transfer-amount': {
    zh: '对方中心没有告知转出金额，由工作人员核对',
    en: 'The other centre did not say how much it sent; our staff ask',
  },
  'limit-person': {
    zh: '今天这项业务您的次数已满，转工作人员审核',
    en: 'You have had this done as often as a day allows; our staff look at it',
  },
  'limit-day': {
    zh: '这项业务今天的名额已满，转工作人员审核',
    en: 'This service is taken up for today; our staff look at it',
  },
  supplement: { zh: '已收到补交的材料，工作人员正在审核', en: 'What you handed in is here; our staff look at it' },
};

export const IDENTITY_WORDS: Words = {
  zh: '请在任一终端、手机或窗口补做身份核验，之后再作决定',
  en: 'Please identify yourself at any terminal or counter; it is decided then',
};
export const GRANTED: Words = { zh: '已按规则当场办结', en: 'Done at once by the rules' };
export const REFUSED: Words = { zh: '按规则不予办理', en: 'Refused by the rules' };

/** What is beyond a limit is not refused: a person looks at it, and the depositor is told. */
export const isLimit = (why: Why): why is 'limit-person' | 'limit-day' => why === 'limit-person' || why === 'limit-day';

const MATERIALS: Readonly<Record<string, Words>> = {
  noHomeHere: { zh: '本人及配偶的无房证明', en: 'Proof that you own no home here' },
  purchase: { zh: '购房合同或发票', en: 'Purchase contract or invoice' },
  building: { zh: '建造、翻建或大修的批准和费用票据', en: 'Permit and bills of building or overhaul' },
  retirement: { zh: '退休证或退休审批表', en: 'Proof of retirement' },
  lossOfAbility: { zh: '劳动能力鉴定结论', en: 'Finding of loss of ability to work' },
  leaving: { zh: '出境定居或户口迁出证明', en: 'Proof of settling abroad' },
  ownLoan: { zh: '住房贷款及还款凭证', en: 'Papers of your home loan' },
  bankLoan: { zh: '商业住房贷款及还款凭证', en: 'Papers of your commercial home loan' },
  death: { zh: '死亡证明和继承文书', en: 'Papers of death and inheritance' },
  illness: { zh: '大病医疗费用票据', en: 'Bills of a serious illness' },
  work: { zh: '终止劳动关系证明', en: 'Proof that work has ended' },
  payoutCard: { zh: '本人收款卡', en: 'A payout card of your own' },
};

export const materialWords = (material: string): Words => MATERIALS[material] ?? { zh: material, en: material };
