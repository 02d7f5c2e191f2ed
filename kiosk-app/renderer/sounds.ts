import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Bridge, SoundName } from '../preload/bridge.ts';

interface Tone {
  readonly hertz: number;
  /** Seconds from the start of the sound. */
  readonly at: number;
  readonly seconds: number;
}

/** Two rising tones are good news, two falling ones are not; attention is the same tone twice, a card to be taken three times. */
const SOUNDS: Readonly<Record<SoundName | 'takeCard', readonly Tone[]>> = {
  cardRead: [{ hertz: 1046.5, at: 0, seconds: 0.16 }],
  done: [
    { hertz: 784, at: 0, seconds: 0.16 },
    { hertz: 1046.5, at: 0.15, seconds: 0.32 },
  ],
  failed: [
    { hertz: 587.3, at: 0, seconds: 0.2 },
    { hertz: 440, at: 0.19, seconds: 0.36 },
  ],
  attention: [
    { hertz: 880, at: 0, seconds: 0.18 },
    { hertz: 880, at: 0.3, seconds: 0.18 },
  ],
  takeCard: [0, 0.24, 0.48].map((at) => ({ hertz: 1046.5, at, seconds: 0.14 })),
};

const LOUDNESS = 0.28;

/** A card waits in the slot: said again until it is taken. */
const AGAIN_MS = 4_000;
let context: AudioContext | undefined;

export function playSounds(bridge: Pick<Bridge, 'onSound'>): void {
  bridge.onSound(sound);
}

/** Whether the person has to take a card before anything goes on. */
export const isCardWaiting = (content: Screen | undefined): boolean =>
  content?.screen === 'wait' && content.picture === 'takeCard';

/** Calls until it is told to stop. */
export function callForCard(): () => void {
  sound('takeCard');
  const again = setInterval(() => sound('takeCard'), AGAIN_MS);
  return () => clearInterval(again);
}

function sound(name: keyof typeof SOUNDS): void {
  context ??= new AudioContext();
  for (const tone of SOUNDS[name]) play(context, tone);
}

function play(context: AudioContext, { hertz, at, seconds }: Tone): void {
  const start = context.currentTime + at;
  const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  // A soft edge on both sides: a tone that starts at full strength clicks.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + seconds);
}
