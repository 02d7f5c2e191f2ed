import type { RunningSimulator } from '../simulators/process.ts';
import type { Machine } from './machine.ts';
import type { DeviceFaults, DeviceName } from './state.ts';

/** A fault that is set: its kind, and the step it is bound to, if it is. */
interface SetFault {
  readonly kind: string;
  readonly step: string | undefined;
}

/** Every device's cable: pulled out is not a fault of a simulator but of the world around it. */
const UNPLUGGED = 'unplugged';

const nameOf = ({ kind, step }: SetFault) => (step === undefined ? kind : `${kind}@${step}`);

/** What is broken on the bench just now, and how it is broken and mended. */
export class FaultBoard {
  readonly #machine: Machine;
  readonly #set = new Map<DeviceName, readonly SetFault[]>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  state(device: DeviceName): DeviceFaults | undefined {
    const simulator = this.#machine[device];
    const set = this.#set.get(device) ?? [];
    return (
      simulator && {
        ...simulator.faults,
        set: set.filter(({ kind }) => kind !== UNPLUGGED).map(nameOf),
        unplugged: set.some(({ kind }) => kind === UNPLUGGED),
      }
    );
  }

  async change(device: DeviceName, kind: string, on: boolean, step?: string): Promise<void> {
    const simulator = this.#machine[device];
    if (!simulator) throw new Error(`this machine has no ${device}`);
    const wanted = { kind, step };
    const others = (this.#set.get(device) ?? []).filter((fault) => nameOf(fault) !== nameOf(wanted));
    this.#set.set(device, on ? [...others, wanted] : others);
    if (kind === UNPLUGGED) return void (await simulator.call(on ? 'unplug' : 'plug'));
    if (on) return give(simulator, wanted);
    // A simulator forgets all of them at once.
    await simulator.call('clearFaults');
    for (const other of others) if (other.kind !== UNPLUGGED) await give(simulator, other);
  }
}

async function give(simulator: RunningSimulator, { kind, step }: SetFault): Promise<void> {
  const { faults, steps } = simulator.faults;
  const offer = faults.find((one) => one.kind === kind);
  if (!offer) throw new Error(`this simulator has no fault ${kind}`);
  await simulator.call('fault', { kind, ...offer.details, ...(step && steps ? { [steps.as]: step } : {}) });
}
