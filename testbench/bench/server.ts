import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { Bench, type BenchOptions } from './bench.ts';

export interface BenchServer {
  readonly url: string;
  readonly bench: Bench;
  /** Something outside the bench changed (a program ended or came back): tell the page. */
  changed(): void;
  close(): Promise<void>;
}

const page = join(import.meta.dirname, 'page');
const fonts = join(import.meta.dirname, '../../assets/fonts');

/** The test bench's page and the few calls behind it, on loopback only. */
export async function startBench(options: BenchOptions & { readonly port: number }): Promise<BenchServer> {
  const bench = new Bench(options);
  const server = Fastify({ forceCloseConnections: true });
  const url = `http://localhost:${options.port}`;
  const own = new Set([`localhost:${options.port}`, `127.0.0.1:${options.port}`]);
  // A page elsewhere in the developer's browser must not be able to drive the bench (DNS rebinding, cross-site posts).
  server.addHook('onRequest', async (request, reply) => {
    const origin = request.headers.origin;
    if (!own.has(request.headers.host ?? '') || (origin && !own.has(origin.replace(/^http:\/\//, '')))) {
      return reply.code(403).send('loopback only');
    }
    return undefined;
  });

  server.get('/', (_q, reply) => reply.type('text/html; charset=utf-8').send(readFileSync(join(page, 'index.html'))));
  for (const sheet of ['bench.css', 'cabinet.css']) {
    server.get(`/${sheet}`, (_q, reply) => reply.type('text/css').send(readFileSync(join(page, sheet))));
  }
  for (const module of readdirSync(page).filter((file) => file.endsWith('.ts'))) {
    server.get(`/page/${module}`, async (_q, reply) => reply.type('text/javascript').send(await script(module)));
  }
  server.get<{ Params: { weight: string } }>('/fonts/:weight.ttf', (request, reply) => {
    const weight = request.params.weight === 'Bold' ? 'Bold' : 'Regular';
    return reply
      .type('font/ttf')
      .header('cache-control', 'max-age=3600')
      .send(readFileSync(join(fonts, `NotoSansSC-${weight}.ttf`)));
  });

  server.get('/state', async () => bench.state());
  server.get('/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const off = bench.onChange((state) => reply.raw.write(`data: ${JSON.stringify(state)}\n\n`));
    request.raw.on('close', off);
  });
  server.post<{ Body: { action: string; value?: unknown } }>('/do', async (request, reply) => {
    try {
      await bench.act(request.body.action, request.body.value);
      return { ok: true };
    } catch (error) {
      return reply.code(400).send({ ok: false, why: error instanceof Error ? error.message : String(error) });
    }
  });
  server.get<{ Params: { job: string; page: string } }>('/pages/:job/:page.png', async (request, reply) => {
    const picture = await bench.page(Number(request.params.job), Number(request.params.page));
    return picture ? reply.type('image/png').send(readFileSync(picture)) : reply.code(404).send('no such page');
  });
  server.get<{ Params: { job: string } }>('/pages/:job.pdf', async (request, reply) => {
    const pdf = await bench.pdf(Number(request.params.job));
    return pdf ? reply.type('application/pdf').send(readFileSync(pdf)) : reply.code(404).send('no such job');
  });

  await server.listen({ host: '127.0.0.1', port: options.port });
  return {
    url,
    bench,
    changed: () => bench.changed(),
    async close() {
      bench.close();
      await server.close();
    },
  };
}

/** A module of the page's program without its types. The compiler is loaded only when somebody opens the page. */
async function script(file: string): Promise<string> {
  const { default: ts } = await import('typescript');
  const { ES2023: target, ESNext: module } = { ...ts.ScriptTarget, ...ts.ModuleKind };
  const source = readFileSync(join(page, file), 'utf8');
  return ts.transpileModule(source, { compilerOptions: { target, module, verbatimModuleSyntax: true } }).outputText;
}
