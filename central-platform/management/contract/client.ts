import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import { type ConsoleAnswer, type ConsoleRequest, type ConsoleRouteName, consoleRoutes } from './api.ts';
import { FILE } from './route.ts';

export type ConsoleClient = {
  readonly [R in ConsoleRouteName]: (request: ConsoleRequest<R>) => Promise<Result<ConsoleAnswer<R>>>;
} & {
  /** For every POST after sign-in; `signIn`, `me` and `changeSecret` set it by themselves. */
  setCsrfToken(token: string): void;
  /** Address of a GET, for a link that saves a file. */
  urlOf<R extends ConsoleRouteName>(route: R, request: ConsoleRequest<R>): string;
};

const Refusal = z.object({ code: z.string(), detail: z.string().optional() });

/**
 * The console's routes as functions. Errors: what the server refuses by its code; E3101 not reachable; E9008 an answer that
 * breaks the contract. `base` is '' in the browser; `send` is fetch, or a test's with a cookie jar.
 */
export function consoleClient(base = '', send: typeof fetch = (input, init) => fetch(input, init)): ConsoleClient {
  let csrfToken = '';

  function addressed(name: ConsoleRouteName, request: Record<string, unknown>) {
    const named = new Set<string>();
    const path = consoleRoutes[name].path.replace(/:(\w+)/g, (_, key: string) => {
      named.add(key);
      return encodeURIComponent(String(request[key]));
    });
    const rest = Object.fromEntries(Object.entries(request).filter(([key]) => !named.has(key)));
    if (consoleRoutes[name].method === 'POST') return { url: base + path, rest };
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
    return { url: base + path + (query === '' ? '' : `?${query}`), rest };
  }

  async function call(name: ConsoleRouteName, request: Record<string, unknown>): Promise<Result<unknown>> {
    const { method, answer } = consoleRoutes[name];
    const { url, rest } = addressed(name, request);
    let response: Response;
    try {
      response = await send(url, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        ...(method === 'POST' && {
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
          body: JSON.stringify(rest),
        }),
      });
    } catch {
      return fail('E3101');
    }
    if (response.ok && answer === (FILE as unknown)) return ok(await response.blob());
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      const refusal = Refusal.safeParse(body);
      return refusal.success
        ? fail(refusal.data.code, refusal.data.detail)
        : fail('E3103', `status ${response.status}`);
    }
    const parsed = answer.safeParse(body);
    if (!parsed.success) return fail('E9008', parsed.error.issues[0]?.path.join('.'));
    const token = (parsed.data as { csrfToken?: unknown }).csrfToken;
    if (typeof token === 'string') csrfToken = token;
    return ok(parsed.data);
  }

  const routes = Object.fromEntries(
    (Object.keys(consoleRoutes) as ConsoleRouteName[]).map((name) => [
      name,
      (request: Record<string, unknown>) => call(name, request),
    ]),
  );
  return Object.assign(routes, {
    setCsrfToken: (token: string) => void (csrfToken = token),
    urlOf: (name: ConsoleRouteName, request: Record<string, unknown>) => addressed(name, request).url,
  }) as unknown as ConsoleClient;
}
