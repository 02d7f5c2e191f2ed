import type { CatalogueGroup } from './entry.ts';

const UNCHANGED = {
  depositor: { zh: '本机按原有设置服务', en: 'This machine serves as it did before' },
  next: { zh: '您可以照常办理', en: 'You can go on as usual' },
} as const;

/** What the centre sends down: catalogue, parameters, commands. What was good before stays in force. */
export const downlinkErrors = {
  E2301: {
    severity: 'alarm',
    ...UNCHANGED,
    technician: {
      zh: '下发内容的签名不符：疑似伪造，报安全员',
      en: 'Signature of what came down does not verify: forgery suspected, tell the security officer',
    },
  },
  E2302: {
    severity: 'alarm',
    ...UNCHANGED,
    technician: { zh: '下发内容属于别的终端或中心', en: 'What came down is for another terminal or centre' },
  },
  E2303: {
    severity: 'alarm',
    ...UNCHANGED,
    technician: {
      zh: '下发版本不高于现行版本：疑似重放',
      en: 'What came down is no newer than what is in force: replay suspected',
    },
  },
  E2304: {
    severity: 'warning',
    ...UNCHANGED,
    technician: {
      zh: '下发内容不在有效期内：先查本机时钟',
      en: 'What came down is not valid now: check the clock of this machine first',
    },
  },
  E2305: {
    severity: 'fault',
    ...UNCHANGED,
    technician: {
      zh: '下发内容本版本不认识：升级终端程序',
      en: 'This release does not know what came down: update the terminal',
    },
  },
  E2306: {
    severity: 'warning',
    ...UNCHANGED,
    technician: {
      zh: '远程命令执行中程序退出，结果不明，不会重做',
      en: 'The program ended while it carried out a remote command; it is not done again',
    },
  },
  E2307: {
    severity: 'fault',
    ...UNCHANGED,
    technician: {
      zh: '平台的配置签名程序没有回答：查其密钥文件和日志',
      en: "The platform's configuration signer does not answer: check its key file and log",
    },
  },
} as const satisfies CatalogueGroup;
