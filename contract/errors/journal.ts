import type { CatalogueGroup } from './entry.ts';

/** Journal. */
export const journalErrors = {
  E6101: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '磁盘满：日志停止受理，先导出再清理',
      en: 'Disk full: the journal takes nothing more; export, then make room',
    },
  },
  E6102: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '日志读写错误：停机检查磁盘，勿删数据',
      en: 'Journal I/O error: stop, check the disk, delete nothing',
    },
  },
  E6103: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '日志文件损坏：保留原文件，按恢复手册处理',
      en: 'Journal damaged: keep the file, follow the restore guide',
    },
  },
  E6104: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '日志链校验不符：有记录被改动，报安全员',
      en: 'Journal chain does not verify: a record was altered, tell the security officer',
    },
  },
  E6105: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '日志未以 WAL + FULL 打开：拒绝受理',
      en: 'Journal is not open with WAL and synchronous FULL: refusing to accept',
    },
  },
  E6106: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '日志由更新的版本写成，本版本读不了',
      en: 'Journal was written by a newer release this one cannot read',
    },
  },
  E6201: {
    severity: 'alarm',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '同一序号内容不同：疑似克隆或篡改，报警',
      en: 'Same sequence, other body: clone or tampering suspected, alarm',
    },
  },
  E6202: {
    severity: 'alarm',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '终端日志倒退：疑似恢复了旧磁盘镜像',
      en: "Terminal's head went back: an old disk image was restored",
    },
  },
  E6203: {
    severity: 'alarm',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '序号有缺口：从平台所在位置续传', en: 'Gap in the sequence: resume where the platform stands' },
  },
  E6204: {
    severity: 'alarm',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '批次的链或签名不符', en: 'Chain or signature of the batch does not verify' },
  },
  E6301: {
    severity: 'warning',
    depositor: { zh: '申请已收下', en: 'Your request was received' },
    next: { zh: '结果请凭号查询', en: 'Please ask with your number' },
    technician: { zh: '内容不合规范，已隔离待人工处理', en: 'Body is unknown or invalid: quarantined for a person' },
  },
} as const satisfies CatalogueGroup;
