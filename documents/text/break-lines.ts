const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Kerning makes a line other than the sum of its parts, but never by so much: below this share of the width nothing is measured again. */
const SURELY_FITS = 0.9;

/** Marks that may not begin a line: closing punctuation, Chinese and Latin. */
const NOT_FIRST = /^[，。、；：？！）》」』】％”’,.;:?!)\]%…—]/u;

/**
 * Breaks text into lines no wider than `maxWidth`, in whatever unit `widthOf` measures. Chinese breaks between any two
 * characters, Latin words and numbers stay whole while they fit, closing punctuation is not left alone at the start of a line.
 * Line feeds in the text are kept. A single character wider than the line stands on its own line.
 */
export function breakLines(text: string, maxWidth: number, widthOf: (text: string) => number): string[] {
  return text.split(/\r?\n/).flatMap((paragraph) => breakParagraph(paragraph, maxWidth, widthOf));
}

function breakParagraph(paragraph: string, maxWidth: number, widthOf: (text: string) => number): string[] {
  // Most texts are one line; finding out costs one measurement instead of one a word.
  const whole = paragraph.trimEnd();
  if (widthOf(whole) <= maxWidth) return [whole];

  const lines: string[] = [];
  let line: string[] = [];
  let estimate = 0;
  const fits = (parts: readonly string[]) => widthOf(parts.join('').trimEnd()) <= maxWidth;
  const end = () => {
    lines.push(line.join('').trimEnd());
    line = [];
    estimate = 0;
  };

  const push = (token: string) => {
    line.push(token);
    estimate += widthOf(token);
  };

  for (const token of tokens(paragraph, maxWidth, widthOf)) {
    if (line.length > 0 && estimate + widthOf(token) > maxWidth * SURELY_FITS && !fits([...line, token])) {
      const carried = NOT_FIRST.test(token) && line.length > 1 ? line.pop()! : '';
      end();
      if (carried.trim() && fits([carried, token])) push(carried);
      else if (carried) lines[lines.length - 1] += carried.trimEnd();
    }
    // A space that would open a line is dropped; one that opens the text is kept.
    if (line.length > 0 || lines.length === 0 || token.trim()) push(token);
  }
  end();
  return lines;
}

/** Words of printable ASCII, spaces, and single characters of everything else (as a reader sees them); words too long for a line in pieces. */
function* tokens(text: string, maxWidth: number, widthOf: (text: string) => number): Generator<string> {
  for (const [part] of text.matchAll(/[!-~]+|\s+|[^\s!-~]+/gu)) {
    const isWord = /^[!-~]/.test(part);
    if (isWord && widthOf(part) <= maxWidth) yield part;
    else for (const { segment } of CHARACTERS.segment(part)) yield segment;
  }
}
