import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { z } from 'zod';
import { type Plugin, can } from './host.ts';
import { type Capability, RESULTS } from './messages.ts';

/** Rows from the top, three bytes a pixel: red, green, blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

type Options = { readonly signal?: AbortSignal };

/** What vendors' libraries do for the kiosk. Every error is E1701, or the signal's own. Scores go from 0 to 1. */
export interface VendorCapabilities {
  /** The 1024 bytes of the chip to a picture of 102 × 126. */
  decodePhoto(wlt: Uint8Array, options?: Options): Promise<Result<Picture>>;
  /** Whoever stands before the library's camera. */
  captureFace(options?: Options): Promise<Result<Picture>>;
  compareFaces(photo: Picture, live: Picture, options?: Options): Promise<Result<number>>;
  /** A template of the chip (512 bytes) and what a fingerprint sensor gave. */
  compareFingerprints(template: Uint8Array, live: Uint8Array, options?: Options): Promise<Result<number>>;
}

export function vendorCapabilities(plugin: Plugin): VendorCapabilities {
  async function ask<M extends keyof typeof RESULTS>(
    capability: Capability,
    method: M,
    params: Record<string, unknown>,
    options: Options,
  ): Promise<Result<z.output<(typeof RESULTS)[M]>>> {
    const hello = await plugin.hello();
    if (!hello.ok) return hello;
    if (!can(hello.value, capability)) return fail('E1701', `${hello.value.name} does not offer ${capability}`);
    const answer = await plugin.call(method, params, options);
    if (!answer.ok) return answer;
    const result = RESULTS[method].safeParse(answer.value);
    // Only the name of the field: the value may be a picture of somebody.
    if (!result.success) return fail('E1701', `${method}: wrong ${result.error.issues[0]?.path.join('.') ?? 'result'}`);
    return ok(result.data as z.output<(typeof RESULTS)[M]>);
  }

  return {
    async decodePhoto(wlt, options = {}) {
      const answer = await ask('photo', 'decodePhoto', { wlt: base64(wlt) }, options);
      if (!answer.ok) return answer;
      const { width, height, rgb } = answer.value;
      return ok({ width, height, rgb: Buffer.from(rgb, 'base64') });
    },
    async captureFace(options = {}) {
      const answer = await ask('camera', 'captureFace', {}, options);
      if (!answer.ok) return answer;
      const { width, height, rgb } = answer.value;
      const bytes = Buffer.from(rgb, 'base64');
      if (bytes.length !== width * height * 3) return fail('E1701', 'captureFace: wrong rgb');
      return ok({ width, height, rgb: bytes });
    },
    async compareFaces(photo, live, options = {}) {
      const params = { photo: written(photo), live: written(live) };
      const answer = await ask('face', 'compareFaces', params, options);
      return answer.ok ? ok(answer.value.score) : answer;
    },
    async compareFingerprints(template, live, options = {}) {
      const params = { template: base64(template), live: base64(live) };
      const answer = await ask('fingerprint', 'compareFingerprints', params, options);
      return answer.ok ? ok(answer.value.score) : answer;
    },
  };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const written = ({ width, height, rgb }: Picture) => ({ width, height, rgb: base64(rgb) });
