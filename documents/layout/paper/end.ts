import { capitalWords } from '@kiosk/domain/capital-words.ts';
import { addMonthsToDate, chineseDate, shanghaiDate } from '@kiosk/domain/dates.ts';
import { formatVerificationCode, verificationLink } from '../../verification.ts';
import { COLOUR, CONTENT, mm } from '../page.ts';
import { drawQr } from '../qr.ts';
import { SEAL_RADIUS } from '../seal.ts';
import type { Sheet, TextStyle } from '../sheet.ts';
import type { OpenPaper } from './open.ts';
import type { Paper } from './paper.ts';

const SMALL: TextStyle = { size: 8, colour: COLOUR.quiet };
const LEADING = 1.6;
const NOTE_GAP = 2;
const WORDS_HEIGHT = 40;
const QR_SIZE = mm(23);
/** Left of the seal, with air between. */
const NOTES_WIDTH = CONTENT.width - 2 * SEAL_RADIUS - 28;
/** Seal and the date under it. */
const ISSUER_HEIGHT = 2 * SEAL_RADIUS + 18;

/** What stands at the end of a paper: an amount in words, notes, code and seal. */
export interface End {
  readonly words?: { readonly label: string; readonly fen: number };
  /** The centre vouches for what it says. */
  readonly truth: string;
  readonly notes?: readonly string[];
}

/** Room for all of it, which stays together on one page. */
export function endHeight({ sheet, paper }: Pick<OpenPaper, 'sheet' | 'paper'>, end: End): number {
  const lines = notesOf(paper, end).map((note) => sheet.wrap(note, NOTES_WIDTH, SMALL).length);
  const notes = lines.reduce((sum, count) => sum + count * SMALL.size * LEADING + NOTE_GAP, 0);
  const code = paper.issued ? QR_SIZE + 12 : 4;
  return wordsHeight(end) + Math.max(paper.calculation ? 0 : ISSUER_HEIGHT, code + notes) + 4;
}

export function drawEnd(open: OpenPaper, end: End, top: number): void {
  const { sheet, paper } = open;
  if (end.words) {
    const { label, fen } = end.words;
    sheet.textInBand(label, CONTENT.left + 4, top + 8, 20, SMALL);
    const left = CONTENT.left + 12 + sheet.widthOf(label, SMALL);
    sheet.textInBand(`人民币${capitalWords(fen)}`, left, top + 8, 20, { size: 10.5, weight: 'bold' });
  }
  const y = top + wordsHeight(end);
  if (!paper.calculation) drawIssuer(open, y);
  drawVerification(sheet, paper, y);
  let noteTop = y + (paper.issued ? QR_SIZE + 12 : 4);
  for (const note of notesOf(paper, end)) {
    noteTop = sheet.paragraph(note, CONTENT.left + 4, noteTop, NOTES_WIDTH, SMALL, LEADING) + NOTE_GAP;
  }
}

const wordsHeight = ({ words }: End): number => (words ? WORDS_HEIGHT : 14);

/** Who says so and when. The name runs through the seal between star and purpose, where nothing of the seal hides it. */
function drawIssuer({ sheet, paper, seal }: OpenPaper, top: number): void {
  const centreX = CONTENT.right - SEAL_RADIUS - 4;
  const centreY = top + SEAL_RADIUS;
  const size = Math.min(9, (2 * SEAL_RADIUS) / [...paper.centreName].length);
  sheet.textInBand(paper.centreName, centreX, centreY + 13, 11, { size, align: 'center' });
  const date = chineseDate(shanghaiDate(paper.printedAt));
  sheet.text(date, centreX, centreY + SEAL_RADIUS + 3, { size: 9, align: 'center' });
  if (!seal) return;
  sheet.paint(seal, centreX, centreY);
  if (!paper.signatureField) return;
  sheet.signatureField({
    left: centreX - SEAL_RADIUS,
    top,
    width: 2 * SEAL_RADIUS,
    height: 2 * SEAL_RADIUS,
    name: 'CentreSeal',
    signer: paper.centreName,
    reason: paper.demonstration ? '演示用电子印章' : '电子印章',
    at: paper.printedAt,
  });
}

function drawVerification(sheet: Sheet, { issued }: Paper, top: number): void {
  if (!issued) return;
  const { verifyUrl, documentNumber, verificationCode } = issued;
  drawQr(sheet, verificationLink(verifyUrl, documentNumber, verificationCode), CONTENT.left + 4, top + 2, QR_SIZE);
  const left = CONTENT.left + QR_SIZE + 20;
  sheet.text('验证码', left, top, SMALL);
  sheet.text(formatVerificationCode(verificationCode), left, top + 11, {
    size: 12.5,
    weight: 'bold',
    letterSpacing: 0.4,
  });
  const how = '扫描左侧二维码，或在自助终端选择“凭证验真”，可以核对本凭证的真伪和状态。';
  sheet.paragraph(how, left, top + 36, NOTES_WIDTH - QR_SIZE - 16, SMALL, LEADING);
}

function notesOf(paper: Paper, { truth, notes = [] }: End): string[] {
  const { validMonths, printedAt, enquiryPhone, demonstration, issued, calculation } = paper;
  const ask = `如有疑问，请拨打 ${enquiryPhone} 查询。`;
  if (calculation) return [truth, ...notes, `本单由自助终端 ${paper.terminalId} 试算，未加盖印章，不作凭证。${ask}`];
  const until = chineseDate(addMonthsToDate(shanghaiDate(printedAt), validMonths ?? 0));
  return [
    truth,
    ...notes,
    validMonths === null ? ask : `自出具之日起 ${validMonths} 个月内有效，至 ${until}止。${ask}`,
    ...(issued ? [] : ['本页为预览，没有编号、验证码和印章，不作凭证。']),
    ...(demonstration ? ['演示环境出具：印章为演示用章，本凭证不具有法律效力。'] : []),
  ];
}
