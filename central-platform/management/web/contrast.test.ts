import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

/** Ink on ground as the components pair them; all of it is text. */
const PAIRS: readonly (readonly [string, string])[] = [
  ...['ground', 'rail', 'paper', 'sunk', 'hover', 'go-soft'].flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink-quiet', ground],
  ]),
  ['go', 'paper'],
  ['go', 'ground'],
  ['go-ink', 'go'],
  ['go-ink', 'go-pressed'],
  ['go-ink', 'fault'],
  ['go-soft-ink', 'go-soft'],
  ['fine-ink', 'fine-soft'],
  ['fine-ink', 'paper'],
  ['wait-ink', 'wait-soft'],
  ['wait-ink', 'paper'],
  ['fault-ink', 'fault-soft'],
  ['fault-ink', 'paper'],
];
const LEAST = 4.5;

const css = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
);

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test('every ink can be read on its ground', () => {
  assert.ok(tokens.size > 20, 'the tokens were not found in tokens.css');
  const faint = PAIRS.map(([ink, ground]) => {
    const [dark = 0, light = 0] = [luminance(tokens.get(ink)!), luminance(tokens.get(ground)!)].sort((x, y) => x - y);
    return { pair: `${ink} on ${ground}`, ratio: Number(((light + 0.05) / (dark + 0.05)).toFixed(2)) };
  }).filter(({ ratio }) => ratio < LEAST);
  assert.deepEqual(faint, [], `every pair needs ${LEAST}:1`);
});
