import { SPEEDS } from '../../codec/sdt.ts';
import type { ReaderState } from './state.ts';
import { type Step, stay } from './step.ts';

/**
 * Opens the port, at the speed at which the module spoke last. A card that lies there may be found again after a reader
 * lost its power, so from now on its lifting shows by finding: it is not read twice in one presentation.
 */
export function open(state: ReaderState): Step {
  const presentation = state.presentation && ({ ...state.presentation, probe: 'probeFind' } as const);
  const untried =
    state.speed !== undefined && state.settings.search ? SPEEDS.filter((speed) => speed !== state.speed) : [];
  const opening: ReaderState = { ...state, link: { name: 'opening' }, presentation, untried, wasReset: false };
  return stay(opening, { type: 'open', speed: state.speed });
}

/** Silent at this speed: the next one is tried. undefined: there is none left. */
export function tryNextSpeed(state: ReaderState): Step | undefined {
  const [speed, ...untried] = state.untried;
  if (speed === undefined) return undefined;
  const opening: ReaderState = { ...state, link: { name: 'opening' }, inFlight: undefined, speed, untried };
  return stay(opening, { type: 'close' }, { type: 'open', speed });
}
