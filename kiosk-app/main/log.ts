import { type Clock, systemClock } from '@kiosk/contract/kernel/clock.ts';

export type Log = (event: string, detail?: Readonly<Record<string, unknown>>) => void;

/** One JSON object a line on standard error, for the supervisor's log. Never holds what a person typed or saw. */
export function stderrLog(program: string, clock: Clock = systemClock): Log {
  return (event, detail = {}) => {
    process.stderr.write(`${JSON.stringify({ at: new Date(clock.now()).toISOString(), program, event, ...detail })}\n`);
  };
}
