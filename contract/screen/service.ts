import { z } from 'zod';
import { defineService } from '../kernel/service.ts';
import { ScreenKey } from '../services/devices.ts';
import { Action } from './action.ts';
import { View } from './view.ts';

/**
 * What a session process offers the program that holds the window. A session is started in reserve, is activated when
 * its window is shown, and is killed when it says `ended`: memory is cleared by ending the process that held it.
 */
export const sessionScreen = defineService({
  name: 'session-screen',
  snapshot: View.nullable(),
  events: {
    /** Kill the session and its renderer and bring up the reserve. */
    ended: z.object({ reason: z.string() }),
    /** A sound for a moment that must be heard: attention (time runs out), taken, done, failed. */
    sound: z.object({ name: z.enum(['attention', 'cardRead', 'done', 'failed']) }),
    /** A tactile key of the PIN pad, for people who cannot see the screen; never while a PIN is entered. */
    key: z.object({ key: ScreenKey }),
  },
  commands: {
    activate: { input: z.object({}), output: z.object({}), deadlineMs: 5_000 },
    act: { input: Action, output: z.object({}), deadlineMs: 5_000 },
  },
});
