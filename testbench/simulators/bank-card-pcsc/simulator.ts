import { SYNTHETIC_CARDS, type SyntheticCardName } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import { VirtualChip, type ChipFault, type ChipStep } from '../bank-card/chip.ts';
import { type Fault, Faults } from '../bank-card/faults.ts';
import { seededRandom } from '../id-reader/random.ts';
import type { Simulator } from '../process.ts';
import { CardLine } from './card-line.ts';
import { PcscService } from './service.ts';

export interface PcscSimulatorOptions {
  readonly dir: string;
  readonly seed?: number;
}

/** pulled: torn out at that step; mute: no answer to that command; serviceDies: pcscd crashes at that step. */
type LineFault = 'pulled' | 'mute' | 'serviceDies';

/** A chip card in Debian's virtual reader behind Debian's pcscd. */
export async function startPcscReader(
  options: PcscSimulatorOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  const random = seededRandom(options.seed ?? 1);
  const faults = new Faults<ChipFault | LineFault, ChipStep>();
  const service = new PcscService(options.dir);
  let line: CardLine | undefined;

  async function insert(which: SyntheticCardName): Promise<void> {
    if (line) throw new Error('a card is in the reader already');
    const chip = new VirtualChip(SYNTHETIC_CARDS[which], (fault, step) => faults.take(fault, step), random);
    const silent = !SYNTHETIC_CARDS[which].chip;
    line = await CardLine.insert(
      service.cardSocket,
      (apdu) => {
        const step = VirtualChip.step(apdu);
        emit('step', { step: step ?? null });
        if (faults.take('pulled', step)) return pull();
        if (faults.take('serviceDies', step)) return void die();
        if (faults.take('mute', step)) return;
        // A card without an application knows no command.
        line?.send(silent ? Uint8Array.of(0x6d, 0x00) : chip.answer(apdu));
      },
      () => chip.reset(),
    );
  }

  function pull(): void {
    line?.pull();
    line = undefined;
  }

  async function die(): Promise<void> {
    // The service first: a card that goes before it would be a card pulled out.
    await service.kill();
    pull();
  }

  await service.start();
  return {
    ready: { port: 'pcsc:00 00', socket: service.socket },
    methods: {
      insert,
      take: () => {
        const there = line !== undefined;
        pull();
        return there;
      },
      empty: () => pull(),
      fault: (fault: Fault<ChipFault | LineFault, ChipStep>) => faults.add(fault),
      clearFaults: () => faults.clear(),
      /** As a cable: without the service there is no reader. */
      unplug: die,
      plug: () => service.start(),
      state: () => ({ position: line ? 'inside' : 'none', retained: 0, harm: [], plugged: service.isRunning }),
    },
    async stop() {
      pull();
      await service.kill();
    },
  };
}
