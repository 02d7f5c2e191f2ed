/** What the buttons of every screen can do with the voice. `volume` is 1 to 5 and reactive. */
export interface Voice {
  readonly volume: number;
  change(by: 1 | -1): void;
  /** Says what was said last once more. */
  repeat(): void;
}

/** A loudness from 0 to 1: each step is heard as about as much louder as the one before. */
export const loudness = (volume: number): number => [0, 0.12, 0.25, 0.45, 0.7, 1][volume] ?? 0.45;
