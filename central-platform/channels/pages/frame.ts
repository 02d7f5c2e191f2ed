import type { Language, Words } from '@kiosk/contract/services/common.ts';
import QRCode from 'qrcode';
import { LOCAL_FONTS, STYLE } from '../../public/style.ts';

/** How somebody wants to read. */
export interface Reading {
  readonly language: Language;
  readonly large: boolean;
}

/** Text that is safe to stand in HTML as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** HTML in which every value is escaped unless it is HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return new Html(parts.reduce((text, part, i) => text + shown(values[i - 1]) + part));
}

function shown(value: unknown): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(shown).join('');
  if (value === undefined || value === null || value === false) return '';
  return String(value).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Beside the style of all public pages: what a page that is used with a thumb needs. */
const PHONE_STYLE = `
html.large { font-size: 22px; }
html { font-size: 17px; } body { font-size: 1rem; }
main { padding-bottom: 1rem; }
.bar { display: flex; justify-content: space-between; align-items: center; gap: .75rem; padding: .75rem 1.25rem; }
.bar .who { display: flex; gap: .6rem; align-items: center; font-weight: 600; line-height: 1.25; min-width: 0; color: inherit; text-decoration: none; }
.bar nav { display: flex; gap: .35rem; flex: none; }
.bar nav a { display: grid; place-items: center; min-width: 44px; min-height: 44px; border-radius: .6rem; color: var(--go); font-weight: 700; text-decoration: none; border: 1px solid var(--line); background: #fff; }
h1 { margin: .5rem 0 .25rem; } h2 { font-size: 1.1rem; margin: 0 0 .25rem; }
.lead { margin: 0; color: var(--quiet); text-wrap: pretty; }
.card { display: block; background: #fff; border-radius: 1rem; padding: 1rem 1.25rem; color: inherit; text-decoration: none; }
a.card { border: 1px solid transparent; } a.card:focus-visible, .button:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
.tiles { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .75rem; }
html.large .tiles { grid-template-columns: 1fr; }
.tiles .card { min-height: 5.5rem; display: grid; align-content: start; gap: .2rem; } .tiles b { font-size: 1.1rem; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; align-items: baseline; }
.row > :last-child { text-align: right; flex: none; max-width: 100%; margin-left: auto; }
.balance { font-size: 2rem; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 1.2; overflow-wrap: anywhere; }
.state { font-weight: 700; white-space: nowrap; } .state.good { color: var(--go); } .state.bad { color: var(--bad); } .state.some { color: #7a4a00; }
.state::before { content: "● "; } .state.some::before { content: "◐ "; } .state.bad::before { content: "○ "; }
.notice { border-left: .35rem solid var(--go); } .notice.bad { border-color: var(--bad); }
form.plain { padding: 0; margin: 0; background: none; } form { margin-top: 0; }
label { grid-template-columns: 1fr; } textarea, select { font: inherit; width: 100%; padding: .75rem; border: 2px solid #8a9a9d; border-radius: .6rem; background: #fff; color: inherit; }
input[type=file] { padding: .6rem .75rem; background: #f4f8f7; font-weight: 400; color: var(--quiet); }
input::file-selector-button { font: inherit; font-weight: 600; min-height: 2.75rem; margin-right: .75rem; padding: 0 .9rem; border: 2px solid var(--go); border-radius: .6rem; background: #fff; color: var(--go); }
button, .button { display: grid; place-items: center; width: 100%; min-height: 3.25rem; padding: .4rem 1rem; border-radius: .75rem; font: inherit; font-weight: 600; background: var(--go); color: #fff; text-decoration: none; text-align: center; border: 0; }
button.quiet, .button.quiet { background: #fff; color: var(--go); border: 2px solid var(--go); }
.choice { display: flex; gap: .75rem; align-items: center; min-height: 3.25rem; padding: .25rem .9rem; border: 2px solid var(--line); border-radius: .75rem; font-weight: 600; }
.choice:has(:checked) { border-color: var(--go); background: #eef6f4; } .choice input { width: 1.4rem; height: 1.4rem; accent-color: var(--go); flex: none; }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: .5rem; } legend { font-weight: 600; margin-bottom: .35rem; padding: 0; }
.qr { display: grid; justify-items: center; gap: .5rem; text-align: center; } .qr svg { width: min(100%, 17rem); height: auto; }
.code { font-size: 2rem; font-weight: 700; letter-spacing: .08em; font-variant-numeric: tabular-nums; }
main > :not(:first-child) { margin-top: 1rem; } main > h1 + .lead { margin-top: .25rem; } .card > form { margin-top: .75rem; }
.bar .who span:last-child { text-wrap: balance; font-size: .95rem; }
`;

export interface Page extends Reading {
  readonly title: string;
  readonly body: Html;
  readonly centreName: Words;
  readonly enquiryPhone: string;
  readonly demonstration: boolean;
  readonly localFonts: boolean;
  /** Where this page is, for the choice of language and size. */
  readonly path: string;
}

const T = {
  zh: {
    demonstration: '演示环境：人和账户都是虚构的。',
    ask: '有疑问请拨打',
    never: '本中心不会向您索要密码或验证码，请只在官方渠道登录。',
    size: '大字',
    normal: '标准',
  },
  en: {
    demonstration: 'Demonstration: people and accounts are invented.',
    ask: 'Questions? Call',
    never: 'We never ask for passwords or codes. Please sign in on official channels only.',
    size: 'Large text',
    normal: 'Normal text',
  },
} as const;

/** One page: no script, no picture from anywhere, good from 320 px on. */
export function frame(page: Page): string {
  const { language, large, title, body, centreName, enquiryPhone, demonstration, localFonts, path } = page;
  const t = T[language];
  const faces = localFonts ? LOCAL_FONTS.map((font) => font.face).join('\n') : '';
  const other = language === 'zh' ? 'en' : 'zh';
  const prefs = (change: string) => `/reading?${change}&back=${encodeURIComponent(path)}`;
  return `<!doctype html>
${
  html`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}" class="${large ? 'large' : ''}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>${title} · ${centreName[language]}</title>
      <style>
        ${new Html(faces + STYLE + PHONE_STYLE)}
      </style>
    </head>
    <body>
      <div class="bar">
        <a class="who" href="/"><span class="mark" aria-hidden="true"></span><span>${centreName[language]}</span></a>
        <nav>
          <a href="${prefs(`lang=${other}`)}" lang="${other === 'zh' ? 'zh-CN' : 'en'}"
            >${other === 'zh' ? '中' : 'EN'}</a
          >
          <a href="${prefs(`large=${large ? 0 : 1}`)}" aria-label="${large ? t.normal : t.size}"
            >${large ? 'A−' : 'A+'}</a
          >
        </nav>
      </div>
      <main>${body}</main>
      <footer>
        ${demonstration && html`<p class="demonstration">${t.demonstration}</p>`}${t.never}<br />${t.ask}
        <a href="tel:${enquiryPhone}">${enquiryPhone}</a>
      </footer>
    </body>
  </html>`.text
}
`;
}

/** A QR code as squares in the page itself: nothing is loaded, and nothing is left in a cache of pictures. */
export function qrSvg(data: string): Html {
  const { modules } = QRCode.create(data, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  const size = modules.size + 2 * quiet;
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
    }
  }
  return new Html(
    `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`,
  );
}
