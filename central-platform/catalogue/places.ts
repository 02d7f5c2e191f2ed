import type { Branch, Catalogue } from '@kiosk/contract/platform/catalogue.ts';

const words = (zh: string, en: string) => ({ zh, en });
const WEEK = [1, 2, 3, 4, 5];

/** Weekdays with a break at noon, as most halls have it. */
const USUAL: Branch['hours'] = [
  { days: WEEK, from: '09:00', to: '12:00' },
  { days: WEEK, from: '13:30', to: '17:00' },
];
const COUNTER = ['B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'P01', 'P02', 'P03', 'P05', 'S01'];

/** Halls of 江州市, which does not exist; nor do its districts, streets and numbers. */
export const BRANCHES: Catalogue['branches'] = [
  {
    id: 'wangjiang',
    name: words('望江区管理部（望江大厅）', 'Wangjiang branch'),
    district: words('望江区', 'Wangjiang'),
    address: words('江州市望江区江滨路 18 号', '18 Jiangbin Road, Wangjiang'),
    hours: [...USUAL, { days: [6], from: '09:30', to: '15:30' }],
    phone: '12329-1',
    services: COUNTER,
    position: { x: 310, y: 420 },
    reach: words('门口有坡道，地铁 1 号线江滨路站', 'Step-free; metro line 1, Jiangbin Road'),
    kiosks: [
      { place: words('一楼自助区', 'Ground floor'), allDay: false },
      { place: words('24 小时自助厅', 'Round-the-clock room'), allDay: true },
    ],
  },
  {
    id: 'beihu',
    name: words('北湖区管理部（北湖大厅）', 'Beihu branch'),
    district: words('北湖区', 'Beihu'),
    address: words('江州市北湖区湖光路 7 号', '7 Huguang Road, Beihu'),
    hours: USUAL,
    phone: '12329-2',
    services: COUNTER,
    position: { x: 560, y: 180 },
    reach: words('政务服务中心二楼，有电梯', 'Government service centre, 2nd floor, lift'),
    kiosks: [{ place: words('政务服务中心二楼', '2nd floor'), allDay: false }],
  },
  {
    id: 'nanping',
    name: words('南屏区管理部（南屏大厅）', 'Nanping branch'),
    district: words('南屏区', 'Nanping'),
    address: words('江州市南屏区屏山路 52 号', '52 Pingshan Road, Nanping'),
    hours: USUAL,
    phone: '12329-3',
    services: COUNTER.filter((id) => id !== 'P05'),
    position: { x: 640, y: 720 },
    reach: words('门口有坡道和轮椅', 'Step-free, wheelchair at the door'),
    kiosks: [{ place: words('一楼自助区', 'Ground floor'), allDay: false }],
  },
];

const centre = (id: string, zh: string, en: string, connected = true) => ({
  id,
  name: words(`${zh}市住房公积金管理中心`, `${en} Housing Provident Fund Centre`),
  city: words(`${zh}市`, en),
  pinyin: en.toLowerCase(),
  connected,
});

/** Centres of other cities that do not exist either: a city that runs this writes the list of the national network. */
export const CENTRES: NonNullable<Catalogue['centres']> = [
  centre('38020000', '海湾', 'Haiwan'),
  centre('38030000', '云岭', 'Yunling'),
  centre('38040000', '临渡', 'Lindu'),
  centre('38050000', '松原河', 'Songyuanhe'),
  centre('38060000', '白沙洲', 'Baishazhou'),
  centre('38070000', '青禾', 'Qinghe'),
  centre('38080000', '石桥岭', 'Shiqiaoling'),
  centre('38090000', '东屿', 'Dongyu', false),
];
