import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import QRCode from 'qrcode';
import { launchChromium } from '../harness/chromium.ts';
import type { StatementWords } from './words.ts';

export interface ChromiumRenderer {
  readonly version: string;
  render(words: StatementWords): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The peer that needs no layout code: a web page printed by a browser that is already running, its fonts loaded. */
export async function chromiumRenderer(fontFolder: string): Promise<ChromiumRenderer> {
  const fonts = { '/regular.ttf': 'NotoSansSC-Regular.ttf', '/bold.ttf': 'NotoSansSC-Bold.ttf' };
  const files = new Map(Object.entries(fonts).map(([path, name]) => [path, readFileSync(join(fontFolder, name))]));
  const server = createServer((request, response) => {
    const font = files.get(request.url ?? '');
    response.setHeader('content-type', font ? 'font/ttf' : 'text/html; charset=utf-8');
    response.setHeader('cache-control', 'max-age=3600');
    response.end(font ?? shell);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate('document.fonts.ready');
  return {
    version: browser.version(),
    async render(words) {
      const html = await bodyOf(words);
      await page.evaluate(`document.getElementById('paper').innerHTML = ${JSON.stringify(html)}`);
      return await page.pdf({ format: 'A4', printBackground: true });
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

const shell = `<!doctype html><meta charset="utf-8"><style>
@font-face { font-family: Sans; src: url(/regular.ttf); }
@font-face { font-family: Sans; font-weight: 700; src: url(/bold.ttf); }
@page { margin: 18mm 15mm 18mm 20mm; }
body { font: 9pt Sans; margin: 0; } h1 { font-size: 19pt; margin: 8pt 0 4pt; } b { font-weight: 700; }
.facts { display: grid; grid-template-columns: 1fr 1fr; } .figures, .end { display: flex; gap: 20pt; margin: 8pt 0; }
table { width: 100%; border-collapse: collapse; } td, th { border-bottom: .4pt solid #999; padding: 2pt 4pt; }
tr { break-inside: avoid; } thead { display: table-header-group; }
</style><div id="paper"><b>预</b>热</div>`;

async function bodyOf(words: StatementWords): Promise<string> {
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((text, i) => `<${tag} align="${words.aligns[i]}">${text}</${tag}>`).join('')}</tr>`;
  const pairs = (list: StatementWords['facts']) => list.map(([k, v]) => `<div>${k} <b>${v}</b></div>`).join('');
  const qr = await QRCode.toString(words.link, { type: 'svg', margin: 0, width: 87 });
  return `<b>${words.centre}</b><h1>${words.title}</h1><p>${words.period}</p>
<div class="facts">${pairs(words.facts)}</div><div class="figures">${pairs(words.figures)}</div>
<table><thead>${cells(words.headings, 'th')}</thead><tbody>${words.rows.map((row) => cells(row, 'td')).join('')}</tbody></table>
<p><b>${words.capitals}</b></p>
<div class="end"><div>${qr}</div><div>验证码<br><b>${words.code}</b><p>${words.notes.join('</p><p>')}</p></div>
<div>${words.centre}<br>${words.issued}</div></div><p>${words.footer}</p>`;
}
