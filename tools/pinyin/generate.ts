// Makes the dictionary of the pinyin keys: node tools/pinyin/generate.ts <folder of pinyin-pro> <dict.txt of jieba>
// Both are MIT: the npm packages pinyin-pro 3.29.4 (readings) and @node-rs/jieba 2.0.3 (words with how often they occur).

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Words beside the characters: places first of all, then the most frequent of the rest. */
const PLACES = 2_500;
const OTHERS = 4_500;
const HAN = /^[\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{2ffff}]+$/u;
/** A surname is what is typed most on these keys: it comes before other characters of the same sound. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';

type Pinyin = (text: string, options: object) => string[];
const [pinyinPro = '', jieba = ''] = process.argv.slice(2);
const { pinyin } = (await import(pathToFileURL(path.join(pinyinPro, 'dist/index.mjs')).href)) as { pinyin: Pinyin };
const PLAIN = { toneType: 'none', type: 'array', v: true };

const seen = new Map<string, number>();
const words: { word: string; count: number; place: boolean }[] = [];
for (const line of (await readFile(jieba, 'utf8')).split('\n')) {
  const [word = '', count = '0', kind = ''] = line.split(' ');
  if (!HAN.test(word)) continue;
  for (const character of word) seen.set(character, (seen.get(character) ?? 0) + Number(count));
  const length = [...word].length;
  if (length > 1 && length < 5) words.push({ word, count: Number(count), place: kind === 'ns' });
}
[...SURNAMES].forEach((character, at) => seen.set(character, 1e9 - at + (seen.get(character) ?? 0) / 1e9));

const bySound = new Map<string, string[]>();
const add = (sound: string, text: string): void => {
  if (!/^[a-z]+( [a-z]+)*$/.test(sound)) return;
  const all = bySound.get(sound);
  if (all) all.push(text);
  else bySound.set(sound, [text]);
};
const everyHan = [...Array(0x9fff - 0x4e00 + 1).keys()].map((at) => String.fromCodePoint(0x4e00 + at));
const characters = [...new Set([...seen.keys(), ...everyHan])].sort((a, b) => (seen.get(b) ?? 0) - (seen.get(a) ?? 0));
for (const character of characters) {
  const sounds = pinyin(character, { ...PLAIN, multiple: true });
  for (const sound of new Set(sounds)) add(sound, character);
}
const frequent = (place: boolean, most: number) =>
  words
    .filter((entry) => entry.place === place)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
for (const { word } of [...frequent(true, PLACES), ...frequent(false, OTHERS)].sort((a, b) => b.count - a.count)) {
  add(pinyin(word, PLAIN).join(' '), word);
}

const lines = [...bySound]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([sound, texts]) => {
    const single = !sound.includes(' ');
    return `${sound}\t${texts.join(single ? '' : ' ')}`;
  });
await writeFile(
  path.join(import.meta.dirname, '..', '..', 'kiosk-app', 'renderer', 'pinyin', 'dictionary.txt'),
  `${lines.join('\n')}\n`,
);
process.stdout.write(`${lines.length} sounds\n`);
