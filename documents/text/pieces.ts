import type { FontFile } from '../fonts.ts';

const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A stretch of text that one font has whole. */
export interface Piece {
  readonly text: string;
  readonly file: FontFile;
}

/**
 * Cuts a text where another font has to take over, asking the fonts in their order. A letter and the marks over it come from the same
 * one. Throws for a character that none has: what comes from outside was checked before (missingCharacters).
 */
export function piecesByFont(text: string, files: readonly FontFile[]): Piece[] {
  const pieces: { text: string; file: FontFile }[] = [];
  for (const { segment } of CHARACTERS.segment(text)) {
    const file = files.find((one) => [...segment].every((char) => one.glyphOf(char.codePointAt(0)!) > 0));
    if (!file) throw new RangeError('no font has a character that is to be written');
    const last = pieces.at(-1);
    if (last?.file === file) last.text += segment;
    else pieces.push({ text: segment, file });
  }
  return pieces;
}
