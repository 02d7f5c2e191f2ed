import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import type { CoreSystem } from '../core/core-system.ts';
import type { Asked, GateFacts } from '../gateway/gates/facts.ts';
import { type GateAnswer, passGates } from '../gateway/gates/gates.ts';
import { useHash } from '../gateway/gates/uses.ts';
import { type Log } from '../log.ts';
import { type WebAnswer, type WebRouteName, type WebRoutes, webRoutes } from './contract.ts';
import type { WebCall, WebHandlers } from './handlers.ts';
import type { Vault } from '../vault.ts';
import type { SignIn } from './sign-in.ts';

/** Who calls: the application and what it proved, where from, and the session it brought. */
export interface Calling extends Pick<Asked, 'applicationId' | 'channel' | 'keyProven' | 'token'> {
  readonly address: string;
  readonly session: string;
}

export type Dispatched<T> = { readonly gate: GateAnswer } | { readonly gate?: undefined; readonly result: Result<T> };

/** One way in for the web API and for our own pages: gates, then the session, then what was asked, then the handler. */
export interface Dispatch {
  call<R extends WebRouteName>(name: R, calling: Calling, asked: unknown): Promise<Dispatched<WebAnswer<R>>>;
}

export interface DispatchParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly centreId: string;
  readonly facts: GateFacts;
  readonly signIn: SignIn;
  readonly core: Pick<CoreSystem, 'get'>;
  readonly handlers: WebHandlers;
  readonly vault: Vault;
}

const Operation = z.object({ operationId: z.string() });

export function createDispatch(parts: DispatchParts): Dispatch {
  const { clock, log, centreId, facts, signIn, core, handlers, vault } = parts;

  async function identified(name: WebRouteName, { channel, address, session }: Calling): Promise<Result<WebCall>> {
    const { auth } = webRoutes[name];
    const call = { channel, address, session, person: undefined, unit: undefined };
    if (auth === 'app') return ok(call);
    const who = await signIn.who(channel, auth, session);
    if (!who.ok) return who;
    if (auth === 'unit') return ok({ ...call, unit: who.value });
    const person = await core.get(who.value);
    if (!person.ok) return person;
    return person.value ? ok({ ...call, person: person.value }) : fail('E2609');
  }

  /** Of somebody who is signed in; a visit, or an operation that is named, is one use. */
  async function useOf(name: WebRouteName, { channel, session }: Calling, given: unknown) {
    if (webRoutes[name].auth !== 'person') return undefined;
    const who = await signIn.who(channel, 'person', session);
    if (!who.ok) return undefined;
    const operation = Operation.safeParse(given).data?.operationId;
    const day = shanghaiDate(clock.now());
    return {
      person: useHash(vault, day, who.value),
      act: useHash(vault, day, `web ${operation ?? `${session} ${name}`}`),
    };
  }

  async function run<R extends WebRouteName>(name: R, calling: Calling, given: unknown): Promise<Result<WebAnswer<R>>> {
    const call = await identified(name, calling);
    if (!call.ok) return call;
    const asked = webRoutes[name].request.safeParse(given);
    if (!asked.success) return fail('E9005', placesOf(asked.error));
    const result = await handlers[name](call.value, asked.data as z.output<WebRoutes[R]['request']>);
    if (!result.ok) return result;
    const answer = webRoutes[name].answer.safeParse(result.value);
    if (answer.success) return ok(answer.data as WebAnswer<R>);
    log({ event: 'bug', code: 'E9008', route: name, detail: placesOf(answer.error) });
    return fail('E9008');
  }

  return {
    async call(name, calling, given) {
      const { applicationId, channel, keyProven, token } = calling;
      const { item } = webRoutes[name];
      const asked = { applicationId, channel, keyProven, token, centreId, item, interfaceName: name, amountFen: null };
      let release = async (): Promise<void> => {};
      const use = () => useOf(name, calling, given);
      const gate = await passGates(facts, { ...asked, use }, clock.now(), (back) => (release = back));
      if (gate) return { gate };
      const result = await run(name, calling, given);
      if (!result.ok) await release();
      log({ event: 'web', route: name, detail: `channel ${channel}`, code: result.ok ? undefined : result.error.code });
      return { result };
    },
  };
}

/** Where and what kind, never the value. */
export function placesOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.code}`)
    .join('; ');
}
