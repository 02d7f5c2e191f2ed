import type { Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { formatRequestNumber } from '@kiosk/domain/request-number.ts';
import { words } from '../items/parts.ts';
import { findItem } from '../menu.ts';
import type { Operation, State } from '../state.ts';
import type { ReadKind, RecordLines } from './record.ts';

const READ: Readonly<Record<ReadKind, Words>> = {
  idCard: words('身份证：姓名、号码、有效期', 'ID card: name, number, validity'),
  principalCard: words('委托人的身份证', 'ID card of whom you act for'),
  phoneCode: words('手机验证码，只用来核对', 'The code sent to your phone'),
  bankCard: words('银行卡号，只用来核验', 'Bank card number, to identify you'),
  pin: words('银行卡密码：键盘内加密，本机读不到', 'PIN: encrypted in the pad, not readable here'),
  appCode: words('手机应用的二维码', 'The code of your phone app'),
  face: words('人脸照片，比对后即销毁', 'Your face, destroyed once compared'),
  payoutCard: words('收款卡卡号', 'Number of the payout card'),
  paper: words('扫描的二维码', 'A code that was scanned'),
};

/** No slip is longer than a forearm. */
const MOST = 12;

/** What the record says at this moment: kinds of data and numbers of papers, never the data. */
export function recordLines(state: State): RecordLines {
  const { record } = state;
  const nameOf = (id: string): Words => findItem(state, id)?.name ?? words(id, id);
  const looked = record.asked.slice(0, MOST).map((id) => both('查询：', 'Asked: ', nameOf(id)));
  const left = record.requests.slice(-MOST).map(({ requestNumber, item, offline }) => {
    const name = nameOf(item);
    const number = formatRequestNumber(requestNumber);
    return offline
      ? words(`${name.zh}，受理号 ${number}，联网后送出`, `${name.en}, ${number}, sent when the line is back`)
      : words(`${name.zh}，受理号 ${number}`, `${name.en}, ${number}`);
  });
  const until = record.leftUntil === null ? null : shanghaiDateTime(record.leftUntil).slice(0, 16);
  return {
    read: [...record.read.map((kind) => READ[kind]), ...looked],
    printed: printed(state),
    left: [
      ...left,
      ...(until === null
        ? []
        : [words(`没办完的内容留在中心，到 ${until}`, `What you began waits at the centre until ${until}`)]),
    ],
    stored: [
      words('您的个人信息：本机不保存', 'Your personal data: nothing is kept here'),
      words('办理记录：只有编号和时间', 'The log: numbers and times only'),
      ...(record.requests.length === 0
        ? []
        : [words('申请内容：加密，送达中心后按期销毁', 'Requests: encrypted, destroyed after delivery')]),
    ],
  };
}

const both = (zh: string, en: string, one: Words): Words => words(`${zh}${one.zh}`, `${en}${one.en}`);

/** What a printer was told, and what came of it. */
function printed(state: State): Words[] {
  const done = Object.values(state.operations).filter(({ phase }) => phase === 'settled');
  const papers = done.flatMap((one) => paperLine(one) ?? []).slice(-MOST);
  const slips = done.filter(({ job, outcome }) => job.kind === 'slip' && outcome === 'done').length;
  return [...papers, ...(slips > 0 ? [words(`小票 ${slips} 张`, slips === 1 ? '1 slip' : `${slips} slips`)] : [])];
}

function paperLine({ job, outcome, printed: pages }: Operation): Words | null {
  if (job.kind !== 'document') return null;
  const { title, documentNumber } = job.document;
  const number = formatDocumentNumber(documentNumber);
  if (outcome === 'unknown') {
    return words(
      `${title.zh}，是否打完不能确定，编号 ${number}`,
      `${title.en}, not known whether it is whole, ${number}`,
    );
  }
  const sheets = words(`${pages} 页`, pages === 1 ? '1 page' : `${pages} pages`);
  return pages === 0
    ? null
    : words(`${title.zh}，${sheets.zh}，编号 ${number}`, `${title.en}, ${sheets.en}, no. ${number}`);
}
