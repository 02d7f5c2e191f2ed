import type { Press } from '@kiosk/contract/screen/blocks.ts';
import type { Screen, ScreenOf } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { deviceCode } from '../menu.ts';
import { slipNumberNow, startSlip } from '../print.ts';
import { slipState } from '../print-view.ts';
import type { ItemStage, SlipJob, State } from '../state.ts';
import { type Step, go, step, then } from '../step.ts';
import { words } from './parts.ts';

/** A flow puts this on a sheet that people like to take home; the frame does the rest. */
export const TAKE_HOME: Press = { id: 'takeHome', words: words('打印小票', 'Print a slip'), tone: 'plain' };

const STATES: Readonly<Record<ReturnType<typeof slipState>, Words | null>> = {
  none: null,
  printing: words('正在打小票', 'Printing'),
  printed: words('小票已打印', 'Slip printed'),
  failed: words('小票没打出来', 'No slip came out'),
  unknown: words('小票没打出来', 'No slip came out'),
};

const wants = (screen: Screen): screen is ScreenOf<'sheet'> =>
  screen.screen === 'sheet' && screen.presses.some(({ id }) => id === TAKE_HOME.id);

/** The sheet with its button as it stands now: gone without a printer, spent once it was pressed. */
export function withTakeHome(state: State, stage: ItemStage, screen: Screen): Screen {
  if (!wants(screen)) return screen;
  const printed = STATES[slipState(state, stage.slip ?? null)];
  const presses = screen.presses.flatMap((press) => {
    if (press.id !== TAKE_HOME.id) return [press];
    if (printed) return [{ ...press, words: printed, closed: printed }];
    return deviceCode(state, 'slipPrinter') === null ? [press] : [];
  });
  return { ...screen, presses };
}

/** Prints `own`, or what the sheet says. Not a word more: it is masked as the screen is. */
export function takeHome(state: State, stage: ItemStage, screen: Screen, own: SlipJob | null): Step {
  if (!wants(screen) || stage.slip !== undefined) return step(state);
  const { title, lead, blocks } = screen;
  const number = slipNumberNow(state);
  const [slip, printing] = startSlip(state, own ?? { kind: 'sheet', number, title, ...(lead ? { lead } : {}), blocks });
  return slip === null ? step(state) : then(printing, (s) => go({ ...s, served: true }, { ...stage, slip }));
}
