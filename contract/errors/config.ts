import type { CatalogueGroup } from './entry.ts';

/** Configuration. */
export const configErrors = {
  E8101: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: { zh: '配置文件缺失或有误', en: 'Configuration missing or wrong' },
  },
  E8102: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '仅供测试的运行环境不得连接非本机平台',
      en: 'A test-only runtime refuses any platform that is not on loopback',
    },
  },
  E8103: {
    severity: 'stop',
    depositor: { zh: '本机暂停服务', en: 'This machine is out of service' },
    next: { zh: '请换一台机器', en: 'Please use another machine' },
    technician: {
      zh: '生产配置不允许预览，也不允许关闭沙箱',
      en: 'A production configuration refuses the preview and a switched-off sandbox',
    },
  },
} as const satisfies CatalogueGroup;
