import iconv from 'iconv-lite';

/**
 * Text as a Chinese receipt printer sees it: GB18030 bytes in FS & mode, where one byte takes one column of font A
 * (12 dots) and a character of two or four bytes takes two columns (24 dots). Columns are therefore counted from the
 * encoded bytes and not from the Unicode width tables, which disagree on characters such as · “ ” and —.
 */

/** What the printer's character ROM holds. The self-test page of the model tells; GBK is the rule for Chinese models. */
export type PrinterRom = 'gb2312' | 'gbk' | 'gb18030';

/** Sign drawn for a character that neither the ROM nor our font has (the geta mark 〓). */
export const MISSING = '〓';

/** Signs that exist twice in Unicode, where only the other one is in the two-byte part of GB18030. */
const SAME_SIGN: Readonly<Record<string, string>> = { '¥': '￥', '\u00a0': ' ', '\u2011': '-', '\u2013': '-' };

/**
 * Text that may go to a printer: one line, no control characters (a printer obeys them), decomposed accents composed.
 */
export function printable(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => SAME_SIGN[character] ?? character)
    .join('')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ');
}

export function encodeGb18030(text: string): Uint8Array {
  return iconv.encode(text, 'gb18030');
}

/** Columns of font A: 1 for a one-byte character, 2 for all others. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += character <= '\u007f' ? 1 : 2;
  return columns;
}

/** Whether the printer can draw every character of the text by itself. */
export function inRom(text: string, rom: PrinterRom): boolean {
  for (const character of text) {
    if (character <= '\u007f') continue;
    const bytes = encodeGb18030(character);
    if (bytes.length === 4 && rom !== 'gb18030') return false;
    if (bytes.length === 2 && !twoByteInRom(bytes[0]!, bytes[1]!, rom)) return false;
    if (bytes.length === 1) return false;
  }
  return true;
}

function twoByteInRom(lead: number, trail: number, rom: PrinterRom): boolean {
  if (rom === 'gb2312') return trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7));
  // The three user-defined areas of GBK are empty in every ROM.
  const userDefined =
    (trail >= 0xa1 && ((lead >= 0xaa && lead <= 0xaf) || lead >= 0xf8)) ||
    (trail < 0xa1 && lead >= 0xa1 && lead <= 0xa7);
  return !userDefined;
}

const CLOSING = new Set('，。、；：！？）》」』】”’％℃,.;:!?)]}%');
const OPENING = new Set('（《「『【“‘￥([{');

/**
 * Breaks text into lines of at most `width` columns: at spaces and between Chinese characters; numbers and Latin words
 * stay whole where they fit, and no line begins with closing punctuation.
 */
export function wrap(text: string, width: number): string[] {
  if (width < 4) throw new RangeError(`a line needs 4 columns or more, not ${width}`);
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text).flatMap((p) => (columnsOf(p) > width ? [...p] : [p]))) {
    if (columnsOf(line) + columnsOf(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The smallest parts of a text that a line break may not split. */
function pieces(text: string): string[] {
  const result: string[] = [];
  for (const character of text) {
    const last = result.at(-1);
    const before = last === undefined ? undefined : [...last].at(-1)!;
    const glued =
      before !== undefined &&
      (OPENING.has(before) ||
        CLOSING.has(character) ||
        character === ' ' ||
        (isLatin(before) && isLatin(character) && before !== ' '));
    if (glued) result[result.length - 1] = last! + character;
    else result.push(character);
  }
  return result;
}

const isLatin = (character: string) => character <= '\u007f';

/**
 * A label at the left edge and its value flush right. A value that does not fit beside its label is wrapped into a block
 * that stays flush right; a label that leaves no room for a block gets lines of its own.
 */
export function layOutRow(label: string, value: string, width: number): string[] {
  const beside = width - columnsOf(label) - 2;
  if (columnsOf(value) <= beside + 1) return [label + ' '.repeat(width - columnsOf(label) - columnsOf(value)) + value];
  const roomy = beside >= Math.min(16, width);
  const valueLines = wrap(value, roomy ? beside : width - 2);
  const block = Math.max(...valueLines.map(columnsOf));
  const labelLines = roomy ? [label] : wrap(label, width);
  const rows = valueLines.map((line) => ' '.repeat(width - block) + line);
  if (!roomy) return [...labelLines, ...rows];
  return rows.map((row, index) => (index === 0 ? label + row.slice(columnsOf(label)) : row));
}
