import type { CatalogueGroup } from './entry.ts';

/** Slip printer. */
export const slipErrors = {
  E4201: {
    severity: 'fault',
    depositor: { zh: '小票打印机没有反应', en: 'The slip printer does not answer' },
    next: { zh: '请记下屏幕上的号码', en: 'Please write down the number on the screen' },
    technician: { zh: '小票打印机无应答：查供电和连线', en: 'Slip printer does not answer: check power and cable' },
  },
  E4202: {
    severity: 'fault',
    depositor: { zh: '小票打印机没有纸了', en: 'The slip printer is out of paper' },
    next: { zh: '请记下屏幕上的号码', en: 'Please write down the number on the screen' },
    technician: { zh: '小票纸尽：换 80 mm 纸卷', en: 'Slip paper end: change the 80 mm roll' },
  },
  E4203: {
    severity: 'fault',
    depositor: { zh: '小票打印机盖子没有关好', en: "The slip printer's cover is open" },
    next: { zh: '请记下屏幕上的号码', en: 'Please write down the number on the screen' },
    technician: { zh: '小票打印机上盖打开', en: 'Slip printer cover open' },
  },
  E4204: {
    severity: 'fault',
    depositor: { zh: '小票切纸故障', en: 'The slip cutter has a fault' },
    next: { zh: '请记下屏幕上的号码', en: 'Please write down the number on the screen' },
    technician: { zh: '切刀故障：断电重启，清除纸屑', en: 'Cutter error: switch off and on, clear paper scraps' },
  },
  E4205: {
    severity: 'warning',
    depositor: { zh: '小票打印机过热', en: 'The slip printer is too hot' },
    next: { zh: '请稍候', en: 'Please wait a moment' },
    technician: { zh: '打印头过热，自行恢复', en: 'Head hot, recovers by itself' },
  },
  E4206: {
    severity: 'fault',
    depositor: { zh: '小票打印机故障', en: 'The slip printer has a fault' },
    next: { zh: '请记下屏幕上的号码', en: 'Please write down the number on the screen' },
    technician: {
      zh: '不可恢复错误：断电重启，仍有则更换',
      en: 'Unrecoverable error: switch off and on, replace if it stays',
    },
  },
  E4207: {
    severity: 'fault',
    depositor: { zh: '不能确定小票有没有打出来', en: 'We cannot tell whether the slip was printed' },
    next: { zh: '请记下屏幕上的号码', en: 'Please write down the number on the screen' },
    technician: {
      zh: '小票结果不明，人工确认，不自动重打',
      en: 'Slip outcome unknown; a person decides, it is never repeated by itself',
    },
  },
  E4209: {
    severity: 'warning',
    depositor: { zh: '小票纸快用完了', en: 'Slip paper is running low' },
    next: { zh: '可以继续办理', en: 'You can go on' },
    technician: { zh: '小票纸将尽：备好纸卷', en: 'Slip paper near end: have a roll ready' },
  },
} as const satisfies CatalogueGroup;
