import type { CatalogueGroup } from './entry.ts';

const ANOTHER_WAY = {
  zh: '请换一种渠道办理，或到窗口',
  en: 'Please use another channel or go to the counter',
} as const;
const NOT_HERE = { zh: '这里现在办不了这项业务', en: 'This service is not available here' } as const;

/**
 * Why the management system does not let a call through, one code a gate and in the order of the gates. A stopped
 * application is E2102 and a stopped item E2101 (service.ts): released terminals know those two.
 */
export const gateErrors = {
  E2401: {
    severity: 'fault',
    depositor: NOT_HERE,
    next: ANOTHER_WAY,
    technician: {
      zh: '应用编号、密钥、渠道或中心与登记不符',
      en: 'Application id, key, channel or centre is not the registered one',
    },
  },
  E2403: {
    severity: 'fault',
    depositor: NOT_HERE,
    next: ANOTHER_WAY,
    technician: {
      zh: '应用不在有效期内：查渠道登记的起止日期',
      en: 'Application is outside its validity dates: see the registration of the channel',
    },
  },
  E2404: {
    severity: 'fault',
    depositor: NOT_HERE,
    next: { zh: '请稍候再试', en: 'Please try again shortly' },
    technician: {
      zh: '应用令牌缺失、过期或不符：重新取令牌',
      en: 'Token of the application is missing, expired or wrong',
    },
  },
  E2405: {
    severity: 'warning',
    depositor: { zh: '现在办理的人太多', en: 'Too many people are being served at the moment' },
    next: { zh: '请稍候再来，或按提示换一处办理', en: 'Please come back shortly or go where the screen says' },
    technician: {
      zh: '渠道流量超过限额，已给出分流去处',
      en: 'Channel is over its flow cap; the answer names where to go',
    },
  },
  E2406: {
    severity: 'fault',
    depositor: NOT_HERE,
    next: ANOTHER_WAY,
    technician: { zh: '业务项编号未知', en: 'Number of the item is not known' },
  },
  E2407: {
    severity: 'person',
    depositor: { zh: '金额超过单笔限额', en: 'The amount is above the limit for one transaction' },
    next: { zh: '请减少金额，或到窗口办理', en: 'Please choose a smaller amount or go to the counter' },
    technician: { zh: '超过该业务项的单笔限额', en: 'Above the limit of this item for one transaction' },
  },
  E2408: {
    severity: 'person',
    depositor: { zh: '今天的办理金额已到限额', en: 'The limit for today has been reached' },
    next: { zh: '请明天再办，或到窗口办理', en: 'Please come back tomorrow or go to the counter' },
    technician: { zh: '超过该业务项的当日累计限额', en: 'Above the daily limit of this item' },
  },
  E2409: {
    severity: 'person',
    depositor: { zh: '节假日不办理资金业务', en: 'Money is not moved on holidays' },
    next: { zh: '请在工作日再办', en: 'Please come back on a working day' },
    technician: { zh: '资金类业务项，今天是节假日', en: 'Item moves money and today is a holiday' },
  },
  E2410: {
    severity: 'person',
    depositor: NOT_HERE,
    next: ANOTHER_WAY,
    technician: { zh: '业务项没有分配给本渠道', en: 'Item is not assigned to this channel' },
  },
  E2411: {
    severity: 'person',
    depositor: { zh: '这项业务不在办理日期内', en: 'This service is not offered on this day of the month' },
    next: { zh: '请在办理日期内再来', en: 'Please come back on a day when it is' },
    technician: { zh: '不在业务项的每月办理日期内', en: "Outside the item's days of the month" },
  },
  E2412: {
    severity: 'person',
    depositor: { zh: '这项业务现在不在办理时间内', en: 'This service is outside its hours now' },
    next: { zh: '请在办理时间内再来', en: 'Please come back during its hours' },
    technician: { zh: '不在业务项的每日办理时间内', en: "Outside the item's hours of the day" },
  },
  E2413: {
    severity: 'fault',
    depositor: NOT_HERE,
    next: ANOTHER_WAY,
    technician: {
      zh: '业务项没有登记所调用的接口',
      en: 'The interface that was called is not registered for the item',
    },
  },
  E2414: {
    severity: 'fault',
    depositor: {
      zh: '您今天办这项业务的次数已经够了',
      en: 'You have had this done as often as it can be done in a day',
    },
    next: { zh: '请明天再来，或到窗口', en: 'Please come again tomorrow or go to the counter' },
    technician: { zh: '已达业务项的每人每日次数', en: "The item's limit per person and day is reached" },
  },
  E2415: {
    severity: 'fault',
    depositor: { zh: '这项业务今天的名额已满', en: 'This service is taken up for today' },
    next: { zh: '请明天再来，或换一种渠道', en: 'Please come again tomorrow or use another channel' },
    technician: { zh: '已达业务项的每日总次数', en: "The item's limit per day is reached" },
  },
} as const satisfies CatalogueGroup;
