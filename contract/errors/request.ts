import type { CatalogueGroup } from './entry.ts';

/** Requests of a depositor: confirming one, and what goes with it. */
export const requestErrors = {
  E2701: {
    severity: 'person',
    depositor: { zh: '为了您的安全，请再核验一次身份', en: 'For your safety, please show once more who you are' },
    next: { zh: '已填内容还在，核验后接着办', en: 'What you filled in is kept; go on afterwards' },
    technician: {
      zh: '资金和资料变更须在身份核验后限定时间内确认',
      en: 'Money and changes of a record have to be confirmed soon after identification',
    },
  },
  E2702: {
    severity: 'person',
    depositor: { zh: '这就是现在登记的手机号', en: 'This is the phone number on record already' },
    next: { zh: '请填新的手机号', en: 'Please enter the new number' },
    technician: { zh: '新号码与登记号码相同', en: 'New number equals the one on record' },
  },
  E2703: {
    severity: 'fault',
    depositor: { zh: '这次确认与之前的内容不一致', en: 'This is not what was confirmed before' },
    next: { zh: '请核对内容后重新确认', en: 'Please check and confirm once more' },
    technician: {
      zh: '同一操作编号已确认过另一内容：程序应为新内容取新编号',
      en: 'The operation confirmed other content before: new content needs a new operation',
    },
  },
} as const satisfies CatalogueGroup;
