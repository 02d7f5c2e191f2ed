import { type ConsoleClient, consoleClient } from '../management/contract/client.ts';
import { CONSOLE_SECRET } from './console-seed.ts';

/** A browser's part of the console in a test: a client with a cookie jar of its own. */
export function consoleBrowser(url: string): ConsoleClient & { cookie: string } {
  const jar = { cookie: '' };
  const client = consoleClient(url, async (input, init) => {
    const headers = { ...(init?.headers as Record<string, string> | undefined), cookie: jar.cookie };
    const response = await fetch(input, { ...init, headers });
    const set = response.headers.get('set-cookie');
    if (set !== null) jar.cookie = set.split(';')[0]!;
    return response;
  });
  return Object.defineProperty(client, 'cookie', { get: () => jar.cookie }) as ConsoleClient & { cookie: string };
}

export async function signedIn(
  url: string,
  login: string,
  secret = CONSOLE_SECRET,
): Promise<ConsoleClient & { cookie: string }> {
  const browser = consoleBrowser(url);
  const me = await browser.signIn({ login, secret });
  if (!me.ok) throw new Error(`${login} cannot sign in: ${me.error.code}`);
  return browser;
}

/** The value, or the refusal as an error. */
export async function got<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: { code: string; detail?: string | undefined } }>,
): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

export async function refusal(answer: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string | undefined> {
  return (await answer).error?.code;
}
