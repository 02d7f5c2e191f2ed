import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ECard } from '../../channels/e-card.ts';
import { TERMINAL_CHANNEL } from '../../channels/settings.ts';
import type { CoreSystem } from '../../core/core-system.ts';
import { type Factor, accepted } from './factor.ts';
import type { Tries } from './tries.ts';

/** The e-card of the centre's app, held before the scanner: good for a minute and once. Who guesses is locked out by its own guard. */
export function appCodeFactor(parts: {
  readonly core: CoreSystem;
  readonly card: Pick<ECard, 'read'>;
  readonly tries: Tries;
}): Factor<'appCode'> {
  const { core, card, tries } = parts;
  return {
    kind: 'appCode',
    async judge({ code }, { terminalId, person }) {
      if (person) {
        const open = await tries.open('appCode', person.depositorId);
        if (!open.ok) return open;
      }
      const read = await card.read(code, { address: terminalId, channel: TERMINAL_CHANNEL });
      if (!read.ok) {
        if (read.error.code === 'E2607') return fail('E1208', read.error.detail);
        if (read.error.code !== 'E2602') return read;
        if (person && (await tries.count('appCode', person.depositorId)) === 0) return fail('E1208', '600 s');
        return fail('E1212');
      }
      if (person && read.value !== person.depositorId) return fail('E1209');
      const found = await core.get(read.value);
      if (!found.ok) return found;
      if (!found.value || found.value.accounts.length === 0) return fail('E1205');
      await tries.clear('appCode', found.value.depositorId);
      return ok(accepted(found.value));
    },
  };
}
