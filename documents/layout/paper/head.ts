import { drawCentreMark } from '../centre-mark.ts';
import { COLOUR, CONTENT } from '../page.ts';
import type { Sheet, TextStyle } from '../sheet.ts';
import type { OpenPaper } from './open.ts';
import { numberWords } from './paper.ts';

const LABEL: TextStyle = { size: 8.5, colour: COLOUR.quiet };

export interface Head {
  /** Below the title. */
  readonly under?: string;
  /** At the right below the title, small. */
  readonly aside?: string;
}

/** Sign of the centre, title, what it is about; returns the y below the rule. */
export function drawHead({ sheet, paper, title }: OpenPaper, { under, aside }: Head): number {
  let y: number = CONTENT.top;
  drawCentreMark(sheet, paper.centreName, CONTENT.left, y);
  const mark = paper.calculation ? '试算' : paper.reprint > 0 ? `补打 ${paper.reprint}` : undefined;
  if (mark) drawMark(sheet, mark, CONTENT.right, y);
  y += 34;
  const room = CONTENT.width;
  const size = Math.min(19, (19 * room) / sheet.widthOf(title, { size: 19, weight: 'bold' }));
  sheet.text(title, CONTENT.left, y, { size, weight: 'bold' });
  y += 31;
  if (under) sheet.text(under, CONTENT.left, y, { size: 10.5, colour: COLOUR.quiet });
  if (aside) sheet.text(aside, CONTENT.right, y + 1.5, { ...LABEL, align: 'right' });
  if (under || aside) y += 24;
  else y += 4;
  sheet.rule(y, CONTENT.left, CONTENT.right, 1.2, COLOUR.accent);
  return y;
}

/** The same with the number at the right, as certificates have it. */
export function drawNumberedHead(open: OpenPaper, under?: string): number {
  return drawHead(open, { ...(under ? { under } : {}), aside: numberWords(open.paper) });
}

/** The head of every further page: what this is and whose, in one line. */
export function drawContinuationHead({ sheet, title }: OpenPaper, whose: string, what = `${title}（续）`): number {
  const y = CONTENT.top;
  sheet.text(what, CONTENT.left, y, { size: 10, weight: 'bold' });
  sheet.text(whose, CONTENT.right, y + 1, { ...LABEL, align: 'right' });
  sheet.rule(y + 21, CONTENT.left, CONTENT.right, 1.2, COLOUR.accent);
  return CONTINUATION_TOP;
}

/** Below the head of every page but the first. */
export const CONTINUATION_TOP = CONTENT.top + 30;

/** What kind of print this is, where the eye falls first. */
function drawMark(sheet: Sheet, label: string, right: number, y: number): void {
  const style: TextStyle = { size: 9, weight: 'bold', align: 'center' };
  const width = sheet.widthOf(label, style) + 18;
  sheet.draw(
    (pdf) =>
      void pdf
        .roundedRect(right - width, y, width, 18, 9)
        .lineWidth(0.9)
        .stroke(COLOUR.ink),
  );
  sheet.textInBand(label, right - width / 2, y, 18, style);
}
