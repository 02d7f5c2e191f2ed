/** A thousandth of a point is finer than any printer. Never in the form 1e-7, which a PDF does not know. */
export function decimal(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}

/** The fill colour of a line, or the stroke colour of a rule, as numbers from 0 to 1: '#RRGGBB' → '0.06 0.141 0.161'. */
export function rgb(colour: string): string {
  let known = colours.get(colour);
  if (known === undefined) {
    const value = Number.parseInt(colour.slice(1), 16);
    known = [value >> 16, (value >> 8) & 0xff, value & 0xff].map((part) => decimal(part / 255)).join(' ');
    colours.set(colour, known);
  }
  return known;
}
const colours = new Map<string, string>();
