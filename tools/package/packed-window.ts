// Drives a packed kiosk window from outside. Its fuses leave no debugger in the main process, so what remains is
// Chromium's own remote debugging of the page, spoken directly: the client libraries expect a newer browser.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface PackedWindow {
  /** Evaluates an expression in the page and returns its value. */
  evaluate(expression: string): Promise<unknown>;
  /** Resolves as soon as `expression` is true in the page; rejects after `ms` with what the page shows then. */
  until(expression: string, ms?: number): Promise<void>;
  readonly pid: number;
  /** What the program printed so far. */
  output(): string;
  close(): Promise<void>;
}

/** Starts `executable` on the display given in `env`, as that user where one is given, and waits for its page. */
export async function openPackedWindow(
  executable: string,
  env: NodeJS.ProcessEnv,
  user?: { readonly uid: number; readonly gid: number },
): Promise<PackedWindow> {
  // Chromium has no sandbox for root; everybody else runs inside it.
  const unsandboxed = (user?.uid ?? process.getuid?.()) === 0 ? ['--no-sandbox'] : [];
  const program = spawn(executable, [...unsandboxed, '--disable-gpu', '--remote-debugging-port=0'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  let printed = '';
  program.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString();
  });
  const ended = once(program, 'exit');
  const close = async (): Promise<void> => {
    program.kill('SIGKILL');
    await ended;
  };
  try {
    const address = await debuggerAddress(program.stderr, (line) => {
      printed += `${line}\n`;
    });
    const page = await connect(await pageOf(address));
    const evaluate = (expression: string): Promise<unknown> => page.evaluate(expression);
    return {
      evaluate,
      until: async (expression, ms = 15_000) => {
        const until = performance.now() + ms;
        do {
          // A page that loads takes the question with it; it is asked again of the next document.
          const answer = await evaluate(whenTrue(expression, until - performance.now())).catch(unlessReplaced);
          if (answer === true) return;
        } while (performance.now() < until);
        throw new Error(
          `not true within ${ms} ms: ${expression}\nthe page: ${await evaluate('document.body?.innerText')}`,
        );
      },
      pid: program.pid!,
      output: () => printed,
      close: async () => {
        page.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw new Error(`the packed window did not come up; it printed:\n${printed}`, { cause: error });
  }
}

/** A promise inside the page, woken by each change of the document, so that nobody polls. */
function whenTrue(expression: string, ms: number): string {
  return `new Promise((resolve) => {
    const test = () => { try { return Boolean(${expression}); } catch { return false; } };
    if (test()) return resolve(true);
    const done = (value) => { observer.disconnect(); resolve(value); };
    const observer = new MutationObserver(() => test() && done(true));
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    setTimeout(() => done(test()), ${ms});
  })`;
}

async function debuggerAddress(stderr: NodeJS.ReadableStream, tell: (line: string) => void): Promise<URL> {
  const lines = createInterface({ input: stderr });
  return await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      tell(line);
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(new URL(found));
    });
    lines.on('close', () => reject(new Error('the program ended before its page could be reached')));
  });
}

interface Target {
  readonly type: string;
  readonly webSocketDebuggerUrl?: string;
}

/** The debugger answers before the window opens; each question is answered at once, so the wait is a short one. */
async function pageOf(address: URL): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const targets = (await (await fetch(`http://${address.host}/json/list`)).json()) as Target[];
    const page = targets.find((target) => target.type === 'page');
    if (page?.webSocketDebuggerUrl !== undefined) return page.webSocketDebuggerUrl;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the program opened no page within 10 s');
}

/** The document in which an expression was being evaluated has given way to another. */
class DocumentReplaced extends Error {}

function unlessReplaced(error: unknown): false {
  if (error instanceof DocumentReplaced) return false;
  throw error;
}

interface Answer {
  readonly id: number;
  /** The debugger itself refused, or lost the context of the question. */
  readonly error?: { readonly message: string };
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: unknown };
}

async function connect(
  url: string,
): Promise<{ evaluate: (expression: string) => Promise<unknown>; close: () => void }> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as Answer;
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error !== undefined) caller?.reject(new DocumentReplaced(error.message));
    else if (result?.exceptionDetails === undefined) caller?.resolve(result?.result?.value);
    else caller?.reject(new Error(JSON.stringify(result.exceptionDetails)));
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the page is gone'));
    waiting.clear();
  });
  return {
    evaluate: (expression) =>
      new Promise((resolve, reject) => {
        const id = ++nextId;
        waiting.set(id, { resolve, reject });
        const params = { expression, awaitPromise: true, returnByValue: true };
        socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
      }),
    close: () => socket.close(),
  };
}
