// What the kiosk says, as a list to record, and a placeholder for it:
//   node tools/voice.ts list zh          key and words of every recording, a tab between
//   node tools/voice.ts synthesise zh    makes assets/voice/zh/<key>.ogg with espeak-ng and opusenc; keeps what is there

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clipsOf } from '@kiosk/kiosk-app/renderer/voice/clips.ts';

const FOLDER = path.join(import.meta.dirname, '..', 'assets', 'voice');
const VOICES = { zh: 'cmn', en: 'en-gb' } as const;
const [what, language] = process.argv.slice(2);
if ((what !== 'list' && what !== 'synthesise') || (language !== 'zh' && language !== 'en')) {
  process.stderr.write('node tools/voice.ts list|synthesise zh|en\n');
  process.exit(2);
}
const clips = clipsOf(language);
if (what === 'list') {
  for (const { clip, text } of clips) process.stdout.write(`${clip}\t${text}\n`);
} else {
  const folder = path.join(FOLDER, language);
  mkdirSync(folder, { recursive: true });
  const wave = path.join(os.tmpdir(), `kiosk-voice-${process.pid}.wav`);
  for (const { clip, text } of clips) {
    const file = path.join(folder, `${clip}.ogg`);
    if (existsSync(file)) continue;
    // A little slower than people talk to each other: 140 words a minute.
    execFileSync('espeak-ng', ['-v', VOICES[language], '-s', '140', '-w', wave, text]);
    execFileSync('opusenc', ['--quiet', '--bitrate', '12', '--downmix-mono', wave, file]);
  }
  rmSync(wave, { force: true });
}
