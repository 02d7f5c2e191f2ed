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
  E1207: {
    severity: 'person',
    depositor: { zh: '这项业务还要再核验一步', en: 'This needs one more step of identification' },
    next: { zh: '请再选一种核验方式', en: 'Please choose one more way to identify yourself' },
    technician: { zh: '令牌的核验级别低于业务要求', en: 'Level of the token is below what the item asks' },
  },
  E1208: {
    severity: 'person',
    depositor: { zh: '这种核验方式失败次数太多，已暂停', en: 'This way failed too often and rests for a while' },
    next: { zh: '请换一种方式，或 10 分钟后再试', en: 'Please use another way, or try again in 10 minutes' },
    technician: { zh: '该要素尝试次数超限，平台已锁定', en: 'Too many tries of this factor; locked by the platform' },
  },
  E1209: {
    severity: 'person',
    depositor: { zh: '这不是刚才那位的证件、卡或码', en: 'This belongs to somebody else than before' },
    next: { zh: '请用本人的再试一次', en: 'Please use your own' },
    technician: { zh: '后一要素与前一要素不是同一人', en: 'A further factor is of another person than the first' },
  },
  E1210: {
    severity: 'person',
    depositor: { zh: '人脸没有比对上', en: 'The face could not be matched' },
    next: { zh: '请换一种方式核验', en: 'Please use another way' },
    technician: {
      zh: '人脸与证件照片相似度低于阈值，或没有单独同意',
      en: 'Score of face and card picture below the threshold, or no consent of its own',
    },
  },
  E1211: {
    severity: 'person',
    depositor: {
      zh: '这是其他银行的卡，本机不能验密',
      en: 'This is a card of another bank; its PIN cannot be checked here',
    },
    next: { zh: '请换一种方式，不用换卡', en: 'Please use another way; no other card is needed' },
    technician: { zh: '发卡行未与中心联通', en: 'The issuing bank does not answer for this centre' },
  },
  E1212: {
    severity: 'person',
    depositor: { zh: '这个二维码已失效', en: 'This code has expired' },
    next: { zh: '请在手机上刷新，再扫一次', en: 'Please refresh it on the phone and scan again' },
    technician: { zh: '电子卡码不存在、过期或已用', en: 'Code of the e-card is unknown, expired or used' },
  },
  E1213: {
    severity: 'person',
    depositor: { zh: '银行没有告诉我们这张卡是谁的', en: 'The bank did not say whose card this is' },
    next: { zh: '请先放身份证，再用银行卡', en: 'Please begin with your ID card' },
    technician: {
      zh: '银行未返回持卡人证件，不能作第一要素',
      en: "The bank did not give the holder's document; the card cannot come first",
    },
  },
  E1214: {
    severity: 'person',
    depositor: { zh: '没有找到有效的授权', en: 'No valid authorisation was found' },
    next: {
      zh: '请委托人重新授权，或带授权书到窗口',
      en: 'Please have it given again, or bring the paper to the counter',
    },
    technician: {
      zh: '授权码不存在、过期、已撤回，或被授权人不是此人',
      en: 'Code of the authorisation unknown, ended, withdrawn, or for another agent',
    },
  },
  E1215: {
    severity: 'person',
    depositor: { zh: '要先核验另一种，才能用这种', en: 'Another way has to come before this one' },
    next: { zh: '请先放身份证', en: 'Please begin with your ID card' },
    technician: { zh: '该要素依赖的要素尚未核验', en: 'The factor that this one leans on was not proven' },
  },
} as const satisfies CatalogueGroup;
