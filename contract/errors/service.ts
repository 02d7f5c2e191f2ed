import type { CatalogueGroup } from './entry.ts';

/** Items and requests. */
export const serviceErrors = {
  E2101: {
    severity: 'person',
    depositor: { zh: '这项业务现在不开放', en: 'This service is closed at the moment' },
    next: { zh: '请看开放时间，或选其他业务', en: 'Please see its hours or choose another' },
    technician: { zh: '业务项已停用', en: 'Item is stopped by the platform' },
  },
  E2201: {
    severity: 'person',
    depositor: { zh: '这项业务要联网才能办', en: 'This service needs the line to the centre' },
    next: { zh: '请稍后再来，或先留下申请', en: 'Please come back later or leave a request' },
    technician: { zh: '该业务不允许离线受理', en: 'Item is never accepted offline' },
  },
  E2202: {
    severity: 'warning',
    depositor: { zh: '待送达的申请太多，本机暂不再收', en: 'This machine holds too many requests already' },
    next: { zh: '请换一台机器或到窗口办理', en: 'Please use another machine or the counter' },
    technician: { zh: '离线受理达到上限：先恢复线路', en: 'Offline limit reached: restore the link first' },
  },
  E2203: {
    severity: 'person',
    depositor: { zh: '这个时间已经约满', en: 'That time is fully booked' },
    next: { zh: '请另选时间', en: 'Please choose another time' },
    technician: { zh: '预约时段已满', en: 'Slot is full' },
  },
} as const satisfies CatalogueGroup;
