import iconv from 'iconv-lite';

/**
 * Text as a Chinese receipt printer sees it: GB18030 bytes in FS & mode, where one byte takes one column of font A
 * (12 dots) and a character of two or four bytes takes two columns (24 dots).
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
