import type { ProgramName } from '@kiosk/tools/dev/stack.ts';
import type { Errand } from './person.ts';
import type { Terminal } from './terminal.ts';
import { commandOf, processTree } from './traces.ts';

/** What can be killed: every program of the terminal, the platform, and the session of the depositor by itself. */
export type Victim = Exclude<ProgramName, 'window'> | 'session';

export const VICTIMS: readonly Victim[] = ['central-platform', 'device-host', 'sync-agent', 'preview', 'session'];

/** The screens of each story in their order; the ones that pass by themselves are there for a moment only. */
export const STORY: Readonly<Record<Errand['kind'], readonly string[]>> = {
  complaint: ['attract', 'choices', 'entry', 'sheet', 'working', 'accepted', 'rate', 'goodbye'],
  statement: [
    ...['attract', 'readingCard', 'working', 'enterCode', 'menu', 'period', 'printing', 'printed'],
    ...['rate', 'goodbye'],
  ],
};

/** SIGKILL. False: there is no such process now. */
export function kill(terminal: Terminal, victim: Victim): boolean {
  if (victim !== 'session') {
    terminal.stack.programs.get(victim)!.kill();
    return true;
  }
  const preview = terminal.stack.programs.get('preview')!.state.pid;
  // The eldest is the one that is shown, the other waits in reserve.
  const [session] = (preview === null ? [] : processTree(preview))
    .filter((pid) => /session\/main/.test(commandOf(pid)))
    .toSorted((a, b) => a - b);
  if (session === undefined) return false;
  process.kill(session, 'SIGKILL');
  return true;
}

/** Calls `then` once, when this screen is seen for the first time. */
export function atScreen(wanted: string, then: () => void): (screen: string) => void {
  let seen = false;
  return (screen) => {
    if (seen || screen !== wanted) return;
    seen = true;
    then();
  };
}
