/** PDF points. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

/** A4. Printers keep about 4–6 mm of the edge for themselves; a hole punch and a thumb want more. */
export const PAGE = { width: mm(210), height: mm(297) } as const;
export const MARGIN = { left: mm(17), right: mm(17), top: mm(14), bottom: mm(13) } as const;
export const CONTENT = {
  left: MARGIN.left,
  right: PAGE.width - MARGIN.right,
  width: PAGE.width - MARGIN.left - MARGIN.right,
  top: MARGIN.top,
  /** The footer stands below. */
  bottom: PAGE.height - MARGIN.bottom - mm(9),
} as const;

/** Chosen to hold on a black-and-white printer too: ink is dark, tints are light, red is only the seal. */
export const COLOUR = {
  ink: '#0F2429',
  quiet: '#4B5C60',
  accent: '#0A5C5F',
  tint: '#EFF4F2',
  hairline: '#CBD8D3',
  seal: '#C4161C',
} as const;
