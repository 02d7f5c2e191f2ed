import type { CatalogueGroup } from './entry.ts';

/** The core system behind the platform, offices that are asked, and the bank. */
export const coreErrors = {
  E3301: {
    severity: 'fault',
    depositor: { zh: '中心的业务系统现在没有回答', en: "The centre's business system does not answer now" },
    next: { zh: '请稍后再试；您的账户没有任何变动', en: 'Please try again later; nothing has changed in your account' },
    technician: {
      zh: '核心系统连不上：查线路和核心系统',
      en: 'Core system not reachable: check the line and the core',
    },
  },
  E3302: {
    severity: 'fault',
    depositor: { zh: '中心的业务系统回答太慢', en: "The centre's business system is too slow now" },
    next: { zh: '请稍后再试；您的账户没有任何变动', en: 'Please try again later; nothing has changed in your account' },
    technician: { zh: '核心系统超过时限', en: 'Core system did not answer within its deadline' },
  },
  E3303: {
    severity: 'fault',
    depositor: { zh: '查到的账户数据有疑问，没有使用', en: 'The account data do not add up and were not used' },
    next: { zh: '请找工作人员，或稍后再试', en: 'Please ask our staff, or try again later' },
    technician: {
      zh: '核心系统的回答自相矛盾（余额不连续、答非所问或字段缺失）：联系核心系统',
      en: 'The core contradicts itself (balances that do not follow, another person, missing fields): call the core team',
    },
  },
  E3304: {
    severity: 'person',
    depositor: { zh: '没有找到这个账户或贷款', en: 'This account or loan was not found' },
    next: { zh: '请重新选择', en: 'Please choose again' },
    technician: { zh: '本人名下没有这个账号', en: 'The person has no account or loan of this number' },
  },
  E3305: {
    severity: 'fault',
    depositor: { zh: '还不能确定业务系统是否已经办理', en: 'It is not certain yet whether this was carried out' },
    next: { zh: '请不要重复办理，凭编号查询结果', en: 'Please do not do it again; look the result up by its number' },
    technician: {
      zh: '写操作结果未知：按业务流水号向核心查询',
      en: 'Outcome of a change is unknown: ask the core by its reference',
    },
  },
  E3306: {
    severity: 'person',
    depositor: {
      zh: '余额已经变动，金额超出可用余额',
      en: 'The balance has changed; the amount is more than there is',
    },
    next: { zh: '请重新查询后再办理', en: 'Please look at the account again' },
    technician: {
      zh: '核心拒绝：超过可用余额或状态不符',
      en: 'Core refused: beyond the balance, or the state of the account',
    },
  },
  E3307: {
    severity: 'alarm',
    depositor: { zh: '这笔业务已经用别的内容办理过', en: 'This was carried out before with other details' },
    next: { zh: '请找工作人员', en: 'Please ask our staff' },
    technician: { zh: '同一流水号内容不同：查重放', en: 'The same reference with other content: look for a replay' },
  },
  E3401: {
    severity: 'fault',
    depositor: { zh: '核实数据的部门现在没有回答', en: 'The office that has to confirm this does not answer now' },
    next: { zh: '可以先提交，核实后通知您', en: 'You can hand it in; we tell you once it is confirmed' },
    technician: { zh: '外部数据接口连不上或超时', en: 'Interface of another office not reachable, or too slow' },
  },
  E3402: {
    severity: 'fault',
    depositor: {
      zh: '核实的回答看不懂，没有使用',
      en: 'The answer of the other office made no sense and was not used',
    },
    next: { zh: '请找工作人员核实', en: 'Please ask our staff' },
    technician: { zh: '外部数据的回答不符合约定', en: 'Answer of another office breaks the agreement' },
  },
  E3403: {
    severity: 'person',
    depositor: { zh: '核实这项数据要先经您同意', en: 'This can only be checked with your consent' },
    next: { zh: '请同意授权，或自己提交材料', en: 'Please consent, or bring the papers yourself' },
    technician: { zh: '没有授权编号，未发出查询', en: 'No consent number: nothing was asked' },
  },
  E3501: {
    severity: 'fault',
    depositor: { zh: '银行现在没有回答', en: 'The bank does not answer now' },
    next: { zh: '请稍后再试', en: 'Please try again later' },
    technician: { zh: '银行接口连不上或超时', en: 'Interface of the bank not reachable, or too slow' },
  },
  E3502: {
    severity: 'person',
    depositor: { zh: '密码不对', en: 'The PIN is wrong' },
    next: { zh: '请再输一次', en: 'Please enter it again' },
    technician: { zh: '银行验密未通过', en: 'The bank did not accept the PIN' },
  },
  E3503: {
    severity: 'person',
    depositor: { zh: '密码错误次数太多，银行已暂停这张卡的验密', en: 'Too many wrong PINs; the bank has blocked this' },
    next: { zh: '请到银行解锁，或换一种方式', en: 'Please ask your bank, or use another way' },
    technician: { zh: '卡已被银行锁定', en: 'Card is blocked by the bank' },
  },
  E3504: {
    severity: 'person',
    depositor: { zh: '这张银行卡不是本人的，或不能收款', en: 'This card is not yours, or cannot take payments' },
    next: { zh: '请用本人的借记卡', en: 'Please use a debit card of your own' },
    technician: {
      zh: '户名、证件与账号核验不符或账户状态异常',
      en: 'Name, document and account do not match, or the account is closed',
    },
  },
  E3505: {
    severity: 'fault',
    depositor: { zh: '还不能确定款项是否已经付出', en: 'It is not certain yet whether the money was paid' },
    next: { zh: '款项不会付两次，凭编号查询结果', en: 'It is never paid twice; look it up by its number' },
    technician: {
      zh: '付款结果未知：按付款参考号查询，不要重发新号',
      en: 'Payment unknown: ask by its reference, never send a new one',
    },
  },
  E3506: {
    severity: 'fault',
    depositor: { zh: '密码键盘的加密银行读不出来', en: "The bank could not read the PIN pad's encryption" },
    next: { zh: '请换一种方式验证', en: 'Please use another way' },
    technician: { zh: 'PIN 块解不开：工作密钥不一致', en: 'PIN block does not open: keys of pad and bank differ' },
  },
  E3601: {
    severity: 'fault',
    depositor: { zh: '中心的回答看不懂，已停止使用', en: "The centre's answer made no sense and was not used" },
    next: { zh: '请稍后再试', en: 'Please try again later' },
    technician: {
      zh: '代码表里没有这个代码：更新适配器的代码表',
      en: 'A code that is in no table: bring the table of the adapter up to date',
    },
  },
  E3602: {
    severity: 'fault',
    depositor: { zh: '中心的回答看不懂，已停止使用', en: "The centre's answer made no sense and was not used" },
    next: { zh: '请稍后再试', en: 'Please try again later' },
    technician: {
      zh: '字段长度、位数或格式不符合标准（说明里有字段名）',
      en: 'Length, digits or form of a field break the standard (the detail names it)',
    },
  },
} as const satisfies CatalogueGroup;
