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
  E6107: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '日志由备份恢复，待与平台核对：接通线路，核对完自动恢复服务',
      en: 'Journal was restored and waits to be compared with the platform: bring the line up, the rest happens by itself',
    },
  },
  E6108: {
    severity: 'warning',
    depositor: { zh: '本机正在维护', en: 'This machine is being serviced' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '本机日志里有备份所没有的记录：不予恢复，先导出本机日志',
      en: 'The journal here holds records the backup does not: not restored; export this journal first',
    },
  },
  E6109: {
    severity: 'fault',
    depositor: { zh: '平台暂时没有回答', en: 'The platform does not answer at the moment' },
    next: { zh: '请稍后再试', en: 'Please try again in a moment' },
    technician: {
      zh: '平台的数据库没有应答或应答太慢：查数据库主机、连接数和磁盘；恢复后平台自动继续',
      en: "The platform's database is away or too slow: check its host, connections and disk; the platform goes on by itself",
    },
  },
  E6110: {
    severity: 'warning',
    depositor: { zh: '业务不受影响', en: 'Services are not affected' },
    next: { zh: '请继续办理', en: 'Please carry on' },
    technician: {
      zh: '平台数据库的备份没有完成，或恢复验证未通过：查 backup_run 表中的原因、磁盘和 PostgreSQL 客户端程序',
      en: 'A backup of the platform was not made or its restore not proven: see the reason in backup_run, the disk and the PostgreSQL client programs',
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
  E6302: {
    severity: 'warning',
    depositor: { zh: '申请已收下', en: 'Your request was received' },
    next: { zh: '结果请凭号查询', en: 'Please ask with your number' },
    technician: {
      zh: '日志包不完整或签名不符：一条未收，请重新导出',
      en: 'Journal bundle is cut off, altered or signed by another key: nothing was taken, export it again',
    },
  },
  E6401: {
    severity: 'warning',
    depositor: { zh: '本机照常服务', en: 'This machine works as usual' },
    next: { zh: '可以继续办理', en: 'You can go on' },
    technician: {
      zh: '日志备份没有成功：检查备份盘是否挂载、空间是否足够；日志本身不受影响',
      en: 'Backup of the journal failed: is its disk mounted, is there room? The journal itself is well',
    },
  },
  E6402: {
    severity: 'warning',
    depositor: { zh: '本机正在维护', en: 'This machine is being serviced' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '文件写不到指定位置：检查 U 盘是否插好、空间是否足够、是否可写',
      en: 'The file cannot be written there: is the USB stick in, with room, and writable?',
    },
  },
  E6501: {
    severity: 'alarm',
    depositor: { zh: '本机照常服务', en: 'This machine works as usual' },
    next: { zh: '可以继续办理', en: 'You can go on' },
    technician: {
      zh: '对账不平：终端、平台、设备计数有一处不同；已立案，待人工处理，请勿自行改数',
      en: 'Terminal, platform or device counters differ: a case is open for a person to decide; change nothing yourself',
    },
  },
} as const satisfies CatalogueGroup;
