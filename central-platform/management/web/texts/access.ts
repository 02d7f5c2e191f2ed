import type { Translated } from './translated.ts';

/** Who may in, and who may look at what is masked. */
export const zh = {
  signIn: {
    title: '登录',
    welcome: '管理自助终端、渠道和业务',
    login: '账号',
    secret: '口令',
    submit: '登录',
    ended: '登录已结束，请重新登录',
    warning: '每一次查看和修改都会记入审计日志',
  },
  account: {
    mustChange: '首次登录，请先换一个只有您知道的口令',
    old: '现在的口令',
    fresh: '新口令',
    again: '再输一遍新口令',
    rule: '至少 12 个字符',
    different: '两遍不一样',
    submit: '更换口令',
    done: '口令已更换，其他登录已结束',
  },
  reveal: {
    show: '显示',
    title: (what: string) => `显示${what}`,
    lead: '明文显示 15 秒后自动遮住。谁、何时、为何查看，都记入审计日志。',
    left: (seconds: number) => `${seconds} 秒后遮住`,
    fields: { name: '姓名', idNumber: '证件号', phone: '电话', text: '留言内容' },
    empty: '没有登记',
  },
};

export const en: Translated<typeof zh> = {
  signIn: {
    title: 'Sign in',
    welcome: 'Terminals, channels and business of the centre',
    login: 'Login',
    secret: 'Password',
    submit: 'Sign in',
    ended: 'Your session has ended. Please sign in again',
    warning: 'Every look and every change is kept in the audit log',
  },
  account: {
    mustChange: 'First sign-in: choose a password that only you know',
    old: 'Present password',
    fresh: 'New password',
    again: 'New password once more',
    rule: 'At least 12 characters',
    different: 'The two are not the same',
    submit: 'Change password',
    done: 'Password changed; other sessions have ended',
  },
  reveal: {
    show: 'Show',
    title: (what) => `Show the ${what.toLowerCase()}`,
    lead: 'Readable for 15 seconds, then masked again. Who looked, when and why is kept in the audit log.',
    left: (seconds) => `Masked in ${seconds} s`,
    fields: { name: 'Name', idNumber: 'ID number', phone: 'Phone', text: 'Message' },
    empty: 'Not on record',
  },
};
