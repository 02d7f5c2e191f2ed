import type { CatalogueGroup } from './entry.ts';

/** Items and requests. */
export const serviceErrors = {
  E2101: {
    severity: 'person',
    depositor: { zh: '这项业务现在不开放', en: 'This service is closed at the moment' },
    next: { zh: '请看开放时间，或选其他业务', en: 'Please see its hours or choose another' },
    technician: { zh: '业务项已停用', en: 'Item is stopped by the platform' },
  },
  E2102: {
    severity: 'warning',
    depositor: { zh: '自助服务暂停', en: 'Self-service is paused' },
    next: { zh: '请到窗口，或换一种渠道办理', en: 'Please go to the counter or use another channel' },
    technician: {
      zh: '渠道已由中心停用：停止原因见参数',
      en: 'The centre has stopped this channel; see the parameters',
    },
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
  E2204: {
    severity: 'person',
    depositor: { zh: '断网时收不了这么大的金额', en: 'This amount is too large while the line is down' },
    next: { zh: '请等线路恢复，或到窗口办理', en: 'Please wait for the line or go to the counter' },
    technician: { zh: '超过离线单笔金额上限', en: 'Above the limit of one amount taken offline' },
  },
  E2205: {
    severity: 'warning',
    depositor: {
      zh: '待送达的申请金额太大，本机暂不再收',
      en: 'This machine holds requests for too large a sum already',
    },
    next: { zh: '请换一台机器或到窗口办理', en: 'Please use another machine or the counter' },
    technician: {
      zh: '待送达金额合计达到上限：先恢复线路',
      en: 'Sum of waiting amounts at its limit: restore the link first',
    },
  },
  E2206: {
    severity: 'warning',
    depositor: {
      zh: '本机与中心断开太久，暂不再收申请',
      en: 'This machine has been cut off for too long to take requests',
    },
    next: { zh: '请换一台机器或到窗口办理', en: 'Please use another machine or the counter' },
    technician: {
      zh: '最早一笔待送达已超过离线时限：先恢复线路',
      en: 'The oldest waiting entry is past the offline age limit: restore the link first',
    },
  },
  E2207: {
    severity: 'person',
    depositor: {
      zh: '您今天在本机留下的申请已满',
      en: 'You have left as many requests here today as this machine takes',
    },
    next: { zh: '请明天再来，或到窗口办理', en: 'Please come back tomorrow or go to the counter' },
    technician: { zh: '同一人当日离线受理达到上限', en: 'Offline limit of one person in one day reached' },
  },
} as const satisfies CatalogueGroup;
