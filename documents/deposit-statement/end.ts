import { capitalWords } from '@kiosk/domain/capital-words.ts';
import { addMonthsToDate, chineseDate, shanghaiDate } from '@kiosk/domain/dates.ts';
import { COLOUR, CONTENT, mm } from '../layout/page.ts';
import { drawQr } from '../layout/qr.ts';
import { drawSeal, SEAL_RADIUS } from '../layout/seal.ts';
import type { Sheet, TextStyle } from '../layout/sheet.ts';
import { formatVerificationCode, verificationLink } from '../verification.ts';
import type { DepositStatement, StatementTotals } from './schema.ts';

/** Everything below the total: kept together on one page. */
export const END_HEIGHT = 172;

const SMALL: TextStyle = { size: 8, colour: COLOUR.quiet };
const QR_SIZE = mm(23);

export function drawEnd(sheet: Sheet, statement: DepositStatement, totals: StatementTotals, top: number): void {
  let y = top + 8;
  const label = '期末余额（大写）';
  sheet.textInBand(label, CONTENT.left + 4, y, 20, SMALL);
  const wordsLeft = CONTENT.left + 4 + sheet.widthOf(label, SMALL) + 8;
  sheet.textInBand(`人民币${capitalWords(totals.closingFen)}`, wordsLeft, y, 20, { size: 10.5, weight: 'bold' });
  y += 32;

  drawIssuer(sheet, statement, y);
  drawVerification(sheet, statement, y);
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
  drawQr(
    sheet,
    verificationLink(statement.verifyUrl, statement.documentNumber, statement.verificationCode),
    CONTENT.left + 4,
    top + 2,
    QR_SIZE,
  );
  const left = CONTENT.left + QR_SIZE + 20;
  const width = CONTENT.width - QR_SIZE - 20 - 2 * SEAL_RADIUS - 24;

  sheet.text('验证码', left, top, SMALL);
  sheet.text(formatVerificationCode(statement.verificationCode), left, top + 11, {
    size: 12.5,
    weight: 'bold',
    letterSpacing: 0.4,
  });
  let y = top + 36;
  y = sheet.paragraph(
    '扫描左侧二维码，或在自助终端选择“凭证验真”，可以核对本凭证的真伪和状态。',
    left,
    y,
    width,
    SMALL,
  );

  const issued = shanghaiDate(statement.printedAt);
  const until = chineseDate(addMonthsToDate(issued, statement.validMonths));
  y = Math.max(y, top + QR_SIZE) + 12;
  const wide = CONTENT.width - 2 * SEAL_RADIUS - 28;
  const notes = [
    statement.truthStatement,
    `自出具之日起 ${statement.validMonths} 个月内有效，至 ${until}止。如有疑问，请拨打 ${statement.enquiryPhone} 查询。`,
    ...(statement.demonstration ? ['演示环境出具：印章为演示用章，本凭证不具有法律效力。'] : []),
  ];
  for (const note of notes) y = sheet.paragraph(note, CONTENT.left + 4, y, wide, SMALL) + 2;
}
