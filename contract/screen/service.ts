import { z } from 'zod';
import { defineService } from '../kernel/service.ts';
import { ScreenKey } from '../services/devices.ts';
import { Action } from './action.ts';
import { View } from './view.ts';

const Base64 = z.string().max(16_777_216);
export const Letter = z.object({ sealed: Base64 });
export type Letter = z.infer<typeof Letter>;
/** What a screen hears of the session that it met. */
export const Meeting = z.object({ publicKey: Base64, first: Base64.nullable() });
export type Meeting = z.infer<typeof Meeting>;

/**
 * What a session process offers the program that holds the window. A session is started in reserve, is activated when
 * its window is shown, and is killed when it says `ended`: memory is cleared by ending the process that held it. A
 * session that was activated `sealed` shows nothing in a snapshot: its screen meets it, and views and actions go as letters
 * (letters.ts), which the program between them cannot read.
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
    /** A view, for the screen that was met. */
    letter: Letter,
  },
  commands: {
    activate: { input: z.object({ sealed: z.boolean().optional() }), output: z.object({}), deadlineMs: 5_000 },
    act: { input: Action, output: z.object({}), deadlineMs: 5_000 },
    /** The screen's public key for the session's, and the view of the moment as the first letter. */
    meet: { input: z.object({ publicKey: Base64 }), output: Meeting, deadlineMs: 5_000 },
    /** An action. E9005: not one, or no letter of the screen that was met. */
    letter: { input: Letter, output: z.object({}), deadlineMs: 5_000 },
  },
});
