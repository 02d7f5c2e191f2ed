/** What an ICC profile is made of (ICC.1:2010, version 4.2): a header, a table of tags, the tags. */
const HEADER = 128;
const VERSION = 0x04200000;
/** The white of the connection space, D50. */
const D50 = [0.9642, 1, 0.8249] as const;
/** Primaries and white of sRGB (IEC 61966-2-1), brought to D50 by Bradford's method. */
const RED = [0.43607, 0.22249, 0.01392] as const;
const GREEN = [0.38515, 0.71687, 0.09708] as const;
const BLUE = [0.14307, 0.06061, 0.7141] as const;
const ADAPTATION = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168] as const;
/** ((a·x + b) ^ g above d, c·x below): function type 3. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] as const;

let made: Uint8Array | undefined;

/**
 * What the colours of a paper mean (sRGB), as an archived PDF has to say. Written here rather than read from a file, so
 * that it goes wherever the code goes; 0.6 kB.
 */
export function srgbProfile(): Uint8Array {
  return (made ??= profile());
}

function profile(): Uint8Array {
  const curve = tag('para', [...uint16(3), 0, 0, ...CURVE.flatMap(fixed)]);
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', words('sRGB IEC61966-2.1')],
    ['cprt', words('No copyright, use freely')],
    ['wtpt', tag('XYZ ', D50.flatMap(fixed))],
    ['chad', tag('sf32', ADAPTATION.flatMap(fixed))],
    ['rXYZ', tag('XYZ ', RED.flatMap(fixed))],
    ['gXYZ', tag('XYZ ', GREEN.flatMap(fixed))],
    ['bXYZ', tag('XYZ ', BLUE.flatMap(fixed))],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table: number[] = [...uint32(tags.length)];
  const placed = new Map<Uint8Array, number>();
  const data: number[] = [];
  const start = HEADER + 4 + 12 * tags.length;
  for (const [name, bytes] of tags) {
    let at = placed.get(bytes);
    if (at === undefined) {
      at = start + data.length;
      placed.set(bytes, at);
      data.push(...bytes, ...new Uint8Array(-bytes.length & 3));
    }
    table.push(...ascii(name), ...uint32(at), ...uint32(bytes.length));
  }
  const file = new Uint8Array(start + data.length);
  const put = (at: number, bytes: readonly number[]) => file.set(bytes, at);
  put(0, uint32(file.length));
  put(8, uint32(VERSION));
  put(12, [...ascii('mntr'), ...ascii('RGB '), ...ascii('XYZ ')]);
  put(24, [2026, 1, 1, 0, 0, 0].flatMap(uint16));
  put(36, ascii('acsp'));
  put(68, D50.flatMap(fixed));
  put(HEADER, table);
  put(start, data);
  return file;
}

const ascii = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));
const uint16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const uint32 = (value: number): number[] => [...uint16(value >>> 16), ...uint16(value & 0xffff)];
/** s15Fixed16Number */
const fixed = (value: number): number[] => uint32(Math.round(value * 0x10000) >>> 0);
const tag = (type: string, data: readonly number[]): Uint8Array =>
  Uint8Array.from([...ascii(type), 0, 0, 0, 0, ...data]);

/** multiLocalizedUnicode with one text, in English. */
function words(text: string): Uint8Array {
  const letters = [...text].flatMap((char) => uint16(char.charCodeAt(0)));
  const record = [...ascii('enUS'), ...uint32(letters.length), ...uint32(28)];
  return tag('mluc', [...uint32(1), ...uint32(12), ...record, ...letters]);
}
