import { ChannelSettings } from './settings.ts';

/** What can be done from anywhere with an identity proved by phone. */
const SIGNED_IN = ['Q01', 'Q02', 'Q04', 'Q05', 'Q06', 'Q08', 'Q09', 'B08', 'B09', 'P08', 'S01', 'S02'];
const READING = ['Q08', 'Q09', 'S01'];

/**
 * The channels a new installation begins with. 10 to 80 are the codes of one management system in use; 51 to 53, 91 and 92 are this
 * centre's own. They are read once: from then on the store has them, and two people change them.
 */
export const DEFAULT_CHANNELS: readonly ChannelSettings[] = [
  { code: '10', name: { zh: '手机应用', en: 'App' }, appId: 'app', items: SIGNED_IN, diversionTarget: true },
  { code: '20', name: { zh: '小程序', en: 'Mini program' }, appId: 'mini', items: SIGNED_IN, diversionTarget: true },
  { code: '30', name: { zh: '门户网站', en: 'Portal' }, appId: 'portal', items: READING },
  {
    code: '40',
    name: { zh: '网上业务大厅', en: 'Web hall' },
    appId: 'web-hall',
    items: SIGNED_IN,
    diversionTarget: true,
  },
  { code: '50', name: { zh: '自助终端', en: 'Self-service terminal' }, appId: 'terminal', items: 'all' },
  {
    code: '51',
    parent: '50',
    name: { zh: '中心大厅终端', en: "Terminal in the centre's hall" },
    appId: 'terminal-own',
    items: 'all',
  },
  {
    code: '52',
    parent: '50',
    name: { zh: '政务大厅终端', en: 'Terminal in a government hall' },
    appId: 'terminal-gov',
    items: 'all',
  },
  {
    code: '53',
    parent: '50',
    name: { zh: '银行网点终端', en: 'Terminal in a bank' },
    appId: 'terminal-bank',
    items: 'all',
  },
  {
    code: '60',
    name: { zh: '12329 热线', en: 'Hotline 12329' },
    appId: 'hotline',
    items: READING,
    served: false,
    diversionTarget: true,
  },
  { code: '70', name: { zh: '短信', en: 'Short messages' }, appId: 'sms', items: [], served: false },
  { code: '80', name: { zh: '微博', en: 'Microblog' }, appId: 'microblog', items: [], enabled: false, served: false },
  { code: '91', name: { zh: '政务服务平台', en: 'Government platform' }, appId: 'government', items: SIGNED_IN },
  { code: '92', name: { zh: '受托银行', en: 'Entrusted bank' }, appId: 'bank-host', items: ['Q08', 'Q09'] },
].map((channel) => ChannelSettings.parse(channel));

/** Items that other channels have before the terminals do: a catalogue for terminals publishes only what a terminal can do. */
export const ITEMS_BEYOND_TERMINALS: readonly string[] = ['Q06', 'Q08', 'B09'];
