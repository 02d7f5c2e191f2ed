import assert from 'node:assert/strict';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import { View, type ScreenName, type ScreenOf } from '@kiosk/contract/screen/view.ts';
import type { Answer, Answers, Ask, Command, Event, Question, Tell } from '../flow/messages.ts';
import { reduce } from '../flow/reduce.ts';
import { type State, initialState } from '../flow/state.ts';
import { viewOf } from '../flow/view.ts';
import { nextWake } from '../flow/wake.ts';
import * as F from './fixtures.ts';

type AskOf<Q extends Question> = Extract<Ask, { do: Q }>;

/** Plays a journey by hand: events and time go in, screens, questions and journal entries can be looked at. */
export class Play {
  state: State;
  readonly commands: Command[] = [];
  /** Questions not answered yet, oldest first. */
  open: Ask[] = [];
  readonly #intentsKept = new Set<string>();
  #mono = 1_000;

  constructor() {
    const time = { now: F.NOW, mono: this.#mono };
    this.state = initialState({ sessionId: 'session-1', identity: F.IDENTITY, version: '0.1.0', time });
  }

  /** A kiosk in service, online, on its first screen. */
  static ready(agent = F.agentSnapshot(), host = F.hostSnapshot()): Play {
    const play = new Play();
    play.send({ type: 'agent', snapshot: agent });
    play.send({ type: 'host', snapshot: host });
    play.send({ type: 'activate' });
    return play;
  }

  /** A person with a card and the right code, in the menu. */
  static identified(agent = F.agentSnapshot(), host = F.hostSnapshot()): Play {
    const play = Play.ready(agent, host).layCard();
    play.answer('sendCode', F.CODE_SENT);
    play.act({ type: 'submitCode', code: '246810' });
    play.answer('checkCode', { accepted: true, identityToken: F.TOKEN, expiresAt: F.NOW + 900_000 });
    return play;
  }

  layCard(card = F.CARD): this {
    const { call } = this.asked('readCard');
    this.send({ type: 'cardProgress', call, step: 'found' });
    this.send({ type: 'cardProgress', call, step: 'reading' });
    return this.answer('readCard', card);
  }

  send(event: Event): this {
    const time = { now: F.NOW + this.#mono, mono: this.#mono };
    const { state, commands } = reduce(this.state, event, time);
    this.state = state;
    for (const command of commands) this.#note(command);
    const view = viewOf(state);
    if (view) {
      const parsed = View.safeParse(view);
      assert.ok(parsed.success, `the view of stage ${state.stage.at} breaks the contract: ${parsed.error?.message}`);
    }
    return this;
  }

  #note(command: Command): void {
    this.commands.push(command);
    if (command.do === 'cancel') this.open = this.open.filter(({ call }) => call !== command.call);
    else if ('call' in command) this.open.push(command);
    if (command.do === 'printDocument' || command.do === 'printSlip') {
      const kept = this.#intentsKept.has(command.operationId);
      assert.ok(kept, `${command.do} ${command.operationId} before the journal kept its intent`);
    }
  }

  act(action: Action): this {
    return this.send({ type: 'action', action });
  }

  /** Moves time on, stopping wherever the session wants to be woken. */
  pass(ms: number): this {
    const end = this.#mono + ms;
    for (let wake = nextWake(this.state); wake !== null && wake <= end; wake = nextWake(this.state)) {
      assert.ok(wake > this.#mono, `stage ${this.state.stage.at} wakes without end`);
      this.#mono = wake;
      this.send({ type: 'time' });
    }
    this.#mono = end;
    return this;
  }

  asked<Q extends Question>(question: Q): AskOf<Q> {
    const found = this.open.find((ask): ask is AskOf<Q> => ask.do === question);
    assert.ok(found, `nothing asks ${question}; open: ${this.open.map((ask) => ask.do).join(', ') || 'nothing'}`);
    return found;
  }

  asks(question: Question): boolean {
    return this.open.some((ask) => ask.do === question);
  }

  settle<Q extends Question>(question: Q, result: Result<Answers[Q]>): this {
    const ask: Ask = this.asked(question);
    this.open = this.open.filter((other) => other !== ask);
    if (ask.do === 'intend' && result.ok && 'operationId' in ask.data) this.#intentsKept.add(ask.data.operationId);
    return this.send({ type: 'answer', to: question, call: ask.call, result } as unknown as Answer);
  }

  answer<Q extends Question>(question: Q, value: Answers[Q]): this {
    return this.settle(question, ok(value));
  }

  fails(question: Question, code: string, detail?: string): this {
    return this.settle(question, fail(code, detail));
  }

  keepIntent(): this {
    return this.answer('intend', { stream: 'business', seq: 1 });
  }

  /** Through the menu to the moment at which the document printer works. */
  startPrinting(): this {
    this.act({ type: 'open', item: 'P01' }).answer('account', F.OVERVIEW);
    this.act({ type: 'choosePeriod', period: F.PERIOD }).answer('issueDocument', F.issuedFacts());
    return this.keepIntent();
  }

  /** A complaint without words of one's own, to the screen that shows it once more. */
  complain(): this {
    this.act({ type: 'open', item: 'S01' }).act({ type: 'choose', id: 'complaint' });
    return this.act({ type: 'choose', id: 'complaint' }).act({ type: 'press', id: 'skip' });
  }

  /** A touch sends what the screen shows. */
  submit(): this {
    return this.act({ type: 'press', id: 'submit' });
  }

  /** The line is there: it has its number, and the platform says what became of it. */
  took(outcome: Partial<PlatformAnswer<'requestOutcome'>> = {}): this {
    this.answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: false });
    return this.answer('askPlatform', { ...F.CASE, ...outcome } as PlatformAnswer<'requestOutcome'>);
  }

  screen<N extends ScreenName>(name: N): ScreenOf<N> {
    const content = viewOf(this.state)?.content;
    assert.equal(content?.screen, name, `wrong screen: ${JSON.stringify(content)}`);
    return content as ScreenOf<N>;
  }

  get frame(): View['frame'] {
    const view = viewOf(this.state);
    assert.ok(view, 'the session shows nothing');
    return view.frame;
  }

  /** Journal entries so far, intents included, in order. */
  get journal(): EntryData[] {
    return this.commands.flatMap((command) =>
      command.do === 'record' || command.do === 'intend' ? [command.data] : [],
    );
  }

  entries<T extends EntryData['type']>(type: T): Extract<EntryData, { type: T }>[] {
    return this.journal.filter((entry): entry is Extract<EntryData, { type: T }> => entry.type === type);
  }

  told<D extends Tell['do']>(name: D): Extract<Tell, { do: D }>[] {
    return this.commands.filter((command): command is Extract<Tell, { do: D }> => command.do === name);
  }
}
