import type { GateFacts } from './facts.ts';
import { GATED } from './routes.ts';

/** Before the centre has said anything of its channels: a terminal's certificate is its registration, and it may do every item. */
export function terminalsOnly(centreId: string, enquiryPhone: string): GateFacts {
  return {
    application: async (applicationId) =>
      /^\d{6}$/.test(applicationId)
        ? { channel: '50', centreId, state: 'enabled', validFrom: null, validTo: null }
        : undefined,
    item: async () => ({
      channels: ['50'],
      state: 'started',
      money: null,
      days: null,
      hours: null,
      interfaces: Object.keys(GATED),
    }),
    holiday: async () => false,
    countCall: async () => ({ overCapForSeconds: null }),
    movedToday: async () => 0,
    countMoney: async () => true,
    diversion: async () => ({
      words: { zh: `也可以拨打 ${enquiryPhone}`, en: `You can also call ${enquiryPhone}` },
      channels: [{ channel: '60', name: { zh: '服务热线', en: 'Hotline' } }],
      branches: [],
    }),
  };
}
