import type { Language } from '@kiosk/contract/services/common.ts';

/** A part of a number as it is said: the key of a recorded clip, and its word for a synthesiser. */
export interface Piece {
  /** Key of the audio asset; null: nobody recorded this. */
  readonly clip: string | null;
  readonly text: string;
}

/** Words numbers are made of, by clip key. Recorded once a language, spliced for every number. */
export const NUMBER_WORDS = {
  zh: {
    ...Object.fromEntries([...'零一二三四五六七八九'].map((word, digit) => [`n.${digit}`, word])),
    'n.two': '两',
    'n.ten': '十',
    'n.hundred': '百',
    'n.thousand': '千',
    'n.wan': '万',
    'n.yi': '亿',
    'n.point': '点',
    'n.minus': '负',
    'n.percent': '百分之',
    'unit.yuan': '元',
    'unit.jiao': '角',
    'unit.fen': '分',
    'unit.year': '年',
    'unit.month': '月',
    'unit.day': '日',
  },
  en: {
    ...Object.fromEntries(
      (
        'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
        'seventeen eighteen nineteen'
      )
        .split(' ')
        .map((word, number) => [`n.${number}`, word]),
    ),
    ...Object.fromEntries(
      'twenty thirty forty fifty sixty seventy eighty ninety'
        .split(' ')
        .map((word, at) => [`n.${(at + 2) * 10}`, word]),
    ),
    'n.hundred': 'hundred',
    'n.thousand': 'thousand',
    'n.million': 'million',
    'n.billion': 'billion',
    'n.and': 'and',
    'n.point': 'point',
    'n.minus': 'minus',
    'n.percent': 'per cent',
    'unit.yuan': 'yuan',
    ...Object.fromEntries(
      'January February March April May June July August September October November December'
        .split(' ')
        .map((word, at) => [`month.${at + 1}`, word]),
    ),
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;

const pieces = (language: Language, keys: readonly string[]): Piece[] =>
  keys.map((clip) => ({ clip, text: (NUMBER_WORDS[language] as Readonly<Record<string, string>>)[clip] ?? '' }));

/** A whole number below 10¹², as it is counted: 2005 → 两千零五, two thousand and five. */
export function readNumber(language: Language, number: number): Piece[] {
  const keys = language === 'zh' ? chinese(Math.abs(number)) : english(Math.abs(number));
  return pieces(language, number < 0 ? ['n.minus', ...keys] : keys);
}

/** Fen as money: 5864502 → 五万八千六百四十五元零二分; in English with the decimals after a point. */
export function readMoney(language: Language, fen: number): Piece[] {
  const whole = Math.floor(Math.abs(fen) / 100);
  const [jiao, cent] = [Math.floor((Math.abs(fen) % 100) / 10), Math.abs(fen) % 10];
  const minus = fen < 0 ? ['n.minus'] : [];
  if (language === 'en') {
    const point = jiao + cent > 0 ? ['n.point', `n.${jiao}`, `n.${cent}`] : [];
    return pieces('en', [...minus, ...english(whole), ...point, 'unit.yuan']);
  }
  const small = [...(jiao > 0 ? [`n.${jiao}`, 'unit.jiao'] : []), ...(cent > 0 ? [`n.${cent}`, 'unit.fen'] : [])];
  if (whole === 0 && small.length > 0) return pieces('zh', [...minus, ...small]);
  const gap = jiao === 0 && cent > 0 ? ['n.0'] : [];
  return pieces('zh', [...minus, ...chinese(whole), 'unit.yuan', ...gap, ...small]);
}

/** `YYYY-MM-DD`, or `YYYY-MM` without a day. */
export function readDate(language: Language, text: string): Piece[] {
  const [year = '', month = '', day] = text.split('-');
  if (language === 'en') {
    const before = day === undefined ? [] : english(Number(day));
    return pieces('en', [...before, `month.${Number(month)}`, ...english(Number(year))]);
  }
  const after = day === undefined ? [] : [...chinese(Number(day)), 'unit.day'];
  const years = [...year].map((digit) => `n.${digit}`);
  return pieces('zh', [...years, 'unit.year', ...chinese(Number(month)), 'unit.month', ...after]);
}

/** A number to be written down: digit by digit, letters by their names. */
export function readDigits(language: Language, text: string): Piece[] {
  return [...text.replaceAll(/[^0-9A-Za-z]/g, '')].map((character) =>
    /\d/.test(character)
      ? pieces(language, [`n.${character}`])[0]!
      : { clip: `letter.${character.toLowerCase()}`, text: character.toUpperCase() },
  );
}

function chinese(number: number): string[] {
  if (number === 0) return ['n.0'];
  const groups = [
    { size: 100_000_000, key: 'n.yi' },
    { size: 10_000, key: 'n.wan' },
    { size: 1, key: null },
  ];
  const said: string[] = [];
  let left = number;
  for (const { size, key } of groups) {
    const group = Math.floor(left / size);
    left %= size;
    if (group === 0) continue;
    // A group that does not fill its four places is told so: 一万零五, 十万零五百.
    if (said.length > 0 && group < 1000) said.push('n.0');
    said.push(...upToTenThousand(group, said.length === 0, key !== null), ...(key ? [key] : []));
  }
  return said;
}

/** `first`: nothing is said before it, 十五 and not 一十五. `counted`: 万 or 亿 follows, two of them are 两. */
function upToTenThousand(number: number, first: boolean, counted: boolean): string[] {
  if (number === 2 && counted) return ['n.two'];
  const said: string[] = [];
  let gap = false;
  let left = number;
  for (const [size, key] of [
    [1000, 'n.thousand'],
    [100, 'n.hundred'],
    [10, 'n.ten'],
    [1, null],
  ] as const) {
    const digit = Math.floor(left / size);
    left %= size;
    if (digit === 0) {
      gap = said.length > 0;
      continue;
    }
    if (gap) said.push('n.0');
    gap = false;
    const bare = size === 10 && digit === 1 && said.length === 0 && first;
    const name = digit === 2 && size >= 100 ? 'n.two' : `n.${digit}`;
    said.push(...(bare ? [] : [name]), ...(key ? [key] : []));
  }
  return said;
}

function english(number: number): string[] {
  if (number < 1000) return underThousand(number);
  const said: string[] = [];
  let left = number;
  for (const [size, key] of [
    [1e9, 'n.billion'],
    [1e6, 'n.million'],
    [1e3, 'n.thousand'],
  ] as const) {
    const group = Math.floor(left / size);
    left %= size;
    if (group > 0) said.push(...underThousand(group), key);
  }
  if (left === 0) return said;
  return [...said, ...(left < 100 ? ['n.and'] : []), ...underThousand(left)];
}

function underThousand(number: number): string[] {
  if (number < 20) return [`n.${number}`];
  if (number < 100) return [`n.${number - (number % 10)}`, ...(number % 10 > 0 ? [`n.${number % 10}`] : [])];
  const rest = number % 100;
  return [`n.${Math.floor(number / 100)}`, 'n.hundred', ...(rest > 0 ? ['n.and', ...underThousand(rest)] : [])];
}
