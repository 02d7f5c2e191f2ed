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
  E2704: {
    severity: 'person',
    depositor: { zh: '这笔申请已有结果', en: 'This request was decided already' },
    next: { zh: '请在办事进度里查看', en: 'Please see it under progress' },
    technician: { zh: '每笔申请只决定一次', en: 'A request is decided once' },
  },
  E2705: {
    severity: 'person',
    depositor: { zh: '这笔申请还缺本人身份核验', en: 'This request still waits for who you are' },
    next: { zh: '请在任一终端或窗口补做身份核验', en: 'Please identify yourself at any terminal or counter' },
    technician: {
      zh: '未经确认的申请不得按规则或由人决定，先补身份核验',
      en: 'What was not confirmed is decided by nobody: complete the identification first',
    },
  },
  E2706: {
    severity: 'fault',
    depositor: { zh: '这笔申请有一步的结果还没有查清', en: 'What became of one step of this request is not known yet' },
    next: { zh: '钱款安全，工作人员正在核实', en: 'Your money is safe; our staff are finding out' },
    technician: {
      zh: '先向银行或核心系统查询该步结果，再作决定',
      en: 'Ask the bank or the core what became of the step before anything is decided',
    },
  },
  E2707: {
    severity: 'fault',
    depositor: { zh: '这一步现在不能办', en: 'This cannot be done now' },
    next: { zh: '请在办事进度里查看', en: 'Please see it under progress' },
    technician: {
      zh: '申请的状态不允许这一步，或金额不符',
      en: 'The state of the request does not allow it, or an amount differs',
    },
  },
  E2708: {
    severity: 'warning',
    depositor: { zh: '这笔申请刚刚有了变化', en: 'This request has just changed' },
    next: { zh: '请重新打开后再办', en: 'Please open it anew first' },
    technician: {
      zh: '读出之后已被他人改动，未保存',
      en: 'Changed by somebody else since it was read; nothing was kept',
    },
  },
} as const satisfies CatalogueGroup;
