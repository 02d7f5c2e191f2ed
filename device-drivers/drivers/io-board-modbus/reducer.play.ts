import assert from 'node:assert/strict';
import { LINK_TIMES } from '../line/link.ts';
import { type InputName, RegisterMap } from './map.ts';
import { type BoardCommand, type BoardEvent, type BoardState, initialState, reduce, wakeAt } from './reducer.ts';

export const TIMES = { ...LINK_TIMES, poll: 200, verify: 3_000 };

/** For tests: plays events into the reducer, and a board that does what it is told. */
export class Play {
  state: BoardState;
  now = 0;

  constructor(map: RegisterMap = RegisterMap.parse({})) {
    this.state = initialState({ map, times: TIMES });
  }

  tell(event: BoardEvent): readonly BoardCommand[] {
    const step = reduce(this.state, event, this.now);
    this.state = step.state;
    return step.commands;
  }

  /** Carries out exchanges until the board has nothing to say; gives the writes. */
  settle(commands: readonly BoardCommand[], readings = new Map<InputName, boolean>()): string[] {
    const writes: string[] = [];
    for (let next = commands; ;) {
      const exchange = next.flatMap((c) => (c.type === 'exchange' ? [c.exchange] : []))[0];
      if (!exchange) return writes;
      if (exchange.is === 'readInputs') next = this.tell({ type: 'inputsRead', readings });
      else if (exchange.is !== 'write') next = this.tell({ type: 'verified', values: this.state.shown });
      else {
        writes.push(`${exchange.output.name}=${exchange.value}`);
        next = this.tell({ type: 'written', output: exchange.output, value: exchange.value });
      }
    }
  }

  ready(): this {
    this.tell({ type: 'start' });
    this.settle(this.tell({ type: 'opened' }));
    assert.equal(this.state.health.state, 'ready');
    return this;
  }

  wake(): string[] {
    this.now = Math.max(this.now, wakeAt(this.state)!);
    return this.settle(this.tell({ type: 'tick' }));
  }
}
