import { shanghaiDateTime } from '@kiosk/domain/dates.ts';

/** China time: nobody is told anything between 21:00 and 8:00. */
const QUIET = { from: 21, to: 8 };

/** The instant itself, or the end of the quiet hours it lies in. */
export function outOfQuiet(at: number): number {
  const clock = shanghaiDateTime(at);
  const hour = Number(clock.slice(11, 13));
  if (hour < QUIET.from && hour >= QUIET.to) return at;
  const past = (Number(clock.slice(14, 16)) * 60 + Number(clock.slice(17, 19))) * 1000 + (at % 1000);
  const hours = hour >= QUIET.from ? 24 - hour + QUIET.to : QUIET.to - hour;
  return at - past + hours * 3_600_000;
}
