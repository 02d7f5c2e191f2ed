import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

/** Ink on ground as the components pair them. All of it is text or carries meaning alone. */
const PAIRS = [
  ['ink', 'ground'],
  ['ink', 'paper'],
  ['ink', 'sunk'],
  ['ink-quiet', 'ground'],
  ['ink-quiet', 'paper'],
  ['ink-quiet', 'sunk'],
  ['go-ink', 'go'],
  ['go-ink', 'go-pressed'],
  ['go-quiet', 'go'],
  ['go-soft-ink', 'go-soft'],
  ['ink', 'go-soft'],
  ['fine-ink', 'fine-soft'],
  ['fine-ink', 'paper'],
  ['wait-ink', 'wait-soft'],
  ['fault-ink', 'fault-soft'],
] as const;
const LEAST = 4.5;

const css = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const [, head = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (head.trim().split('\n').at(-1)?.trim() !== selector) continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)) tokens.set(name, value);
  }
  return tokens;
}

/** WCAG 2.2 relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const hall = tokensOf(':root');
for (const tone of ['hall', 'welcome', 'service'] as const) {
  test(`every ink can be read on its ground: ${tone}`, () => {
    const tokens = new Map([...hall, ...(tone === 'hall' ? [] : tokensOf(`[data-tone='${tone}']`))]);
    assert.ok(tokens.size > 20, 'the tokens were not found in tokens.css');
    const faint = PAIRS.map(([ink, ground]) => ({
      pair: `${ink} on ${ground}`,
      ratio: Number(contrast(tokens.get(ink)!, tokens.get(ground)!).toFixed(2)),
    })).filter(({ ratio }) => ratio < LEAST);
    assert.deepEqual(faint, [], `every pair needs ${LEAST}:1`);
  });
}
