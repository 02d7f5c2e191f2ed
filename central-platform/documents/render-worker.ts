import { parentPort, workerData } from 'node:worker_threads';
import { loadFonts, renderDocument } from '@kiosk/documents/index.ts';
import { placeOf } from '../log.ts';
import type { RenderJob, RenderReply, RenderSettings } from './renderer.ts';
import { readProofKey } from './seal/proof.ts';

const { fontsDir, proofKeyFile } = workerData as RenderSettings;
const fonts = loadFonts(fontsDir);
const NO_PROOF = new Uint8Array();
const proof = proofKeyFile === undefined ? undefined : readProofKey(proofKeyFile);

parentPort!.on('message', ({ id, kind, content, paper }: RenderJob) => {
  void fonts
    .then((loaded) => renderDocument({ kind, content }, paper, loaded))
    .then(
      (result): RenderReply => ({
        id,
        result: result.ok
          ? { ok: true, value: { ...result.value, proof: proof?.prove(result.value.bytes) ?? NO_PROOF } }
          : result,
      }),
      (error: unknown): RenderReply => ({ id, failed: placeOf(error) }),
    )
    .then((reply) => parentPort!.postMessage(reply));
});
