import type { Duplex } from 'node:stream';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { EventName, EventPayload } from '@kiosk/contract/kernel/service.ts';
import { hostService } from '@kiosk/contract/rpc/server.ts';
import { Action } from '@kiosk/contract/screen/action.ts';
import { type Letters, introduce } from '@kiosk/contract/screen/letters.ts';
import { sessionScreen } from '@kiosk/contract/screen/service.ts';
import type { View } from '@kiosk/contract/screen/view.ts';

export interface ScreenOptions {
  readonly token: string;
  readonly onActivate: () => void;
  readonly onAction: (action: Action) => void | Promise<void>;
  readonly onBug?: (command: string, error: unknown) => void;
}

/** The session's end of its screen: in clear for a preview, in letters for the window. */
export function serveScreen({ token, onActivate, onAction, onBug }: ScreenOptions) {
  let view: View | null = null;
  let sealed = false;
  let letters: Letters | undefined;
  /** Done when what was shown before is on its way: sealing takes a moment, and nothing may overtake it. */
  let before: Promise<unknown> = Promise.resolve();

  const host = hostService(sessionScreen, {
    token,
    snapshot: null,
    ...(onBug ? { onBug } : {}),
    handlers: {
      activate(wanted) {
        sealed = wanted.sealed ?? false;
        onActivate();
        return Promise.resolve(ok({}));
      },
      async act(action) {
        await onAction(action);
        return ok({});
      },
      async meet({ publicKey }) {
        const own = await introduce();
        letters = await own.agree(publicKey, 'session');
        return ok({ publicKey: own.publicKey, first: view && (await letters.seal(view)) });
      },
      async letter(letter) {
        const opened = await letters?.open(letter.sealed).catch(() => undefined);
        const action = Action.safeParse(opened);
        if (!action.success) return fail('E9005');
        await onAction(action.data);
        return ok({});
      },
    },
  });

  return {
    show(next: View | null): void {
      view = next;
      if (!sealed) host.publish(next);
      else if (next && letters) before = letters.seal(next).then((letter) => host.emit('letter', { sealed: letter }));
    },
    emit<E extends EventName<typeof sessionScreen>>(name: E, value: EventPayload<typeof sessionScreen, E>): void {
      if (!sealed) host.emit(name, value);
      else before = before.then(() => host.emit(name, value));
    },
    accept: (stream: Duplex) => host.accept(stream),
  };
}
