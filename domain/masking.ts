/**
 * Masks for every public surface. Two rules hold for all of them: at least half of the text is hidden, otherwise all of it is
 * (a text too short to mask is masked whole), and the number of stars is fixed, so that the mask does not tell the length.
 */

/** Citizen ID number, or any other certificate number: first 1 and last 1. */
export function maskIdNumber(idNumber: string): string {
  return mask(idNumber, 1, 1, 16);
}

/** Phone number: first 3 and last 2. */
export function maskPhone(phone: string): string {
  return mask(phone, 3, 2, 6);
}

/** Fund account, bank card, contract: last 4. */
export function maskAccount(number: string): string {
  return mask(number, 0, 4, 8);
}

/**
 * A person's name: the first character as a reader sees it (a character outside the basic plane counts as one), then one star.
 * Names with a middle dot are no exception: 阿依慕·图尔荪 → 阿*.
 */
export function maskName(name: string): string {
  const [first, second] = new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(name.trim());
  return first && second ? `${first.segment}*` : '*';
}

/** What a company or office is, as against what it is called. Longest first, so that 有限责任公司 wins over 公司. */
const LEGAL_FORMS = [
  '股份有限公司',
  '有限责任公司',
  '集团有限公司',
  '有限公司',
  '公司',
  '事务所',
  '委员会',
  '医院',
  '学校',
  '中学',
  '小学',
  '大学',
  '合作社',
  '中心',
  '集团',
  '局',
];
const TRADES = [
  '信息技术',
  '科技',
  '贸易',
  '建筑',
  '建设',
  '物流',
  '教育',
  '餐饮',
  '机械',
  '实业',
  '电子',
  '食品',
  '服务',
  '纺织',
  '园林',
  '出版',
  '人民',
  '第一',
  '实验',
];

/**
 * A unit's name: the place and the kind stay, the name proper goes: 江州星河科技有限公司 → 江州**科技有限公司.
 * When fewer than two characters would be hidden, the kind is hidden too.
 */
export function maskUnitName(name: string): string {
  const text = [...name.trim()];
  if (text.length < 4) return mask(name, 1, 0, 2);
  const whole = text.join('');
  const form = LEGAL_FORMS.find((ending) => whole.endsWith(ending)) ?? '';
  const trade = TRADES.find((word) => form && whole.slice(0, whole.length - form.length).endsWith(word)) ?? '';
  const kept = [trade + form, form, ''].find((tail) => text.length - 2 - [...tail].length >= 2)!;
  return `${text.slice(0, 2).join('')}**${kept}`;
}

function mask(text: string, head: number, tail: number, stars: number): string {
  const characters = [...text.trim()];
  const hidden = '*'.repeat(stars);
  if (characters.length < 2 * (head + tail)) return hidden;
  return characters.slice(0, head).join('') + hidden + (tail ? characters.slice(-tail).join('') : '');
}
