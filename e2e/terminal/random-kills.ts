import { type Log, atWrite } from './moments.ts';
import { type Errand, visit } from './person.ts';
import { keepsItsWord } from './promises.ts';
import type { Terminal } from './terminal.ts';
import { STORY, VICTIMS, type Victim, atScreen, kill } from './victims.ts';

const LOGS: readonly Log[] = ['journal', 'operations', 'platform'];
const PEOPLE = ['ordinary', 'rare-character', 'middle-dot', 'card-without-end', 'supplementary-plane'];
/** The supervisor gives up at five exits within five minutes, as it should. */
const KILLS = 4;
const WITHIN_MS = 300_000;

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/**
 * Visits one after the other, while a program is killed at a random write of a random log or on a random screen, and the
 * line goes down and comes back. In the end the terminal is held to its word. Failures tell the seed and the rounds, and so does what is
 * returned.
 */
export async function randomKills(terminal: Terminal, seed: number, rounds: number): Promise<string> {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)]!;
  const kills = new Map<Victim, number[]>();
  const told = { requests: [] as string[], documents: [] as string[] };
  const story: string[] = [];
  const how = () => `seed ${seed}; ${story.join('; ')}`;

  for (let round = 1; round <= rounds; round++) {
    const cut = random(3) === 0;
    const errand: Errand = cut || random(2) === 0 ? { kind: 'complaint' } : { kind: 'statement', person: pick(PEOPLE) };
    const [victim, log, write] = [pick(VICTIMS), pick(LOGS), 1 + random(12)];
    const recent = (kills.get(victim) ?? []).filter((at) => Date.now() - at < WITHIN_MS);
    const screen = random(2) === 0 ? pick(STORY[errand.kind]) : undefined;
    const when = screen === undefined ? `at write ${write} of ${log}` : `on ${screen}`;
    story.push(`${round}: ${errand.kind}${cut ? ' offline' : ''}, ${victim} ${when}`);
    const strike = () => {
      if (recent.length >= KILLS || !kill(terminal, victim)) return;
      kills.set(victim, [...recent, Date.now()]);
      story.push('killed');
    };
    const giveUp = screen === undefined ? atWrite(terminal.stack, log, write, strike) : () => {};
    try {
      await terminal.link(cut ? 'cut' : 'up');
      if (errand.kind === 'statement') await terminal.online();
      const heard = await visit(terminal, errand, screen === undefined ? undefined : atScreen(screen, strike));
      told.requests.push(...heard.requests);
      told.documents.push(...heard.documents);
    } catch (error) {
      throw new Error(`${how()}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    } finally {
      giveUp();
    }
  }
  await terminal.link('up');
  await visit(terminal, { kind: 'complaint' }).then(({ requests }) => told.requests.push(...requests));
  await keepsItsWord(terminal, told, how());
  return `${how()}; ${told.requests.length} requests, ${told.documents.length} documents`;
}
