import type { CatalogueGroup } from './entry.ts';

const MACHINE = {
  depositor: { zh: '本机没有通过中心的准入检查', en: 'The centre does not admit this machine' },
  next: { zh: '请换一台机器', en: 'Please use another machine' },
} as const;

/** Enrolment and life of a terminal's certificate, and its clock. */
export const admissionErrors = {
  E3108: {
    severity: 'stop',
    ...MACHINE,
    technician: {
      zh: '中心已注销本终端：联系中心，恢复后用新的登记码重新登记',
      en: 'The centre has revoked this terminal: ask the centre; enrol again with a new code once it agrees',
    },
  },
  E3109: {
    severity: 'alarm',
    ...MACHINE,
    technician: {
      zh: '证书已被新证书取代：若本机没有重新登记过，报安全员',
      en: 'This certificate was replaced by a newer one: if this machine did not enrol again, tell the security officer',
    },
  },
  E3110: {
    severity: 'stop',
    ...MACHINE,
    technician: {
      zh: '终端证书不在有效期内：先查本机时钟，再重新登记',
      en: 'Terminal certificate is not valid now: check the clock of this machine, then enrol again',
    },
  },
  E3111: {
    severity: 'fault',
    ...MACHINE,
    technician: {
      zh: '登记码不对、已用过、已过期或试错太多：请中心另发一个',
      en: 'Enrolment code is wrong, used, expired or was tried too often: ask the centre for a new one',
    },
  },
  E3112: {
    severity: 'fault',
    ...MACHINE,
    technician: {
      zh: '证书申请不合要求：须为 P-256 或 P-384 密钥，申请与签名密钥都要由本机签名',
      en: 'Certificate request is not acceptable: P-256 or P-384, and both keys must prove that this machine holds them',
    },
  },
  E3113: {
    severity: 'warning',
    depositor: { zh: '本机照常服务', en: 'This machine works as usual' },
    next: { zh: '可以继续办理', en: 'You can go on' },
    technician: {
      zh: '本机时钟与中心相差超过 120 秒：校时并查 NTP',
      en: 'Clock differs from the centre by more than 120 s: set it and check its time service',
    },
  },
  E3114: {
    severity: 'fault',
    ...MACHINE,
    technician: {
      zh: '平台的证书签发程序没有回答：查其密钥文件和日志',
      en: "The platform's enrolment authority does not answer: check its key file and log",
    },
  },
} as const satisfies CatalogueGroup;
