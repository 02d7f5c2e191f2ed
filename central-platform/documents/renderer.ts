import { Worker } from 'node:worker_threads';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { DocumentKindName, PaperInput } from '@kiosk/documents/index.ts';
import { placeOf, type Log } from '../log.ts';
import type { Rendered } from './seal/provider.ts';

export interface RenderedPages extends Rendered {
  readonly pages: number;
}

/** Renders off the thread that serves: a page with a Chinese font takes long enough to make other terminals wait. */
export interface Renderer {
  /** Errors: E5201 rendering failed, E5204 the fonts lack a character. */
  render(kind: DocumentKindName, content: unknown, paper: PaperInput): Promise<Result<RenderedPages>>;
  close(): Promise<void>;
}

export interface RenderSettings {
  readonly fontsDir: string;
  /** Shared with the seal alone; read by the worker itself. Absent: nothing is signed. */
  readonly proofKeyFile: string | undefined;
}
export interface RenderJob {
  readonly id: number;
  readonly kind: DocumentKindName;
  readonly content: unknown;
  readonly paper: PaperInput;
}
export type RenderReply =
  { readonly id: number; readonly result: Result<RenderedPages> } | { readonly id: number; readonly failed: string };

/** One worker with the fonts loaded, started with the first document and started again should it die. */
export function workerRenderer(settings: RenderSettings, log: Log): Renderer {
  let worker: Worker | undefined;
  let nextId = 1;
  const waiting = new Map<number, (result: Result<RenderedPages>) => void>();

  function settle(id: number, result: Result<RenderedPages>): void {
    waiting.get(id)?.(result);
    waiting.delete(id);
  }

  function start(): Worker {
    const started = new Worker(new URL('./render-worker.ts', import.meta.url), { workerData: settings });
    started.on('message', (reply: RenderReply) => {
      if ('result' in reply) return settle(reply.id, reply.result);
      log({ event: 'render.failed', code: 'E5201', detail: reply.failed });
      settle(reply.id, fail('E5201'));
    });
    started.on('error', (error) => log({ event: 'render.failed', code: 'E5201', detail: placeOf(error) }));
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      for (const id of [...waiting.keys()]) settle(id, fail('E5201', 'render worker ended'));
    });
    return started;
  }

  return {
    render(kind, content, paper) {
      worker ??= start();
      const id = nextId++;
      const answered = new Promise<Result<RenderedPages>>((resolve) => waiting.set(id, resolve));
      worker.postMessage({ id, kind, content, paper } satisfies RenderJob);
      return answered;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
