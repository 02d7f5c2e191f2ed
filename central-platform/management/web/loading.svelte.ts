import type { Failure, Result } from '@kiosk/contract/kernel/result.ts';

/** What a page asks the server, with the three states that a page shows: not there yet, there, refused. */
export class Loading<T> {
  value = $state.raw<T>();
  error = $state.raw<Failure>();
  busy = $state(false);
  #ask: () => Promise<Result<T>>;
  #turn = 0;

  constructor(ask: () => Promise<Result<T>>) {
    this.#ask = ask;
  }

  /** Asks; what was there stays until the answer comes, and a late answer to an older question is dropped. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    const result = await this.#ask();
    if (turn !== this.#turn) return;
    this.busy = false;
    if (result.ok) {
      this.value = result.value;
      this.error = undefined;
    } else this.error = result.error;
  }
}

/** Asks at once and again whenever what the question reads has changed. Call while a component is set up. */
export function loading<T>(ask: () => Promise<Result<T>>): Loading<T> {
  const state = new Loading(ask);
  $effect(() => {
    void state.load();
  });
  return state;
}
