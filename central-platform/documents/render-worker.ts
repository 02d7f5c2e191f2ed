import { parentPort, workerData } from 'node:worker_threads';
import { loadFonts, renderDepositStatement } from '@kiosk/documents/index.ts';
import { placeOf } from '../log.ts';
import type { RenderJob, RenderReply } from './renderer.ts';

const { fontsDir } = workerData as { readonly fontsDir: string };
const fonts = loadFonts(fontsDir);

parentPort!.on('message', ({ id, statement }: RenderJob) => {
  void fonts
    .then((loaded) => renderDepositStatement(statement, loaded))
    .then(
      (result): RenderReply => ({ id, result }),
      (error: unknown): RenderReply => ({ id, failed: placeOf(error) }),
    )
    .then((reply) => parentPort!.postMessage(reply));
});
