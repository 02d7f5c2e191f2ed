import { catalogue, explain } from '@kiosk/contract/errors/catalogue.ts';
import { channelErrors } from '@kiosk/contract/errors/channel.ts';
import { consoleErrors } from '@kiosk/contract/errors/console.ts';
import { technicianErrors } from '@kiosk/contract/errors/technician.ts';
import type { Words } from '@kiosk/contract/services/common.ts';

type Part = 'depositor' | 'next';
const PARTS = ['depositor', 'next'] as const;

/** Said to staff at their console, to programs of other channels, and to the technician: never to a depositor here. */
const ELSEWHERE = { ...consoleErrors, ...channelErrors, ...technicianErrors };

/** Many codes say the same to a depositor: recorded once, under the first of them. */
const keys = new Map<string, string>();
const clips: { readonly key: string; readonly words: Words }[] = [];
for (const [code, entry] of Object.entries(catalogue)) {
  if (Object.hasOwn(ELSEWHERE, code)) continue;
  for (const part of PARTS) {
    const same = JSON.stringify(entry[part]);
    if (keys.has(same)) continue;
    keys.set(same, `error.${code}.${part}`);
    clips.push({ key: `error.${code}.${part}`, words: entry[part] });
  }
}

/** What is recorded of the error codes that a depositor can see. */
export const errorClips: readonly { readonly key: string; readonly words: Words }[] = clips;

/** What a code says, and under which key it is recorded; of a code that no depositor sees, nothing is. */
export function errorPrompt(code: string, part: Part): { readonly words: Words; readonly key?: string } {
  const words = explain(code)[part];
  const key = keys.get(JSON.stringify(words));
  return key === undefined ? { words } : { words, key };
}
