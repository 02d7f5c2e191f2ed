import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import { SAMPLES, VARIANTS, viewOf } from '../gallery/fixtures.ts';
import { texts } from '../texts/texts.ts';
import { clipsOf } from './clips.ts';
import { errorPrompt } from './error-clips.ts';
import { occasion, promptsOf } from './prompts.ts';
import { spoken } from './script.ts';

const zh = VARIANTS[0]!;
const view = (name: string) =>
  viewOf(
    SAMPLES.find((sample) => sample.name === name)!,
    zh,
  );
const heard = (name: string) =>
  spoken(promptsOf(view(name)), texts.zh, 'zh')
    .map(({ text }) => text)
    .join('');

test('a screen says its question, and numbers as people say them', () => {
  assert.match(heard('account'), /账户余额五万八千六百四十五元零二分/);
  assert.match(heard('printing'), /正在打印第二页，?共三页/);
  assert.match(heard('enter-code-wrong'), /还可以试三次/);
  assert.match(heard('idle-question'), /^您还在办理吗/);
});

test('every screen a depositor sees says something, and everything said of the texts can be recorded', () => {
  for (const language of ['zh', 'en'] as const) {
    const clips = new Set(clipsOf(language).map(({ clip }) => clip));
    for (const sample of SAMPLES.filter(({ name }) => !name.startsWith('technician'))) {
      const shown = viewOf(sample, zh);
      const pieces = spoken(promptsOf(shown), texts[language], language);
      assert.ok(pieces.length > 0, `${sample.name} says nothing`);
      for (const { clip, text } of pieces) {
        if (clip !== null && text !== '')
          assert.ok(clips.has(clip), `${sample.name}: ${clip} (${text}) is in no list of clips`);
      }
    }
  }
});

test('a countdown says nothing again', () => {
  const before = view('enter-code');
  assert.equal(before.content.screen, 'enterCode');
  const after = { ...before, content: { ...before.content, resendInSeconds: 12 } } as typeof before;
  assert.equal(occasion(before, promptsOf(before)), occasion(after, promptsOf(after)));
});

test('what is to be recorded has a key of its own and words in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const clips = clipsOf(language);
    assert.equal(new Set(clips.map(({ clip }) => clip)).size, clips.length, 'two recordings of one key');
    for (const { clip } of clips) assert.match(clip ?? '', /^[A-Za-z0-9.]+$/, `${clip} is no file name`);
  }
});

test('what there is to record has a placeholder in its folder but for the newest, and no file lies there that nothing says', () => {
  for (const language of ['zh', 'en'] as const) {
    const folder = path.join(import.meta.dirname, '..', '..', '..', 'assets', 'voice', language);
    const files = new Set(readdirSync(folder).map((name) => name.replace(/\.ogg$/, '')));
    const wanted = new Set(clipsOf(language).map(({ clip }) => clip!));
    assert.deepEqual(
      [...files].filter((clip) => !wanted.has(clip)),
      [],
      'a recording that is never heard',
    );
    // Until somebody runs `node tools/voice.ts synthesise`, the synthesiser of the system says what is new.
    const missing = [...wanted].filter((clip) => !files.has(clip));
    assert.ok(missing.length < wanted.size / 20, `no recording in ${language} of: ${missing.join(', ')}`);
  }
});

test('a code that a depositor can see is recorded, once for all codes that say the same; one of the staff is not', () => {
  const recorded = new Map(clipsOf('zh').map(({ clip, text }) => [clip, text]));
  for (const [code, entry] of Object.entries(catalogue)) {
    for (const part of ['depositor', 'next'] as const) {
      const { words, key } = errorPrompt(code, part);
      assert.deepEqual(words, entry[part]);
      if (key !== undefined) assert.equal(recorded.get(key), entry[part].zh, `${code} says something else than ${key}`);
      else assert.match(code, /^E(25|26|71)/, `${code} is silent`);
    }
  }
  assert.equal(errorPrompt('E6101', 'depositor').key, errorPrompt('E8103', 'depositor').key);
});
