import type { IoBoardState } from '../state.ts';

/** Lamps of the cabinet's front, in a picture 360 units wide: the slot, what is written under it, where it is. */
const LAMPS = [
  ['idReader', 'ID card', 60, 40],
  ['bankCard', 'Bank card', 180, 40],
  ['pinPad', 'PIN pad', 300, 40],
  ['slip', 'Slip', 60, 112],
  ['document', 'Documents', 180, 112],
  ['scanner', 'Scanner', 300, 112],
] as const;

const LIGHTS = ['off', 'on', 'slow', 'fast'] as const;
const SVG = 'http://www.w3.org/2000/svg';

/** The cabinet's lamps as they shine, blinking as they blink, and its sounder. */
export function cabinet({ outputs }: IoBoardState): SVGElement {
  const lamps = LAMPS.map(([slot, label, x, y]) => {
    const light = LIGHTS[outputs[slot] ?? 0] ?? 'off';
    return svg(
      'g',
      { class: `lamp ${light}` },
      svg('rect', { x: x - 52, y: y - 28, width: 104, height: 64, rx: 10, class: 'slot' }),
      svg('circle', { cx: x, cy: y - 6, r: 18, class: 'glow' }),
      svg('circle', { cx: x, cy: y - 6, r: 9, class: 'bulb' }),
      text(x, y + 28, light === 'off' ? label : `${label}: ${light}`),
    );
  });
  const sounds = (outputs['sounder'] ?? 0) !== 0;
  const sounder = svg(
    'g',
    { class: sounds ? 'sounder sounds' : 'sounder' },
    svg('path', { d: 'M128 166h8l12-9v26l-12-9h-8z', class: 'horn' }),
    svg('path', { d: 'M154 163q5 7 0 14M160 159q9 11 0 22', class: 'waves' }),
    text(sounds ? 208 : 204, 174, sounds ? 'Sounder: on' : 'Sounder: off'),
  );
  return svg('svg', { viewBox: '0 0 360 190', class: 'cabinet', role: 'img' }, ...lamps, sounder);
}

function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: SVGElement[]
): SVGElement {
  const made = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

function text(x: number, y: number, words: string): SVGElement {
  const made = svg('text', { x, y });
  made.textContent = words;
  return made;
}
