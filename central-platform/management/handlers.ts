import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { ConsoleAnswer, ConsoleAsked, ConsoleRouteName } from './contract/api.ts';
import type { Caller } from './sessions.ts';

/** What a browser saves. */
export interface SavedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Signing in and out belongs to the server, which holds the cookie. */
export type SessionRoute = 'signIn' | 'me' | 'signOut' | 'changeSecret';

export type ConsoleHandlers = {
  readonly [R in Exclude<ConsoleRouteName, SessionRoute>]: (
    asked: ConsoleAsked<R>,
    caller: Caller,
  ) => Promise<Result<R extends 'exportList' ? SavedFile : ConsoleAnswer<R>>>;
};

/** The handlers of one page. */
export type Handlers<R extends Exclude<ConsoleRouteName, SessionRoute>> = Pick<ConsoleHandlers, R>;
