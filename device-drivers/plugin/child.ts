import { MessageReader, encodeMessage } from './frames.ts';
import type { Hello, Request } from './messages.ts';

/** What a method answers: a result, or a word for why it cannot. */
export type MethodAnswer = { readonly result: Record<string, unknown> } | { readonly problem: string };
export type Methods = Readonly<Record<string, (params: Request['params']) => MethodAnswer>>;

/** The child's end of the protocol, for plug-ins written in TypeScript. Ends when the host closes the pipe. */
export function servePlugin(hello: Omit<Hello, 'protocol'>, methods: Methods): void {
  const reader = new MessageReader();
  const say = (message: unknown) => process.stdout.write(encodeMessage(message));
  process.stdin.on('data', (chunk) => {
    const requests = reader.push(chunk as Buffer);
    if (!requests.ok) return process.exit(1);
    for (const request of requests.value as Request[]) {
      const method = methods[request.method];
      say({ id: request.id, ...(method ? method(request.params) : { problem: 'method not known' }) });
    }
    return undefined;
  });
  process.stdin.on('end', () => process.exit(0));
  say({ protocol: 1, ...hello });
}
