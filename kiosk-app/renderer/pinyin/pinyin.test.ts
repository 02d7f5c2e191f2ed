import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { candidates, readDictionary } from './candidates.ts';
import { cut, soundKey } from './syllables.ts';

const dictionary = readDictionary(readFileSync(new URL('./dictionary.txt', import.meta.url), 'utf8'));
const texts = (typed: string, most = 60) => candidates(dictionary, typed, most).map(({ text }) => text);
const first = (typed: string) => candidates(dictionary, typed, 1)[0];

test('a surname stands before other characters of its sound', () => {
  for (const [typed, surname] of [
    ['zhang', '张'],
    ['wang', '王'],
    ['li', '李'],
    ['chen', '陈'],
    ['lv', '吕'],
    ['shen', '沈'],
  ] as const) {
    assert.equal(first(typed)?.text, surname, typed);
  }
});

test('a place is written as one word, also from its first letters', () => {
  assert.deepEqual(first('beijing'), { text: '北京', letters: 7 });
  assert.ok(texts('jiangzhou').slice(0, 3).includes('江州'), texts('jiangzhou').slice(0, 5).join(' '));
  assert.ok(texts('bj').includes('北京'));
});

test('xian is one syllable or two, and an apostrophe decides', () => {
  assert.ok(texts('xian').includes('西安'));
  assert.ok(texts('xian').includes('先'));
  assert.deepEqual(first("xi'an"), { text: '西安', letters: 5 });
});

test('who does not tell zh from z, n from l or in from ing finds the same characters', () => {
  for (const [typed, wanted] of [
    ['zang', '张'],
    ['cen', '陈'],
    ['si', '石'],
    ['nin', '林'],
    ['liu', '牛'],
    ['lin', '宁'],
    ['wan', '王'],
  ] as const) {
    assert.ok(texts(typed, 200).includes(wanted), `${typed} does not find ${wanted}`);
  }
  assert.equal(soundKey('zheng'), soundKey('zen'));
  assert.ok(texts('zang', 300).indexOf('臧') < texts('zang', 300).indexOf('张'), 'what was typed exactly comes first');
});

test('ü is the key ü or the letter v', () => {
  assert.deepEqual(texts('nü'), texts('nv'));
  assert.equal(first('nü')?.text, '女');
  assert.ok(texts('lve').includes('略'));
});

test('what is not finished offers what it may become', () => {
  assert.ok(texts('zh').includes('张'));
  assert.ok(texts('w').includes('王'));
});

test('characters that only names have are there', () => {
  for (const [typed, rare] of [
    ['chan', '婵'],
    ['yao', '垚'],
    ['zhe', '喆'],
    ['xin', '鑫'],
    ['yi', '祎'],
    ['chi', '篪'],
  ] as const) {
    assert.ok(texts(typed, 400).includes(rare), `${typed} does not reach ${rare}`);
  }
});

test('a candidate never takes more letters than there are, and each is offered once', () => {
  const typed = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz'"), maxLength: 14 });
  fc.assert(
    fc.property(typed, (letters) => {
      const found = candidates(dictionary, letters, 40);
      assert.equal(new Set(found.map(({ text }) => text)).size, found.length);
      for (const one of found) assert.ok(one.letters > 0 && one.letters <= letters.length, JSON.stringify(one));
    }),
    { numRuns: 200 },
  );
});

test('every syllable that is typed whole offers its own characters, alone and after another', () => {
  const syllable = fc.constantFrom(...dictionary.syllables);
  fc.assert(
    fc.property(syllable, (sound) => {
      const own = dictionary.bySound.get(sound)![0]!;
      assert.ok(texts(sound, 4_000).includes(own), sound);
      assert.ok(
        cut(`wo'${sound}`, dictionary.syllables).some(({ whole }) => whole.join(' ') === `wo ${sound}`),
        sound,
      );
    }),
    { numRuns: 100 },
  );
});
