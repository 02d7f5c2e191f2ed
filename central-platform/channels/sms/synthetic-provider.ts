import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { faultSwitch, type FaultSwitch } from '../../core/fault-switch.ts';
import type { SmsProvider } from './provider.ts';

/** An SMS gateway that reaches nobody, with every fault a real one has (core/fault-switch.ts; `wrong`: refused for now). */
export interface SyntheticSms extends SmsProvider {
  readonly faults: FaultSwitch;
  /** What would have reached a phone, in order. A message sent again under the same id arrives once, as with a real gateway. */
  readonly arrived: readonly { readonly phone: string; readonly text: string; readonly template: string }[];
  /** Numbers that do not exist. */
  readonly unknown: Set<string>;
}

export function syntheticSms(clock: Clock): SyntheticSms {
  const faults = faultSwitch(clock);
  const taken = new Set<number>();
  const arrived: { phone: string; text: string; template: string }[] = [];
  const unknown = new Set<string>();
  type Sent = Awaited<ReturnType<SmsProvider['send']>>;
  return {
    faults,
    arrived,
    unknown,
    send: ({ id, phone, text, template }) =>
      faults.run<Sent>(
        async () => {
          if (unknown.has(phone)) return { fault: 'no such number', final: true };
          if (!taken.has(id)) {
            taken.add(id);
            arrived.push({ phone, text, template });
          }
          return { state: 'delivered' };
        },
        () => ({ fault: 'busy' }),
      ),
  };
}
