import QRCode from 'qrcode';
import { PAPER_DOTS, type Paper, type PrintedItem } from './paper.ts';

/** 80 mm paper is 640 dots wide, of which 576 can be printed. */
const MARGIN = 32;
const TOP = 36;
const BOTTOM = 28;
const TOOTH = 8;
const INK = '#2d2b2a';

/**
 * A picture of a slip, 1 unit = 1 dot = 1/8 mm. The page that shows it provides the font 'Noto Sans SC'; every
 * character is placed by itself, so that columns are those of the printer and not of the font.
 */
export function renderSlip(paper: Paper): string {
  const width = PAPER_DOTS + 2 * MARGIN;
  const height = TOP + paper.height + BOTTOM;
  const items = paper.items.map((item) => renderItem(item)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="'Noto Sans SC', 'Noto Sans CJK SC', sans-serif">
<path d="${outline(width, height)}" fill="#fbfaf6"/>
<g transform="translate(${MARGIN} ${TOP})" fill="${INK}">
${items}
</g>
</svg>
`;
}

/** The cutter leaves a toothed edge at both ends. */
function outline(width: number, height: number): string {
  const teeth = width / (2 * TOOTH);
  const row = (direction: 1 | -1) =>
    Array.from({ length: teeth }, () => `l${TOOTH * direction} ${-TOOTH / 2}l${TOOTH * direction} ${TOOTH / 2}`).join(
      '',
    );
  return `M0 ${TOOTH / 2}${row(1)}V${height}${row(-1)}Z`;
}

function renderItem(item: PrintedItem): string {
  switch (item.type) {
    case 'text':
      return renderText(item);
    case 'picture':
      return `<path d="${runs(item.widthBytes * 8, item.rows, (x, y) => (item.data[y * item.widthBytes + (x >> 3)]! & (0x80 >> (x & 7))) !== 0)}" transform="translate(${item.x} ${item.y})"/>`;
    case 'qr': {
      const { modules } = QRCode.create(item.data, { errorCorrectionLevel: item.level });
      const d = runs(modules.size, modules.size, (x, y) => modules.get(y, x) === 1);
      return `<path d="${d}" transform="translate(${item.x} ${item.y}) scale(${item.module})" shape-rendering="crispEdges"/>`;
    }
  }
}

/** Latin letters of the font that are wider than the printer's cell; they are squeezed into it. */
const WIDE = /[mwMWGOQCDHNU@%&]/;

function renderText(item: Extract<PrintedItem, { type: 'text' }>): string {
  const weight = item.bold ? ' font-weight="700"' : '';
  const baseline = item.y + item.height * 0.86;
  const visible = item.glyphs.filter((glyph) => glyph.character !== ' ');
  const scale = item.height / 24;
  const chinese = visible.filter((glyph) => glyph.character > '\u007f');
  const latin = visible.filter((glyph) => glyph.character <= '\u007f' && !WIDE.test(glyph.character));
  const wide = visible.filter((glyph) => WIDE.test(glyph.character));
  const run = (glyphs: typeof visible, size: number) =>
    glyphs.length === 0
      ? ''
      : `<text y="${baseline}" x="${glyphs.map((glyph) => item.x + glyph.x + glyph.width / 2).join(' ')}" text-anchor="middle" font-size="${size}"${weight}>${escape(glyphs.map((glyph) => glyph.character).join(''))}</text>`;
  const squeezed = wide.map(
    (glyph) =>
      `<text y="${baseline}" x="${item.x + glyph.x + 0.5}" textLength="${glyph.width - 1}" lengthAdjust="spacingAndGlyphs" font-size="${21 * scale}"${weight}>${escape(glyph.character)}</text>`,
  );
  return [run(chinese, 24 * scale), run(latin, 21 * scale), ...squeezed].filter(Boolean).join('\n');
}

/** Black runs of a one-bit picture as one path. */
function runs(width: number, height: number, black: (x: number, y: number) => boolean): string {
  let path = '';
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!black(x, y)) continue;
      const start = x;
      while (x < width && black(x, y)) x++;
      path += `M${start} ${y}h${x - start}v1h${start - x}z`;
    }
  }
  return path;
}

function escape(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
