import type { MatrixFault, MatrixStep } from '@kiosk/device-drivers/suites/bank-card-motor.matrix.ts';
import { SYNTHETIC_CARDS } from '@kiosk/device-drivers/suites/synthetic-card.ts';
import type { InMemoryReader } from './in-memory.ts';
import type { ReaderFault } from './reader.ts';

const never = new AbortController().signal;

/** Lets one fault happen at one step of the operation that has that step; answers how the operation ended. */
export async function runCell(bench: InMemoryReader, step: MatrixStep, fault: MatrixFault): Promise<string> {
  const { device, reader } = bench;
  const arm = () => {
    if (fault === 'unplug') bench.unplugAt = step;
    else if (fault === 'dead') reader.faults.add({ kind: 'silent', at: step });
    else reader.faults.add({ kind: fault as ReaderFault, at: step, times: 1 });
  };
  const read = () => device.readBankCard({ signal: never, onProgress: () => {} });
  const readResult = async (card: keyof typeof SYNTHETIC_CARDS) => {
    const reading = read();
    if (reader.body.position === 'none') reader.body.insert(SYNTHETIC_CARDS[card]);
    const result = await bench.ended('the reading', reading);
    return result.ok ? (result.value.source === 'chip' ? 'ok' : 'stripe') : result.error.code;
  };

  switch (step) {
    case 'initialise': {
      arm();
      reader.powerLoss();
      await bench.until('the restart is noticed', () => device.status().state !== 'ready');
      // Ready at the next try, or what the technician sees until then.
      let seen = 'ok';
      await bench.until('it is ready or in trouble', () => {
        const { state, code } = device.status();
        if (code === 'E1305' || code === 'E1306' || code === 'E1308') seen = code;
        return state === 'ready' || seen !== 'ok' || fault === 'dead' || fault === 'unplug';
      });
      if (fault !== 'dead' && fault !== 'unplug') return seen;
      await bench.until('it is called offline', () => device.status().state === 'offline');
      return device.status().code ?? 'ok';
    }
    case 'stripe':
      arm();
      return readResult('stripeOnly');
    case 'eject': {
      await readResult('ordinary');
      arm();
      const ejected = device.eject({ signal: never });
      let out = false;
      void ejected.then(() => (out = true));
      await bench.until('the card is taken or the ejecting over', () => out || reader.body.take());
      const result = await ejected;
      return result.ok ? 'ok' : result.error.code;
    }
    case 'retrieve':
    case 'retain': {
      await readResult('ordinary');
      if (step === 'retrieve') {
        const controller = new AbortController();
        const ejecting = device.eject({ signal: controller.signal });
        await bench.until('the card stands in the gate', () => reader.body.position === 'gate');
        controller.abort('E9001');
        await bench.ended('the ejecting', ejecting);
      }
      arm();
      const retained = await bench.ended('the retaining', device.retain({ signal: never }));
      if (!retained.ok) return retained.error.code;
      return retained.value.outcome === 'done' ? 'ok' : `${retained.value.outcome} ${retained.value.code}`;
    }
    default:
      arm();
      return readResult('ordinary');
  }
}

/** Everything is put right again, as a technician would; then a card must be readable without a restart. */
export async function recovers(bench: InMemoryReader): Promise<boolean> {
  const { device, reader, line } = bench;
  reader.faults.clear();
  bench.unplugAt = undefined;
  reader.body.empty();
  line.plug();
  await bench.until(
    'the reader is ready again',
    () => device.status().state === 'ready' && device.position() === 'none',
  );
  const reading = device.readBankCard({ signal: never, onProgress: () => {} });
  reader.body.insert(SYNTHETIC_CARDS.ordinary);
  const card = await bench.ended('the reading afterwards', reading);
  const ejected = device.eject({ signal: never });
  let out = false;
  void ejected.then(() => (out = true));
  await bench.until('the card is taken', () => out || reader.body.take());
  const harm = reader.body.harm.join('; ');
  if (harm !== '') throw new Error(`a real reader would have been harmed: ${harm}`);
  return card.ok && card.value.source === 'chip' && (await ejected).ok;
}
