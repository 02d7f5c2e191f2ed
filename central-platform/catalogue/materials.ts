import type { NeededMaterial } from '@kiosk/contract/platform/catalogue.ts';

const words = (zh: string, en: string) => ({ zh, en });

/** What a depositor brings, in plain words. Ids are those of the city's evidence where there is one (domain/city.ts). */
const NAMES = {
  idCard: words('本人身份证', 'Your ID card'),
  phone: words('能收短信的手机', 'A phone that receives messages'),
  newPhone: words('新号码的手机', 'The phone with the new number'),
  payoutCard: words('本人名下的银行卡', 'A bank card in your name'),
  retirement: words('退休证或退休审批表', 'Proof of retirement'),
  noHomeHere: words('本人及配偶的无房证明', 'Proof that you own no home here'),
  ownLoan: words('住房贷款合同号', 'The number of your home loan'),
  oldAccount: words('原中心的个人账号', 'Your account number at the other centre'),
  caseNumber: words('受理编号', 'The number of your request'),
  paper: words('要核对的那张纸', 'The paper you want to check'),
  missing: words('通知里写的那几样材料', 'What the notice asks for'),
} as const;

const LOOKED_UP = words('您同意的话，由中心核验，不用带', 'With your consent the centre looks it up');
const COMMITMENT = words('没带可以签承诺书', 'You may sign a commitment instead');

const NOTES: Readonly<Partial<Record<keyof typeof NAMES, NeededMaterial['note']>>> = {
  retirement: COMMITMENT,
  noHomeHere: LOOKED_UP,
  payoutCard: words('卡号要核验户名', 'The bank confirms the name'),
  oldAccount: words('不知道可以不填', 'May be left out'),
  caseNumber: words('也可以用身份证查', 'Your ID card will do as well'),
};

export const need = (...ids: readonly (keyof typeof NAMES)[]): NeededMaterial[] =>
  ids.map((id) => {
    const note = NOTES[id];
    return { id, name: NAMES[id], ...(note === undefined ? {} : { note }) };
  });

/** For one's own data: two factors, of which the card is the usual first and the phone the usual second. */
export const OWN = need('idCard', 'phone');
