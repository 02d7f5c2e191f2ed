import type { Fen } from './money.ts';

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES = ['', '拾', '佰', '仟'];
const SECTIONS = ['', '万', '亿', '万亿'];

/**
 * An amount in the capital words used on Chinese documents (大写金额), where no stroke can be added unseen:
 * 400340 → 肆仟零叁元肆角整, 10000005 → 壹拾万元零伍分, 50 → 伍角整.
 * 整 closes an amount that has no fen; a skipped place inside the number is read as one 零.
 */
export function capitalWords(fen: Fen): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError('an amount must be a safe integer of fen');
  const magnitude = Math.abs(fen);
  const yuan = Math.floor(magnitude / 100);
  const jiao = Math.floor(magnitude / 10) % 10;
  const cent = magnitude % 10;

  const whole = yuan > 0 ? `${integerWords(yuan)}元` : '';
  if (jiao === 0 && cent === 0) return sign(fen) + (whole || '零元') + '整';
  if (cent === 0) return `${sign(fen)}${whole}${DIGITS[jiao]}角整`;
  // 零 stands for the missing jiao only when there is something before it: 伍分, but 壹元零伍分.
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : whole && '零';
  return `${sign(fen)}${whole}${tenths}${DIGITS[cent]}分`;
}

function sign(fen: Fen): string {
  return fen < 0 ? '负' : '';
}

function integerWords(value: number): string {
  const sections: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 10_000)) sections.push(rest % 10_000);

  let words = '';
  let skipped = false;
  for (let i = sections.length - 1; i >= 0; i--) {
    const section = sections[i]!;
    if (section === 0) {
      skipped = words !== '';
      continue;
    }
    if (words && (skipped || section < 1000)) words += '零';
    words += sectionWords(section) + SECTIONS[i]!;
    skipped = false;
  }
  // The unit above 亿 is 万亿 only when no 亿 follow: 叁万亿, but 叁万贰仟亿.
  return sections.length === 4 && sections[2]! > 0 ? words.replace('万亿', '万') : words;
}

function sectionWords(section: number): string {
  let words = '';
  let skipped = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(section / 10 ** place) % 10;
    if (digit === 0) {
      skipped = words !== '';
      continue;
    }
    words += (skipped ? '零' : '') + DIGITS[digit]! + PLACES[place]!;
    skipped = false;
  }
  return words;
}
