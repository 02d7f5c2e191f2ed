import { capitalWords } from '@kiosk/domain/capital-words.ts';
import { addMonthsToDate, chineseDate, shanghaiDate } from '@kiosk/domain/dates.ts';
import { COLOUR, CONTENT, mm } from '../layout/page.ts';
import { drawQr } from '../layout/qr.ts';
import { drawSeal, SEAL_RADIUS } from '../layout/seal.ts';
import type { Sheet, TextStyle } from '../layout/sheet.ts';
import { formatVerificationCode, verificationLink } from '../verification.ts';
import type { DepositStatement, StatementTotals } from './schema.ts';

const SMALL: TextStyle = { size: 8, colour: COLOUR.quiet };
const LEADING = 1.6;
const NOTE_GAP = 2;
const WORDS_HEIGHT = 40;
const QR_SIZE = mm(23);
/** Left of the seal, with air between. */
const NOTES_WIDTH = CONTENT.width - 2 * SEAL_RADIUS - 28;
/** Seal and the date under it. */
const ISSUER_HEIGHT = 2 * SEAL_RADIUS + 18;

/** Room for everything below the total, which stays together on one page. */
export function endHeight(sheet: Sheet, statement: DepositStatement): number {
  const lines = notesOf(statement).map((note) => sheet.wrap(note, NOTES_WIDTH, SMALL).length);
  const notes = lines.reduce((sum, count) => sum + count * SMALL.size * LEADING + NOTE_GAP, 0);
  return WORDS_HEIGHT + Math.max(ISSUER_HEIGHT, QR_SIZE + 12 + notes) + 4;
}

export function drawEnd(sheet: Sheet, statement: DepositStatement, totals: StatementTotals, top: number): void {
  const label = '期末余额（大写）';
  sheet.textInBand(label, CONTENT.left + 4, top + 8, 20, SMALL);
  const left = CONTENT.left + 12 + sheet.widthOf(label, SMALL);
  sheet.textInBand(`人民币${capitalWords(totals.closingFen)}`, left, top + 8, 20, { size: 10.5, weight: 'bold' });

  const y = top + WORDS_HEIGHT;
  drawIssuer(sheet, statement, y);
  drawVerification(sheet, statement, y);
  let noteTop = y + QR_SIZE + 12;
  for (const note of notesOf(statement)) {
    noteTop = sheet.paragraph(note, CONTENT.left + 4, noteTop, NOTES_WIDTH, SMALL, LEADING) + NOTE_GAP;
  }
}

/** Who says so and when. The name runs through the seal between star and purpose, where nothing of the seal hides it. */
function drawIssuer(sheet: Sheet, statement: DepositStatement, top: number): void {
  const centreX = CONTENT.right - SEAL_RADIUS - 4;
  const centreY = top + SEAL_RADIUS;
  const size = Math.min(9, (2 * SEAL_RADIUS) / [...statement.centreName].length);
  sheet.textInBand(statement.centreName, centreX, centreY + 13, 11, { size, align: 'center' });
  const date = chineseDate(shanghaiDate(statement.printedAt));
  sheet.text(date, centreX, centreY + SEAL_RADIUS + 3, { size: 9, align: 'center' });
  drawSeal(sheet, centreX, centreY, {
    owner: statement.centreName,
    purpose: '业务专用章',
    ...(statement.demonstration ? { note: '演示用章' } : {}),
  });
}

function drawVerification(sheet: Sheet, statement: DepositStatement, top: number): void {
  const { verifyUrl, documentNumber, verificationCode } = statement;
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

function notesOf(statement: DepositStatement): string[] {
  const until = chineseDate(addMonthsToDate(shanghaiDate(statement.printedAt), statement.validMonths));
  return [
    statement.truthStatement,
    `自出具之日起 ${statement.validMonths} 个月内有效，至 ${until}止。如有疑问，请拨打 ${statement.enquiryPhone} 查询。`,
    ...(statement.demonstration ? ['演示环境出具：印章为演示用章，本凭证不具有法律效力。'] : []),
  ];
}
