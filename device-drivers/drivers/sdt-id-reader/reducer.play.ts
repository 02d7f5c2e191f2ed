import assert from 'node:assert/strict';
import { syntheticIdNumber } from '@kiosk/domain/synthetic.ts';
import type { CommandName, SdtAnswer } from '../../codec/sdt.ts';
import { reduce, wakeAt } from './reducer.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { type ReaderCommand, type ReaderEvent, type ReaderState, initialState } from './state.ts';

/** For tests: plays events into the reducer, at times of its own, and keeps what it wanted done. */
export class Play {
  state: ReaderState;
  now = 0;
  commands: ReaderCommand[] = [];

  constructor(settings: Settings = DEFAULT_SETTINGS) {
    this.state = initialState(settings);
  }

  tell(event: ReaderEvent): readonly ReaderCommand[] {
    const step = reduce(this.state, event, this.now);
    this.state = step.state;
    this.commands.push(...step.commands);
    return step.commands;
  }

  answer(sw3: number, data = new Uint8Array(0)): readonly ReaderCommand[] {
    return this.tell({ type: 'answer', answer: { sw1: 0, sw2: 0, sw3, data } satisfies SdtAnswer });
  }

  /** Lets time pass to the moment the reducer asked for. */
  wake(): readonly ReaderCommand[] {
    const at = wakeAt(this.state);
    assert.notEqual(at, undefined, 'the reducer sleeps for ever');
    this.now = Math.max(this.now, at!);
    return this.tell({ type: 'tick' });
  }

  ready(): this {
    this.tell({ type: 'start' });
    this.tell({ type: 'opened' });
    this.answer(0x90);
    this.answer(0x90, new Uint8Array(16));
    assert.equal(this.state.health.state, 'ready');
    return this;
  }
}

export const sent = (commands: readonly ReaderCommand[]): CommandName[] =>
  commands.flatMap((command) => (command.type === 'send' ? [command.command] : []));
export const settled = (commands: readonly ReaderCommand[]) =>
  commands.flatMap((c) => (c.type === 'settleRead' ? [c.result.ok ? 'card' : c.result.error.code] : []));

export const CARD = (() => {
  const text = Buffer.alloc(256, Buffer.from(' ', 'utf16le'));
  const fields = { 0: '沈知夏', 30: '2', 32: '01', 36: '19910418', 188: '20200101', 204: '长期' };
  for (const [offset, value] of Object.entries(fields)) text.write(value, Number(offset), 'utf16le');
  text.write(syntheticIdNumber('1991-04-18', 20), 122, 'utf16le');
  return Uint8Array.from([1, 0, 4, 0, ...text, ...new Uint8Array(1024)]);
})();

/** From ready to a card that was read and lies there. */
export function read(play: Play, id: number): void {
  play.tell({ type: 'readWanted', id });
  play.answer(0x9f, new Uint8Array(4));
  play.answer(0x90, new Uint8Array(8));
  assert.deepEqual(settled(play.answer(0x90, CARD)), ['card']);
}
