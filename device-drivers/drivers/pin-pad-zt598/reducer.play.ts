import assert from 'node:assert/strict';
import type { PadAnswer } from '../../codec/zt598.ts';
import { firmware } from '../../codec/zt598-commands.ts';
import { LAYOUTS } from '../../codec/zt598-keys.ts';
import { LINK_TIMES } from '../line/link.ts';
import { reduce, wakeAt } from './reducer.ts';
import { type PadCommand, type PadEvent, type PadSetup, type PadState, type PinWish, initialState } from './state.ts';

export const SETUP: PadSetup = {
  layout: LAYOUTS.standard,
  pinSlots: { iso0: 0x30, sm4: 0x50 },
  uid: '8'.repeat(32),
  backspace: true,
  times: { ...LINK_TIMES, answer: 1_000, heartbeat: 3_000, quiet: 200 },
};
export const WISH = { format: 'sm4', panDigits: '9'.repeat(12), minDigits: 4, maxDigits: 6 } as const;

/** For tests: plays events into the reducer, at times of its own, and keeps what it wanted done. */
export class Play {
  state: PadState;
  now = 0;
  commands: PadCommand[] = [];

  constructor(setup: PadSetup = SETUP) {
    this.state = initialState(setup);
  }

  tell(event: PadEvent): readonly PadCommand[] {
    const step = reduce(this.state, event, this.now);
    this.state = step.state;
    this.commands.push(...step.commands);
    return step.commands;
  }

  /** Answers what is in flight, as a good pad does. */
  answerWell(): readonly PadCommand[] {
    const data: Readonly<Record<string, string>> = {
      status: 'PAD00001',
      'install flag': 'N00',
      'authentication, random': '1'.repeat(16) + '2'.repeat(16),
      'authentication, key': '3'.repeat(32),
      'read block': `0104${'AB'.repeat(this.#blockBytes())}`,
      firmware: 'F'.repeat(100),
    };
    return this.answer(0x60, data[this.state.inFlight?.request.name ?? ''] ?? '');
  }

  answer(rtn: number, data = ''): readonly PadCommand[] {
    return this.tell({ type: 'answer', answer: { rtn, data: Buffer.from(data) } satisfies PadAnswer });
  }

  #blockBytes(): number {
    const { job } = this.state;
    return job?.kind.is === 'pin' && job.kind.wish.format === 'iso0' ? 8 : 16;
  }

  wake(): readonly PadCommand[] {
    const at = wakeAt(this.state);
    assert.notEqual(at, undefined, 'the reducer sleeps for ever');
    this.now = Math.max(this.now, at!);
    return this.tell({ type: 'tick' });
  }

  ready(): this {
    this.tell({ type: 'start' });
    this.tell({ type: 'opened' });
    this.answerAll();
    assert.equal(this.state.health.state, 'ready');
    return this;
  }

  /** Somebody wants a PIN. */
  wantPin(id = 1, wish: PinWish = WISH): readonly PadCommand[] {
    return this.tell({ type: 'wanted', id, kind: { is: 'pin', wish, phase: 'opening', count: 0 }, steps: [] });
  }

  wantKeys(id = 1): readonly PadCommand[] {
    return this.tell({ type: 'wanted', id, kind: { is: 'keys', phase: 'opening' }, steps: [] });
  }

  /** Key management or a self-test wants one answer. */
  ask(id = 1): readonly PadCommand[] {
    return this.tell({ type: 'wanted', id, kind: { is: 'ask' }, steps: [{ is: 'send', request: firmware }] });
  }

  typing(wish: PinWish = WISH): this {
    this.wantPin(1, wish);
    this.answerAll();
    return this;
  }

  listening(): this {
    this.wantKeys();
    this.answerAll();
    return this;
  }

  answerAll(): void {
    while (this.state.inFlight) this.answerWell();
  }

  press(text: string): readonly PadCommand[] {
    return [...Buffer.from(text, 'latin1')].flatMap((byte) => this.tell({ type: 'byte', byte }));
  }
}

export const sent = (commands: readonly PadCommand[]) =>
  commands.flatMap((c) => (c.type === 'send' ? [c.request.name] : []));
export const settled = (commands: readonly PadCommand[]) =>
  commands.flatMap((c) => (c.type === 'settle' ? [c.result.ok ? c.result.value.is : c.result.error.code] : []));
