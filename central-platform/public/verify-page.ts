import type { VerifiedPaper } from '@kiosk/contract/platform/documents.ts';
import { chineseDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { LOCAL_FONTS, STYLE } from './style.ts';

interface Verdict {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly sign: string;
  readonly title: string;
  readonly english: string;
  readonly text: string;
  readonly englishText: string;
}

const VERDICTS = {
  valid: {
    tone: 'good',
    sign: '✓',
    title: '这份凭证是真的，现在有效',
    english: 'Genuine and valid',
    text: '请把下面的内容与纸上的逐项核对，数字不一致的是被改过的。',
    englishText: 'Compare what stands below with the paper: a figure that differs was altered.',
  },
  expired: {
    tone: 'bad',
    sign: '!',
    title: '这份凭证是真的，但已过有效期',
    english: 'Genuine, but past its validity',
    text: '请凭证持有人重新打印一份。',
    englishText: 'Please ask the holder for a new one.',
  },
  cancelled: {
    tone: 'bad',
    sign: '!',
    title: '这份凭证已被本中心注销',
    english: 'Cancelled by the centre',
    text: '请不要使用这份凭证。',
    englishText: 'Please do not rely on it.',
  },
  unknown: {
    tone: 'bad',
    sign: '×',
    title: '没有查到这份凭证',
    english: 'No such document',
    text: '编号或验证码不对，或者凭证不是本中心出具的。请对照纸面再核对一次。',
    englishText:
      'Number or code is wrong, or this centre did not issue it. Please check it against the paper once more.',
  },
  ask: {
    tone: 'plain',
    sign: '?',
    title: '凭证验真',
    english: 'Verify a document',
    text: '请扫描凭证上的二维码，或者输入纸面上的编号和验证码。',
    englishText: 'Scan the code on the document, or type its number and code.',
  },
  locked: {
    tone: 'plain',
    sign: '…',
    title: '错误次数太多，暂停查询',
    english: 'Too many wrong codes',
    text: '请 15 分钟后再试，或拨打服务电话核实。',
    englishText: 'Please try again in 15 minutes, or ask by phone.',
  },
  busy: {
    tone: 'plain',
    sign: '…',
    title: '查询太频繁了',
    english: 'Too many requests',
    text: '请过一会儿再查。',
    englishText: 'Please try again shortly.',
  },
} as const satisfies Record<string, Verdict>;
export type VerdictName = keyof typeof VERDICTS;

const DEMONSTRATION = `<p class="demonstration">演示环境：印章为演示用章，凭证不具有法律效力。
<small lang="en">Demonstration: the seal and the document have no legal force.</small></p>`;

export interface VerifyPage {
  readonly centreName: { readonly zh: string; readonly en: string };
  readonly enquiryPhone: string;
  readonly verdict: VerdictName;
  /** Seals and people of this platform are invented, and the page says so. */
  readonly demonstration: boolean;
  /** The page brings its font along. */
  readonly localFonts: boolean;
  /** Shown only when number and code fit together. */
  readonly paper?: VerifiedPaper['paper'] | undefined;
}

/** One page for whoever holds a paper, made for a phone: says first whether it is genuine, then what must stand on it. */
export function verifyPage({
  centreName,
  enquiryPhone,
  verdict,
  demonstration,
  localFonts,
  paper,
}: VerifyPage): string {
  const faces = localFonts ? LOCAL_FONTS.map((font) => font.face).join('\n') : '';
  const { tone, sign, title, english, text, englishText } = VERDICTS[verdict];
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(title)} · ${escape(centreName.zh)}</title>
<style>${faces}${STYLE}</style>
</head>
<body>
<header><span class="mark" aria-hidden="true"></span><div>${escape(centreName.zh)}<small lang="en">${escape(centreName.en)}</small></div></header>
<main>
<section class="verdict ${tone}">
<span class="sign" aria-hidden="true">${sign}</span>
<h1>${escape(title)}<small lang="en">${escape(english)}</small></h1>
<p>${escape(text)}<small lang="en">${escape(englishText)}</small></p>
</section>
${paper ? facts(paper) : verdict === 'busy' || verdict === 'locked' ? '' : form()}
</main>
<footer>${demonstration ? DEMONSTRATION : ''}为保护持证人，姓名和账号只显示一部分。<br>有疑问请拨打 <a href="tel:${escape(enquiryPhone)}">${escape(enquiryPhone)}</a></footer>
</body>
</html>
`;
}

function facts(paper: NonNullable<VerifiedPaper['paper']>): string {
  const { documentNumber, title, issuedAt, validUntil, pages, prints, reprints, sealed } = paper;
  const rows: [string, string, string, string?][] = [
    ['凭证', 'Document', `${escape(title.zh)}<small lang="en">${escape(title.en)}</small>`],
    ['编号', 'Number', formatDocumentNumber(documentNumber), 'number'],
    ['出具时间', 'Issued', shanghaiDateTime(issuedAt).slice(0, 16)],
    ['有效期至', 'Valid until', validUntil === null ? '长期<small lang="en">No end</small>' : chineseDate(validUntil)],
    ...paper.facts.map(({ zh, en, value, style }): [string, string, string, string?] => [
      escape(zh),
      escape(en),
      escape(value),
      style === 'total' ? 'money total' : (style ?? ''),
    ]),
    ['页数', 'Pages', `${pages} 页`],
    ['打印', 'Printed', reprints > 0 ? `${prints} 次，补打 ${reprints} 次` : `${prints} 次`],
    [
      '电子印章',
      'Seal',
      sealed
        ? '文件带数字签名<small lang="en">The file is digitally signed</small>'
        : '图样<small lang="en">Picture only</small>',
    ],
  ];
  const items = rows.map(
    ([zh, en, value, style]) =>
      `<div><dt>${zh}<small lang="en">${en}</small></dt><dd${style ? ` class="${style}"` : ''}>${value}</dd></div>`,
  );
  return `<dl>${items.join('\n')}</dl>`;
}

function form(): string {
  return `<form method="get" action="/verify">
<label>编号 <small lang="en">Number</small><input name="n" autocomplete="off" autocapitalize="characters" maxlength="60" required></label>
<label>验证码 <small lang="en">Code</small><input name="c" autocomplete="off" autocapitalize="characters" maxlength="40" required></label>
<button>核验 <small lang="en">Verify</small></button>
</form>`;
}

function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (char) => entities[char]!);
}
