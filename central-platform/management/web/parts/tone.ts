import type { Deadline } from '../../contract/common.ts';
import type { ChangeState } from '../../contract/changes.ts';
import type { TerminalHealth } from '../../contract/fleet.ts';
import type { z } from 'zod';

/** How a state is drawn: fine, waiting, wrong, under way, nothing to say. */
export type Tone = 'fine' | 'wait' | 'fault' | 'go' | 'plain';

export const healthTone: Readonly<Record<TerminalHealth, Tone>> = {
  silent: 'fault',
  fault: 'fault',
  stopped: 'wait',
  warning: 'wait',
  ready: 'fine',
  never: 'plain',
  revoked: 'plain',
};

export const deadlineTone: Readonly<Record<z.infer<typeof Deadline>['state'], Tone>> = {
  inTime: 'plain',
  soon: 'wait',
  overdue: 'fault',
  done: 'fine',
  doneLate: 'wait',
};

export const changeTone: Readonly<Record<z.infer<typeof ChangeState>, Tone>> = {
  proposed: 'wait',
  applied: 'fine',
  rejected: 'plain',
  withdrawn: 'plain',
  failed: 'fault',
  unconfirmed: 'fault',
};

export const supplyTone = { full: 'fine', low: 'wait', out: 'fault', unknown: 'plain' } as const satisfies Record<
  string,
  Tone
>;

export const requestTone = {
  arrived: 'go',
  identityMissing: 'plain',
  needs: 'plain',
  withPerson: 'wait',
  registered: 'go',
  granted: 'fine',
  refused: 'fault',
  withdrawn: 'plain',
} as const satisfies Record<string, Tone>;
