import type { Frame } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { endSession } from './closing.ts';
import { limitsOf } from './idle.ts';
import { LIMITS, type StageName, type State } from './state.ts';
import { type Step, step } from './step.ts';

/** Nobody is served here, or the technician is, whom a stopped channel does not concern. */
const UNTOUCHED: readonly StageName[] = ['reserve', 'attract', 'goodbye', 'over', 'technicianSignIn', 'technician'];
/** Something irreversible is under way: it is finished first. */
const MOVING: readonly StageName[] = ['issuing', 'printing', 'submitting'];
/** A number to be read, paper to be taken, a word to be said: time for a last look. */
const RESULT: readonly StageName[] = ['printed', 'accepted', 'failure', 'rate'];

/** Why the centre stopped this channel and where to go instead; null: it is open. */
export function stoppedChannel(state: State): { readonly words: Words; readonly instead: Words } | null {
  const channel = state.agent?.configuration.channel;
  return channel?.state === 'stopped' ? channel : null;
}

/**
 * A stop of the channel ends the session that runs, politely: what moves is finished, what came out can be looked at,
 * and everything else ends at once. The goodbye says why.
 */
export function watchChannel(state: State): Step {
  const { stage, time } = state;
  if (!stoppedChannel(state) || UNTOUCHED.includes(stage.at) || MOVING.includes(stage.at)) {
    return step(state.leaveBy === null ? state : { ...state, leaveBy: null });
  }
  if (!RESULT.includes(stage.at)) return endSession(state, 'stopped');
  if (state.leaveBy === null) {
    // Who needs large text is given twice the time here too.
    const { idle } = limitsOf(state);
    return step({ ...state, leaveBy: time.mono + (LIMITS.lastLook * idle) / LIMITS.idle });
  }
  return time.mono >= state.leaveBy ? endSession(state, 'stopped') : step(state);
}

/** What is said on every screen at the moment: that this is the last thing done here, or what the centre has to say. */
export function frameNotice(state: State): Frame['notice'] {
  const stopped = stoppedChannel(state);
  if (stopped && !UNTOUCHED.includes(state.stage.at)) return { kind: 'pausing', words: stopped.words };
  const emergency = state.agent?.configuration.notices.find(({ level }) => level === 'emergency');
  return emergency ? { kind: 'emergency', words: emergency.words } : null;
}
