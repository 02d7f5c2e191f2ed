import type { CatalogueGroup } from './entry.ts';

/** Documents. */
export const sealErrors = {
  E5201: {
    severity: 'fault',
    depositor: { zh: '单据没有生成', en: 'The document could not be made' },
    next: { zh: '请稍后再试，或到窗口办理', en: 'Please try again later or go to the counter' },
    technician: { zh: '单据渲染失败：看平台日志', en: "Document rendering failed: see the platform's log" },
  },
  E5203: {
    severity: 'person',
    depositor: { zh: '这段时间没有明细', en: 'There are no entries in this period' },
    next: { zh: '请换一个时间段', en: 'Please choose another period' },
    technician: { zh: '所选期间无明细', en: 'No rows in the period' },
  },
  E5204: {
    severity: 'fault',
    depositor: { zh: '姓名里有本机字库没有的字', en: 'Your name has a character our fonts lack' },
    next: { zh: '请到窗口打印', en: 'Please have it printed at the counter' },
    technician: { zh: '字体缺字：补充字库', en: 'Font lacks a character: add a font that has it' },
  },
  E5205: {
    severity: 'alarm',
    depositor: { zh: '单据没有盖章', en: 'The document was not sealed' },
    next: { zh: '请到窗口办理', en: 'Please go to the counter' },
    technician: {
      zh: '印章拒绝：要盖章的内容不是平台渲染的，查是否有人绕过渲染',
      en: 'Seal refused: these bytes are not what the platform rendered; look for who went around it',
    },
  },
  E5206: {
    severity: 'fault',
    depositor: { zh: '单据没有盖章', en: 'The document was not sealed' },
    next: { zh: '请稍后再试，或到窗口办理', en: 'Please try again later or go to the counter' },
    technician: {
      zh: '印章服务无应答或不能盖章：查印章进程、证书和密钥文件',
      en: 'The seal service does not answer or cannot seal: check its process, certificate and key file',
    },
  },
  E5207: {
    severity: 'person',
    depositor: { zh: '没有查到这笔贷款', en: 'There is no such loan' },
    next: { zh: '请核对后再选', en: 'Please check and choose again' },
    technician: { zh: '办理人名下无此贷款', en: 'No such loan of this person' },
  },
  E5208: {
    severity: 'person',
    depositor: { zh: '这笔贷款还没有结清', en: 'This loan is not settled yet' },
    next: { zh: '结清后再来打印', en: 'Please come back when it is settled' },
    technician: { zh: '贷款未结清，不出具结清证明', en: 'The loan is not settled: no certificate' },
  },
  E5209: {
    severity: 'person',
    depositor: {
      zh: '您有没还清的公积金贷款，不能出具这份证明',
      en: 'You have a fund loan that is not settled, so this certificate cannot be issued',
    },
    next: { zh: '请结清后再办，或到窗口咨询', en: 'Please settle it first or ask at the counter' },
    technician: { zh: '有未结清贷款，不出具异地贷款缴存使用证明', en: 'An open loan: no cross-region certificate' },
  },
  E5210: {
    severity: 'person',
    depositor: { zh: '这一年度还没有结息', en: 'The interest of this year is not settled yet' },
    next: { zh: '请换一个年度', en: 'Please choose another year' },
    technician: { zh: '所选年度未结息', en: 'The fund year is not settled' },
  },
  E5211: {
    severity: 'person',
    depositor: { zh: '这份凭证现在不能补打', en: 'This document cannot be printed again' },
    next: { zh: '请重新办理一份', en: 'Please have a new one made' },
    technician: {
      zh: '不是本人凭证，或已注销、已过期',
      en: 'Not a document of this person, or cancelled or past its validity',
    },
  },
  E5212: {
    severity: 'person',
    depositor: { zh: '这份凭证较早，不能补打', en: 'This document is too old to be printed again' },
    next: { zh: '请重新办理一份', en: 'Please have a new one made' },
    technician: { zh: '凭证出自不留底稿的旧版本', en: 'Issued by a release that kept no source' },
  },
  E5213: {
    severity: 'person',
    depositor: { zh: '这份证明现在不能这样办', en: 'This cannot be done with the certificate now' },
    next: { zh: '请看证明的状态，或到窗口咨询', en: 'Please look at its state or ask at the counter' },
    technician: { zh: '证明状态不允许此操作', en: 'The state of the certificate does not allow this' },
  },
  E5214: {
    severity: 'alarm',
    depositor: { zh: '回执没有被接受', en: 'The reply was not accepted' },
    next: { zh: '请联系出具证明的中心', en: 'Please contact the issuing centre' },
    technician: {
      zh: '回执签名不符，或不是登记的中心',
      en: 'The signature of a reply is wrong, or its centre is not registered',
    },
  },
  E5215: {
    severity: 'alarm',
    depositor: { zh: '验证码不对', en: 'The code is not right' },
    next: { zh: '请对照纸面再核对一次', en: 'Please compare it with the paper' },
    technician: {
      zh: '一小时内同一凭证编号的验证码错误超过 20 次：有人在猜',
      en: 'More than 20 wrong codes for one document number within an hour: somebody is guessing',
    },
  },
  E5217: {
    severity: 'person',
    depositor: { zh: '您在本中心没有公积金贷款', en: 'You have no fund loan with this centre' },
    next: { zh: '在别的城市贷的款，请找那里的中心', en: 'For a loan in another city please ask its centre' },
    technician: { zh: '办理人名下没有贷款', en: 'The person has no loan' },
  },
  E5218: {
    severity: 'person',
    depositor: { zh: '这次办理已经出过另一份单据', en: 'This visit has made another document already' },
    next: { zh: '请返回后重新选一次', en: 'Please go back and choose again' },
    technician: {
      zh: '同一操作号已出具内容不同的单据：查终端日志',
      en: "The operation has made a document of other content: see the terminal's log",
    },
  },
  E5219: {
    severity: 'alarm',
    depositor: { zh: '这份凭证暂时不能核对', en: 'This document cannot be checked at the moment' },
    next: { zh: '请到窗口咨询', en: 'Please ask at the counter' },
    technician: {
      zh: '档案与登记不符：有凭证缺失、打不开或被改动，见控制台“备份”页，从备份恢复并查明原因',
      en: 'The archive does not agree with the register: see the console, Backups; restore from a backup and find out why',
    },
  },
  E5216: {
    severity: 'person',
    depositor: { zh: '验证码错误次数太多', en: 'Too many wrong codes' },
    next: { zh: '请 15 分钟后再试', en: 'Please try again in 15 minutes' },
    technician: { zh: '验真错误次数超限，暂时锁定', en: 'Too many wrong codes for verification: locked for a while' },
  },
} as const satisfies CatalogueGroup;
