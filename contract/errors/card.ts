import type { CatalogueGroup } from './entry.ts';

/** Identity card and identification. */
export const cardErrors = {
  E1101: {
    severity: 'fault',
    depositor: { zh: '身份证阅读器没有反应', en: 'The ID card reader does not answer' },
    next: { zh: '请换一台机器，或找工作人员', en: 'Please use another machine or ask our staff' },
    technician: {
      zh: '身份证阅读器无应答：检查供电、串口线和端口设置，再按自检',
      en: 'ID reader does not answer: check power, cable and port setting, then run the self-test',
    },
  },
  E1102: {
    severity: 'person',
    depositor: { zh: '身份证拿开得太早，没有读完', en: 'The card was lifted before it was read' },
    next: { zh: '请把身份证重新放平，听到提示音再拿走', en: 'Please lay the card flat again and wait for the sound' },
    technician: {
      zh: '读卡中途离场，属正常操作；频繁出现时清洁读卡区',
      en: 'Card left the field while it was read; if frequent, clean the reading area',
    },
  },
  E1103: {
    severity: 'person',
    depositor: { zh: '这张证件没有读出来', en: 'This card could not be read' },
    next: { zh: '请换个位置再放一次，取出卡套', en: 'Please take it out of its sleeve and lay it down again' },
    technician: {
      zh: '读卡失败：看 SW 码；多张卡都失败时更换阅读器',
      en: 'Card not readable: see the status word; if several cards fail, replace the reader',
    },
  },
  E1104: {
    severity: 'person',
    depositor: { zh: '证件号码校验不通过，不能在本机办理', en: 'The number on this card does not check out' },
    next: { zh: '请到人工窗口核对证件', en: 'Please have the card checked at the counter' },
    technician: {
      zh: '号码校验位不符（GB 11643），或与出生日期、性别矛盾：可能是证件损坏或伪造',
      en: 'Check digit of the number is wrong (GB 11643), or it contradicts birth date or sex: damaged or forged card',
    },
  },
  E1105: {
    severity: 'person',
    depositor: { zh: '这张身份证已过有效期', en: 'This ID card has expired' },
    next: { zh: '请带有效证件到窗口办理', en: 'Please bring a valid card to the counter' },
    technician: { zh: '证件有效期已过', en: 'Card is past its validity date' },
  },
  E1106: {
    severity: 'person',
    depositor: { zh: '本机暂不支持这种证件', en: 'This kind of card is not supported here yet' },
    next: { zh: '请到人工窗口办理', en: 'Please go to the counter' },
    technician: { zh: '证件类型未启用', en: 'Card kind is not enabled' },
  },
  E1107: {
    severity: 'fault',
    depositor: { zh: '身份证阅读器故障', en: 'The ID card reader has a fault' },
    next: { zh: '请换一台机器，或找工作人员', en: 'Please use another machine or ask our staff' },
    technician: {
      zh: '阅读器安全模块拒绝工作（自检失败或未授权）：断电重启，仍有则更换阅读器',
      en: "Reader's security module refuses to work (self-test or authorisation): switch off and on, replace if it stays",
    },
  },
  E1201: {
    severity: 'person',
    depositor: { zh: '验证码不对', en: 'That code is not right' },
    next: { zh: '请看最新一条短信，重新输入', en: 'Please check the latest message and type it again' },
    technician: { zh: '短信验证码错误', en: 'Wrong SMS code' },
  },
  E1202: {
    severity: 'person',
    depositor: { zh: '验证码已过期', en: 'The code has expired' },
    next: { zh: '请重新获取验证码', en: 'Please ask for a new code' },
    technician: { zh: '短信验证码过期', en: 'SMS code expired' },
  },
  E1203: {
    severity: 'person',
    depositor: { zh: '验证码错误次数太多', en: 'Too many wrong codes' },
    next: { zh: '请 10 分钟后再试，或到窗口办理', en: 'Please try again in 10 minutes or go to the counter' },
    technician: { zh: '验证码尝试次数超限，已锁定', en: 'Too many wrong codes; locked for a while' },
  },
  E1204: {
    severity: 'person',
    depositor: { zh: '您没有预留手机号，收不到验证码', en: 'There is no phone number on record for you' },
    next: { zh: '请带身份证到窗口登记手机号', en: 'Please register a phone number at the counter' },
    technician: { zh: '平台上没有预留手机号', en: 'No phone number on record' },
  },
  E1205: {
    severity: 'person',
    depositor: { zh: '没有找到您在本中心的账户', en: 'We found no account of yours at this centre' },
    next: { zh: '如在其他城市缴存，请联系当地中心', en: 'If you pay in another city, please ask that centre' },
    technician: { zh: '平台无此人账户', en: 'The platform knows no account of this person' },
  },
  E1206: {
    severity: 'person',
    depositor: { zh: '本次身份核验已失效', en: 'Your identification has ended' },
    next: { zh: '请重新放身份证开始', en: 'Please start again with your card' },
    technician: { zh: '身份令牌无效或过期', en: 'Identity token not valid or expired' },
  },
} as const satisfies CatalogueGroup;
