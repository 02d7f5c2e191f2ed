import type { Mode } from '@kiosk/contract/screen/mode.ts';
import { loudness, type Voice } from './voice.ts';
import type { Piece } from './numbers.ts';

export interface Speaker extends Voice {
  say(pieces: readonly Piece[], language: string): void;
  /** Off: what is being said stops at once. */
  setSound(sound: Mode['sound']): void;
}

/** Where the recordings of a language lie beside the screens. */
const clipUrl = (language: string, clip: string): string => `/voice/${language}/${clip}.ogg`;
const SYNTHESISER = { zh: 'zh-CN', en: 'en-GB' } as Readonly<Record<string, string>>;

/**
 * Says pieces one after the other: the recording of a piece where there is one, otherwise the synthesiser of the system. A newer
 * occasion ends an older one, so that the voice never lags behind the screen.
 */
export function createSpeaker(): Speaker {
  let volume = $state(3);
  let sound: Mode['sound'] = 'off';
  let last: { readonly pieces: readonly Piece[]; readonly language: string } | undefined;
  let occasion = 0;
  let audio: HTMLAudioElement | undefined;

  function hush(): void {
    occasion++;
    audio?.pause();
    globalThis.speechSynthesis?.cancel();
  }

  async function play(pieces: readonly Piece[], language: string): Promise<void> {
    hush();
    const mine = occasion;
    for (const piece of pieces) {
      if (mine !== occasion) return;
      const done = piece.clip !== null && (await recording(clipUrl(language, piece.clip)));
      if (!done && mine === occasion) await synthesise(piece.text, language);
    }
  }

  /** false: nobody recorded it, or it cannot be played. */
  function recording(url: string): Promise<boolean> {
    return new Promise((resolve) => {
      audio = new Audio(url);
      audio.volume = loudness(volume);
      audio.onended = () => resolve(true);
      audio.onpause = () => resolve(true);
      audio.onerror = () => resolve(false);
      audio.play().catch(() => resolve(false));
    });
  }

  function synthesise(text: string, language: string): Promise<void> {
    const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
    if (!speech || speech.getVoices().length === 0 || text === '') return Promise.resolve();
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = SYNTHESISER[language] ?? language;
      utterance.rate = 0.9;
      utterance.volume = loudness(volume);
      utterance.onend = utterance.onerror = () => resolve();
      speech.speak(utterance);
    });
  }

  return {
    get volume() {
      return volume;
    },
    change(by) {
      volume = Math.min(5, Math.max(1, volume + by));
      if (audio) audio.volume = loudness(volume);
    },
    repeat() {
      if (sound !== 'off' && last) void play(last.pieces, last.language);
    },
    say(pieces, language) {
      last = { pieces, language };
      if (sound !== 'off') void play(pieces, language);
    },
    setSound(next) {
      const was = sound;
      sound = next;
      if (next === 'off') hush();
      else if (was === 'off' && last) void play(last.pieces, last.language);
    },
  };
}
