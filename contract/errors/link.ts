import type { CatalogueGroup } from './entry.ts';

/** Line and platform. */
export const linkErrors = {
  E3101: {
    severity: 'fault',
    depositor: { zh: '与中心的线路断了', en: 'The line to the centre is down' },
    next: {
      zh: '查询和打印请稍后再来；投诉、预约可以先收下',
      en: 'Queries and printing have to wait; requests can be left now',
    },
    technician: {
      zh: '平台不可达：查网线、路由、平台地址，再按线路测试',
      en: 'Platform not reachable: check cable, router and address, then run the link test',
    },
  },
  E3102: {
    severity: 'fault',
    depositor: { zh: '中心没有及时回答', en: 'The centre did not answer in time' },
    next: { zh: '请稍后再试；您的账户没有任何变动', en: 'Please try again later; nothing has changed in your account' },
    technician: { zh: '平台应答超时', en: 'Platform did not answer within the deadline' },
  },
  E3103: {
    severity: 'fault',
    depositor: { zh: '中心系统出了故障', en: "The centre's system has a fault" },
    next: { zh: '请稍后再试；您的账户没有任何变动', en: 'Please try again later; nothing has changed in your account' },
    technician: { zh: '平台回 5xx：联系平台值班', en: "Platform answered 5xx: call the platform's duty desk" },
  },
  E3104: {
    severity: 'fault',
    depositor: { zh: '中心的回答看不懂，已停止使用', en: "The centre's answer made no sense and was not used" },
    next: { zh: '请稍后再试；您的账户没有任何变动', en: 'Please try again later; nothing has changed in your account' },
    technician: {
      zh: '平台应答不符合契约：查中间设备或版本',
      en: 'Platform answer breaks the contract: look for a proxy in between or a version mismatch',
    },
  },
  E3105: {
    severity: 'fault',
    depositor: { zh: '本机没有通过中心的准入检查', en: 'The centre does not admit this machine' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '终端证书或编号被拒：查证书有效期与登记',
      en: 'Terminal certificate or number refused: check validity and registration',
    },
  },
  E3106: {
    severity: 'warning',
    depositor: { zh: '中心现在很忙', en: 'The centre is very busy' },
    next: { zh: '请稍候再试', en: 'Please try again shortly' },
    technician: {
      zh: '平台限流 429，按 Retry-After 退避',
      en: 'Platform limits the rate (429); backing off as it asks',
    },
  },
  E3107: {
    severity: 'fault',
    depositor: { zh: '本机的记录暂时送不到中心', en: "This machine's records cannot reach the centre for now" },
    next: { zh: '请放心，已收下的申请不会丢失', en: 'What was left here is kept and nothing is lost' },
    technician: {
      zh: '单条记录被拒为过大（413）：放宽平台或中间网关的请求体上限',
      en: 'A single record was refused as too large (413): raise the body limit of the platform or the gateway before it',
    },
  },
} as const satisfies CatalogueGroup;
