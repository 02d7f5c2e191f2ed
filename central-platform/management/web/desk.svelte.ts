// What every page of the console may use: who sits here, the platform, words, where we are, and how to say something.

import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Failure, Result } from '@kiosk/contract/kernel/result.ts';
import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import { getContext, setContext, untrack } from 'svelte';
import type { ConsoleAnswer, ConsoleRouteName } from '../contract/api.ts';
import type { ConsoleClient } from '../contract/client.ts';
import { mayCall } from '../contract/roles.ts';
import { spanOf } from './format.ts';
import type { Route } from './route.svelte.ts';
import { type Texts, texts } from './texts/texts.ts';

export interface Toast {
  readonly id: number;
  readonly kind: 'fine' | 'fault';
  readonly words: string;
  readonly more: string;
}

const TOAST_MS = { fine: 4_000, fault: 9_000 } as const;
const ATTENTION_EVERY_MS = 20_000;
const LANGUAGE_KEY = 'console-language';

export class Desk {
  readonly api: ConsoleClient;
  readonly route: Route;
  readonly clock: Clock;
  me = $state.raw<ConsoleAnswer<'me'>>();
  /** false until the server has said whether somebody is signed in. */
  asked = $state(false);
  ended = $state(false);
  language = $state<Language>('zh');
  attention = $state.raw<ConsoleAnswer<'attention'>>();
  toasts = $state.raw<readonly Toast[]>([]);
  /** Moves on every so often, so that "3 minutes ago" stays true. */
  now = $state(0);
  /** Questions under way. */
  asking = $state(0);
  /** Counts up when the page should ask again. */
  turn = $state(0);
  #nextToast = 1;

  constructor(clientOf: (send: typeof fetch) => ConsoleClient, route: Route, clock: Clock) {
    this.api = clientOf(async (input, init) => {
      // Counted, not watched: whoever asks from an effect would ask again for having asked.
      untrack(() => this.asking++);
      try {
        return await fetch(input, init);
      } finally {
        this.asking--;
      }
    });
    this.route = route;
    this.clock = clock;
    this.now = clock.now();
    this.language = keptLanguage();
  }

  get t(): Texts {
    return texts[this.language];
  }

  say(words: Words): string {
    return words[this.language];
  }

  setLanguage(language: Language): void {
    this.language = language;
    localStorage.setItem(LANGUAGE_KEY, language);
  }

  may(route: ConsoleRouteName): boolean {
    return this.me !== undefined && mayCall(route, this.me.role);
  }

  /** `3 minutes ago`, or `2 hours left` in the future. */
  ago(instant: number): string {
    return this.t.shell.ago(spanOf(Math.max(0, this.now - instant)));
  }

  words({ code }: Failure): { readonly what: string; readonly next: string } {
    const { depositor, next, technician } = explain(code);
    const staff = code.startsWith('E25');
    return staff
      ? { what: this.say(depositor), next: `${this.say(next)} · ${code}` }
      : { what: this.say(technician), next: code };
  }

  toast(kind: Toast['kind'], words: string, more = ''): void {
    const id = this.#nextToast++;
    this.toasts = [...this.toasts, { id, kind, words, more }];
    this.clock.after(TOAST_MS[kind], () => this.dismiss(id));
  }

  dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  /** Says how it went; the value when it went well. */
  told<T>(result: Result<T>, done: string): T | undefined {
    if (result.ok) {
      this.toast('fine', done);
      this.refresh();
      return result.value;
    }
    this.refused(result.error);
    return undefined;
  }

  refused(error: Failure): void {
    if (error.code === 'E2501') return this.left(true);
    const { what, next } = this.words(error);
    this.toast('fault', what, next);
  }

  refresh(): void {
    this.turn++;
    void this.look();
  }

  entered(me: ConsoleAnswer<'me'>): void {
    this.me = me;
    this.asked = true;
    this.ended = false;
    void this.look();
  }

  left(ended: boolean): void {
    this.me = undefined;
    this.asked = true;
    this.ended = ended;
    this.attention = undefined;
  }

  /** What wants attention, asked again for as long as somebody is here. */
  watch(): () => void {
    let cancel = (): void => undefined;
    const again = (): void => {
      this.now = this.clock.now();
      if (this.me !== undefined && !document.hidden) void this.look();
      cancel = this.clock.after(ATTENTION_EVERY_MS, again);
    };
    cancel = this.clock.after(ATTENTION_EVERY_MS, again);
    return () => cancel();
  }

  async look(): Promise<void> {
    this.now = this.clock.now();
    if (this.me === undefined || this.me.mustChangeSecret) return;
    const answer = await this.api.attention({});
    if (answer.ok) this.attention = answer.value;
    else if (answer.error.code === 'E2501') this.left(true);
  }
}

function keptLanguage(): Language {
  const kept = localStorage.getItem(LANGUAGE_KEY);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

const KEY = Symbol('desk');
export const provideDesk = (desk: Desk): Desk => setContext(KEY, desk);
export const useDesk = (): Desk => getContext<Desk>(KEY);
