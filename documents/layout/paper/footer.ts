import { COLOUR, CONTENT, MARGIN, mm, PAGE } from '../page.ts';
import type { Sheet, TextStyle } from '../sheet.ts';
import { numberWords, type Paper } from './paper.ts';

/** Number and page on every page, so that a loose sheet can be put back. */
export function drawFooter(sheet: Sheet, paper: Paper, page: number, pages: number): void {
  const y = PAGE.height - MARGIN.bottom - mm(4.6);
  const style: TextStyle = { size: 7.5, colour: COLOUR.quiet };
  sheet.rule(y - 3, CONTENT.left, CONTENT.right, 0.4);
  sheet.text(numberWords(paper), CONTENT.left, y, style);
  if (paper.reprint > 0) sheet.text(`补打 ${paper.reprint}`, PAGE.width / 2, y, { ...style, align: 'center' });
  sheet.text(`第 ${page} 页，共 ${pages} 页`, CONTENT.right, y, { ...style, align: 'right' });
}
