import type { CatalogueGroup } from './entry.ts';

/** Technician. */
export const technicianErrors = {
  E7101: {
    severity: 'person',
    depositor: { zh: '姓名或口令不对', en: 'Name or secret is not right' },
    next: { zh: '请重新输入', en: 'Please type it again' },
    technician: { zh: '维护人员姓名或口令错误', en: "Technician's name or secret is wrong" },
  },
  E7102: {
    severity: 'person',
    depositor: { zh: '错误次数太多，已锁定', en: 'Too many wrong tries; locked' },
    next: { zh: '请稍后再试', en: 'Please try again later' },
    technician: { zh: '维护登录锁定', en: 'Technician sign-in is locked for a while' },
  },
  E7103: {
    severity: 'person',
    depositor: { zh: '维护登录已失效', en: 'Your sign-in has ended' },
    next: { zh: '请重新登录', en: 'Please sign in again' },
    technician: { zh: '维护令牌失效', en: 'Technician token not valid any more' },
  },
  E7104: {
    severity: 'warning',
    depositor: { zh: '本机正在维护', en: 'This machine is being serviced' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '有操作结果待人工确认', en: 'Operations of a former run are still unsettled' },
  },
} as const satisfies CatalogueGroup;
