export interface TogetherOptions<Q, A> {
  /** What one group may weigh; a question that weighs more goes alone. */
  readonly most: number;
  /** Rows, or whatever makes a group slow; 1 where nothing is said. */
  readonly weight?: (question: Q) => number;
  /** Groups under way at once. */
  readonly atOnce: number;
  /** Two questions with the same key never stand in one group. */
  readonly key: (question: Q) => string;
  /** Answers in the order of the questions. */
  readonly ask: (group: readonly Q[]) => Promise<readonly A[]>;
  /** Whether it is worth asking one by one what failed together: not when nobody answers at all. */
  readonly oneByOne: (error: unknown) => boolean;
}

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts what many callers ask at the same moment to the database as one question, and gives each its own answer. Who
 * comes alone waits for nobody; while groups are under way the next one gathers, so that the group grows with the load and
 * each caller costs the less the more there are. One bad question harms no other: what failed together is asked one by one.
 */
export function together<Q, A>(options: TogetherOptions<Q, A>): (question: Q) => Promise<A> {
  const { most, atOnce, key, ask, oneByOne, weight = () => 1 } = options;
  let waiting: Waiting<Q, A>[] = [];
  let underWay = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || underWay >= atOnce || waiting.length === 0) return;
    scheduled = true;
    // After everything that came in the same turn.
    setImmediate(() => {
      scheduled = false;
      const group = nextGroup();
      underWay++;
      void settle(group).finally(() => {
        underWay--;
        schedule();
      });
      schedule();
    });
  }

  function nextGroup(): readonly Waiting<Q, A>[] {
    const group = new Map<string, Waiting<Q, A>>();
    const rest: Waiting<Q, A>[] = [];
    let room = most;
    for (const one of waiting) {
      const its = key(one.question);
      const fits = group.size === 0 || weight(one.question) <= room;
      if (!fits || group.has(its)) {
        rest.push(one);
        continue;
      }
      group.set(its, one);
      room -= weight(one.question);
    }
    waiting = rest;
    return [...group.values()];
  }

  async function settle(group: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await ask(group.map(({ question }) => question));
      group.forEach(({ resolve }, i) => resolve(answers[i]!));
    } catch (error) {
      if (group.length === 1 || !oneByOne(error)) return group.forEach(({ reject }) => reject(error));
      for (const one of group) await settle([one]);
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      schedule();
    });
}
