import type { CatalogueGroup } from './entry.ts';

/** Between programs. */
export const kernelErrors = {
  E9001: {
    severity: 'person',
    depositor: { zh: '已取消', en: 'Cancelled' },
    next: { zh: '可以重新开始', en: 'You can start again' },
    technician: { zh: '调用被取消', en: 'Call was cancelled' },
  },
  E9002: {
    severity: 'fault',
    depositor: { zh: '这一步用的时间太长', en: 'This step took too long' },
    next: { zh: '请重试一次', en: 'Please try once more' },
    technician: { zh: '调用超过时限', en: 'Call passed its deadline' },
  },
  E9003: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器，或找工作人员', en: 'Please use another machine or ask our staff' },
    technician: {
      zh: '本机程序未运行：看服务状态和日志',
      en: 'A program of this machine is not running: see service state and logs',
    },
  },
  E9004: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '程序版本不一致：重装同一版本', en: 'Programs of different releases: install one release' },
  },
  E9005: {
    severity: 'fault',
    depositor: { zh: '操作没有成功', en: 'That did not work' },
    next: { zh: '请重试一次', en: 'Please try once more' },
    technician: { zh: '输入不符合契约', en: 'Input breaks the contract' },
  },
  E9006: {
    severity: 'fault',
    depositor: { zh: '本机出了故障', en: 'This machine has a fault' },
    next: { zh: '请重试一次，或换一台机器', en: 'Please try once more or use another machine' },
    technician: { zh: '程序缺陷：导出诊断包', en: 'A bug: export the diagnostic bundle' },
  },
  E9007: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '本机令牌不符', en: 'Local token does not match' },
  },
  E9008: {
    severity: 'fault',
    depositor: { zh: '本机出了故障', en: 'This machine has a fault' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '应答不符合契约', en: 'Answer breaks the contract' },
  },
  E9009: {
    severity: 'fault',
    depositor: { zh: '本机刚刚重新启动', en: 'This machine has just restarted' },
    next: { zh: '请重新开始；已收下的申请没有丢失', en: 'Please start again; nothing received was lost' },
    technician: { zh: '会话程序退出', en: 'Session process ended unexpectedly' },
  },
  E9010: {
    severity: 'person',
    depositor: { zh: '设备正忙', en: 'The device is busy' },
    next: { zh: '请稍候再试', en: 'Please wait a moment' },
    technician: { zh: '设备正在执行另一操作', en: 'Device is carrying out another operation' },
  },
} as const satisfies CatalogueGroup;
