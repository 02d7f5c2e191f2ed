import type { TaskFindings } from './task.ts';

/** Distinct states by what was being done, over all tasks. */
export class Tally {
  readonly #seen = new Set<string>();
  readonly #scenarios = new Map<string, number>();
  events = 0;

  /** Continues one that was written down: its states, eight bytes each, and how they fell to scenarios. */
  static from(states: Buffer, scenarios: Readonly<Record<string, number>>): Tally {
    const tally = new Tally();
    for (let at = 0; at < states.length; at += 8) tally.#seen.add(states.toString('latin1', at, at + 8));
    for (const [scenario, count] of Object.entries(scenarios)) tally.#scenarios.set(scenario, count);
    return tally;
  }

  get states(): number {
    return this.#seen.size;
  }

  get scenarios(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#scenarios].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Gives the states that were new, eight bytes each. */
  add({ states, events }: TaskFindings): Buffer {
    const fresh: string[] = [];
    this.events += events;
    for (const [scenario, keys] of Object.entries(states)) {
      for (const key of keys) {
        if (this.#seen.has(key)) continue;
        this.#seen.add(key);
        fresh.push(key);
        this.#scenarios.set(scenario, (this.#scenarios.get(scenario) ?? 0) + 1);
      }
    }
    return Buffer.from(fresh.join(''), 'latin1');
  }

  /** One line a scenario, for people. */
  table(): string {
    const rows: (readonly [string, number])[] = [...Object.entries(this.scenarios), ['together', this.states]];
    return rows.map(([name, count]) => `${name.padEnd(22)}${String(count).padStart(9)}`).join('\n');
  }
}
