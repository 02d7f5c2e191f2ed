/** A view for every screen, and every variant it is looked at in. */

import { type Mode, PRESETS, STANDARD_MODE } from '@kiosk/contract/screen/mode.ts';
import type { Frame, View } from '@kiosk/contract/screen/view.ts';
import { ACCOUNT } from './samples/account.ts';
import { channelSamples } from './samples/channel.ts';
import { END } from './samples/end.ts';
import { GENERIC } from './samples/generic.ts';
import { IDENTITY } from './samples/identity.ts';
import { QUERIES } from './samples/queries.ts';
import { REQUEST } from './samples/request.ts';
import { FRAME, NOW, type Sample } from './samples/sample.ts';
import { START } from './samples/start.ts';
import { TECHNICIAN_SCREENS } from './samples/technician.ts';

const SCREENS: readonly Sample[] = [
  ...START,
  ...IDENTITY,
  ...ACCOUNT,
  ...GENERIC,
  ...QUERIES,
  ...REQUEST,
  ...END,
  ...TECHNICIAN_SCREENS,
];
export const SAMPLES: readonly Sample[] = [...SCREENS, ...channelSamples(SCREENS)];

export interface Variant {
  readonly name: string;
  readonly frame: Partial<Frame>;
  readonly width: number;
  readonly height: number;
}

const MODES: Readonly<Record<string, Partial<Mode>>> = {
  standard: {},
  elderly: PRESETS.elderly,
  contrast: { contrast: 'high', sound: 'speaker' },
  low: { reach: 'low' },
  /** Everything that takes room at once. */
  all: { text: 'large', pace: 'elderly', contrast: 'high', reach: 'low', sound: 'speaker' },
};
const SIZES = { upright: { width: 1080, height: 1920 }, wide: { width: 1920, height: 1080 } } as const;

/** Language × mode × orientation: zh-standard-upright, en-low-wide … */
export const VARIANTS: readonly Variant[] = (['zh', 'en'] as const).flatMap((language) =>
  Object.entries(MODES).flatMap(([mode, parts]) =>
    Object.entries(SIZES).map(([size, pixels]) => ({
      name: `${language}-${mode}-${size}`,
      frame: { language, mode: { ...STANDARD_MODE, ...parts } },
      ...pixels,
    })),
  ),
);

export function viewOf(sample: Sample, variant: Variant): View {
  return { frame: { ...FRAME, ...sample.frame, ...variant.frame }, content: sample.content };
}

export { NOW };
export type { Sample };
