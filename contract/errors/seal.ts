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
} as const satisfies CatalogueGroup;
