import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { View } from '@kiosk/contract/screen/view.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { TerminalIdentity, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { z } from 'zod';
import { createEffects } from './effects.ts';
import type { Event, Tell } from './flow/messages.ts';
import { reduce } from './flow/reduce.ts';
import { type State, initialState } from './flow/state.ts';
import { viewOf } from './flow/view.ts';
import { nextWake } from './flow/wake.ts';
import { relayKeys } from './keys.ts';
import { guideLights } from './lights.ts';
import { slipDocument } from './slips.ts';

export interface SessionOptions {
  readonly sessionId: string;
  readonly identity: z.infer<typeof TerminalIdentity>;
  readonly version: string;
  readonly clock: Clock;
  readonly agent: ServiceClient<typeof syncAgent>;
  readonly host: ServiceClient<typeof deviceHost>;
  /** Called with each view that differs from the one before. */
  readonly show: (view: View | null) => void;
  readonly sound: (name: Extract<Tell, { do: 'sound' }>['name']) => void;
  /** Called with each key of the PIN pad that is pressed while the session is shown. */
  readonly key: (key: ScreenKey) => void;
  readonly ended: (reason: string) => void;
}

export interface Session {
  readonly dispatch: (event: Event) => void;
  readonly view: () => View | null;
}

/** Runs the reducer: events in, commands to the effects, one timer for the next moment that matters. */
export function startSession(options: SessionOptions): Session {
  const { clock, agent, host } = options;
  const moment = () => ({ now: clock.now(), mono: clock.monotonic() });
  const { sessionId, identity, version } = options;
  let state: State = initialState({ sessionId, identity, version, time: moment() });
  let shown = 'null';
  let stopTimer = () => {};
  let hearsKeys = false;
  const guide = guideLights(host);

  const run = createEffects({
    agent,
    host,
    dispatch,
    sound: options.sound,
    ended: options.ended,
    slip: (job) => {
      const { centreName, terminalId } = state.agent?.terminal ?? identity;
      const enquiryPhone = state.agent?.catalogue?.enquiryPhone ?? '12329';
      return slipDocument(job, { language: state.language, centreName, terminalId, enquiryPhone, at: clock.now() });
    },
  });

  function dispatch(event: Event): void {
    const { state: next, commands } = reduce(state, event, moment());
    state = next;
    for (const command of commands) run(command);
    if (event.type === 'activate' && !hearsKeys) {
      hearsKeys = true;
      relayKeys({ host, clock, key: options.key });
    }
    show();
    stopTimer();
    const wake = nextWake(state);
    stopTimer =
      wake === null ? () => {} : clock.after(Math.max(0, wake - clock.monotonic()), () => dispatch({ type: 'time' }));
  }

  function show(): void {
    const view = viewOf(state);
    guide(view);
    const text = JSON.stringify(view);
    if (text === shown) return;
    shown = text;
    options.show(view);
  }

  agent.onSnapshot((snapshot) => dispatch({ type: 'agent', snapshot }));
  host.onSnapshot((snapshot) => dispatch({ type: 'host', snapshot }));
  return { dispatch, view: () => viewOf(state) };
}
