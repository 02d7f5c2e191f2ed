import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Transport } from '../../transport/transport.ts';
import type { LinkCommand, LinkEvent } from './link.ts';

export interface Machine<S, E, C> {
  readonly initial: S;
  readonly reduce: (
    state: S,
    event: E | LinkEvent | { readonly type: 'tick' },
    now: number,
  ) => Step<S, C | LinkCommand>;
  /** When the reducer wants a tick although nothing happened; undefined: not by itself. */
  readonly wakeAt: (state: S) => number | undefined;
  readonly carryOut: (command: C) => void;
  /** The connection was closed: what is half received belongs to nobody. */
  readonly onClose: () => void;
}

export interface Step<S, C> {
  readonly state: S;
  readonly commands: readonly C[];
}

export interface Running<S, E> {
  readonly state: () => S;
  dispatch(event: E | LinkEvent): void;
  /** Done when the port was let go. */
  closed(): Promise<void>;
}

/** The shell around a reducer on a line: keeps its state, its timer and its connection, and knows no protocol. */
export function run<S, E extends { readonly type: string }, C extends { readonly type: string }>(
  transport: Transport,
  clock: Clock,
  machine: Machine<S, E, C>,
): Running<S, E> {
  let state = machine.initial;
  let stopTimer = () => {};
  let closing = Promise.resolve();

  transport.onClosed(({ detail }) => dispatch({ type: 'lost', detail }));

  function dispatch(event: E | LinkEvent | { readonly type: 'tick' }): void {
    const step = machine.reduce(state, event, clock.monotonic());
    state = step.state;
    stopTimer();
    const wake = machine.wakeAt(state);
    // A timer may fire a fraction of a millisecond early; a tick before its time would only be asked for again.
    if (wake !== undefined) {
      stopTimer = clock.after(Math.ceil(Math.max(0, wake - clock.monotonic())), () => dispatch({ type: 'tick' }));
    }
    step.commands.forEach(carryOut);
  }

  function carryOut(command: C | LinkCommand): void {
    switch (command.type) {
      case 'open':
        // The old port's lock must be gone before the new one is opened.
        void closing
          .then(() => transport.open())
          .then((result) =>
            dispatch(result.ok ? { type: 'opened' } : { type: 'openFailed', detail: result.error.detail }),
          );
        return;
      case 'close':
        machine.onClose();
        closing = transport.close();
        return;
      case 'checkPresence':
        void closing.then(() => transport.isPresent()).then((present) => dispatch({ type: 'presence', present }));
        return;
      default:
        machine.carryOut(command as C);
    }
  }

  return { state: () => state, dispatch, closed: () => closing };
}
