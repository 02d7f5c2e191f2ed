/** The way through a list that the server hands out from the newest on, page by page, and back again. */
export class Pages {
  #befores = $state.raw<readonly string[]>([]);

  get number(): number {
    return this.#befores.length + 1;
  }

  get asked(): { readonly before?: string } {
    const before = this.#befores.at(-1);
    return before === undefined ? {} : { before };
  }

  first(): void {
    this.#befores = [];
  }

  newer(): (() => void) | undefined {
    return this.#befores.length === 0 ? undefined : () => void (this.#befores = this.#befores.slice(0, -1));
  }

  older(next: string | null | undefined): (() => void) | undefined {
    return typeof next === 'string' ? () => void (this.#befores = [...this.#befores, next]) : undefined;
  }
}
