import type { CertificateKind } from '@kiosk/domain/certificates.ts';
import type { Random } from './random.ts';

const SURNAMES = [
  ...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
  ...['欧阳', '司徒', '上官', '诸葛', '慕容', '端木', '皇甫', '尉迟'],
];
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文云志海龙凤林雪梅辉婷鑫波宇浩凯健俊帆晨阳思佳怡欣雨晴梓涵子轩诗语若曦知行望舒清和景行长庚书瑶明远嘉树言蹊',
];
/** Characters outside common fonts and outside the basic plane: 𠮷 and 𬭊 take two units of UTF-16, 㛃 is of extension A. */
const RARE = ['𠮷', '䶮', '㛃', '𬭊', '堃', '喆', '犇', '翀', '玥', '旻', '龑', '贠'];
const DOTTED_FIRST = ['阿依慕', '古丽娜', '热依罕', '买买提', '艾力', '吐尔逊', '卓玛', '扎西', '哈力克', '努尔兰'];
const DOTTED_LAST = ['图尔荪', '艾合买提', '阿卜杜拉', '吾买尔', '巴合提', '萨比提', '叶尔兰', '木拉提'];
const FOREIGN = ['HARROW ELINOR', 'VANTRESS MILO', 'OKONDO AMAYE', 'LINDQVARN SIGNE', 'DUVALLIER RENE', 'KOBARAI HINA'];
const CANTONESE = ['欧阳咏恩', '麦子乔', '邝嘉慧', '卢颂恒', '区凯晴', '岑伟业'];
const TAIWANESE = ['简郁庭', '涂宥辰', '游婉瑜', '巫柏翰', '温采妮', '古明翰'];

/** A name as its document has it. About one in 40 has a middle dot, one in 30 a rare character. */
export function inventName(random: Random, kind: CertificateKind): string {
  if (kind === 'passport' || kind === 'foreignResident') return random.pick(FOREIGN);
  if (kind === 'hkMacaoPermit') return random.pick(CANTONESE);
  if (kind === 'taiwanPermit') return random.pick(TAIWANESE);
  if (random.chance(0.025)) return `${random.pick(DOTTED_FIRST)}·${random.pick(DOTTED_LAST)}`;
  const surname = random.pick(SURNAMES);
  const first = random.chance(1 / 30) ? random.pick(RARE) : random.pick(GIVEN);
  return surname + first + (random.chance(0.7) ? random.pick(GIVEN) : '');
}

const ROADS = ['柳荫路', '书院街', '石榴巷', '老码头街', '梧桐里', '环城东路', '松涛路', '渔港路', '新芽路', '长虹路'];
const DISTRICTS = ['望江区', '北湖区', '南屏区'];

export function inventAddress(random: Random): string {
  const [district, road] = [random.pick(DISTRICTS), random.pick(ROADS)];
  return `江州市${district}${road}${random.between(1, 260)}号${random.between(1, 20)}幢${random.between(1, 18)}0${random.between(1, 4)}室`;
}

const UNIT_WORDS = ['星河', '长虹', '绿园', '云帆', '晴川', '远山', '瑞禾', '启明', '海棠', '松柏', '润泽', '天工'];
const UNIT_TRADES = ['科技', '贸易', '建筑', '物流', '教育', '餐饮', '机械', '电子', '食品', '园林', '纺织', '实业'];
const UNIT_FORMS = ['有限公司', '有限责任公司', '股份有限公司'];

/** The same number, the same name; three thousand units differ. */
export function unitName(unitId: number): string {
  if (unitId === 0) return '江州市灵活就业人员缴存专户';
  const word = UNIT_WORDS[unitId % 12]!;
  const second = UNIT_WORDS[(Math.floor(unitId / 12) + 5) % 12]!;
  const trade = UNIT_TRADES[Math.floor(unitId / 144) % 12]!;
  return `江州${word}${second}${trade}${UNIT_FORMS[Math.floor(unitId / 1728) % 3]!}`;
}
