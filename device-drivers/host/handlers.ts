import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { Handlers } from '@kiosk/contract/rpc/server.ts';
import type { DeviceKind, SelfTest, deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { Picture } from '@kiosk/contract/services/devices.ts';
import type { DeviceOfKind, VendorPluginDevice } from '../drivers/driver.ts';
import type { Capability } from '../plugin/messages.ts';
import type { Bay } from './bay.ts';
import type { Board } from './board.ts';
import type { Ledger } from './ledger.ts';
import type { Operations } from './operations.ts';
import { PadKeys } from './pad-keys.ts';

export interface HandlerDeps {
  readonly board: Board;
  readonly operations: Operations;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** What each command of the contract does with the board. */
export function handlersOf({ board, operations, ledger, clock }: HandlerDeps): Handlers<typeof deviceHost> {
  /** In turn, with the first device of a kind. */
  async function at<K extends DeviceKind, T>(
    kind: K,
    signal: AbortSignal,
    work: (device: DeviceOfKind[K]) => Promise<Result<T>>,
    shown: { readonly busy?: boolean } = {},
  ): Promise<Result<T>> {
    const bay = board.first(kind);
    return bay.ok ? board.inTurn(bay.value, signal, () => bay.value.use(work), shown) : bay;
  }
  async function offering<T>(
    capability: Capability,
    work: (plugin: VendorPluginDevice) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const bay = board.offering(capability);
    return bay.ok ? bay.value.use(work) : bay;
  }
  const keys = new PadKeys(board);
  const nothing = (result: Result<void>): Result<Record<string, never>> => (result.ok ? ok({}) : result);

  async function selfTest(bay: Bay<DeviceKind>, signal: AbortSignal): Promise<Result<SelfTest>> {
    const begun = clock.monotonic();
    return bay.use(async (device) => {
      const found = await device.selfTest({ signal });
      const { code } = bay.health;
      // A step that does not say what to do is mended by what mends the device.
      const steps = found.map((step) => (step.passed || step.code || !code ? step : { ...step, code }));
      const milliseconds = Math.round(clock.monotonic() - begun);
      return ok({ deviceId: bay.id, passed: steps.every(({ passed }) => passed), milliseconds, steps });
    });
  }

  return {
    readIdCard: ({ extras }, { signal, progress: onProgress }) =>
      at('idCardReader', signal, (reader) => reader.readIdCard({ signal, onProgress, extras })),
    readBankCard: (_input, { signal, progress: onProgress }) =>
      at('bankCardReader', signal, (reader) => reader.readBankCard({ signal, onProgress })),
    ejectCard: async (_input, { signal }) =>
      nothing(await at('bankCardReader', signal, (reader) => reader.eject({ signal }), { busy: true })),
    retainCard: ({ operationId }, context) =>
      operations.carryOut('bankCardReader', operationId, context.signal, (reader, { signal }) =>
        reader.retain({ signal }),
      ),
    acknowledgeCapture: async ({ operationId }) => nothing(board.acknowledgeCapture(operationId)),
    async enterPin(input, { signal, progress }) {
      const pad = board.first('pinPad');
      if (!pad.ok) return pad;
      const onDigits = (digits: number) => progress({ digits });
      return keys.before(pad.value, signal, () =>
        pad.value.use((device) => device.enterPin({ ...input, signal, onDigits })),
      );
    },
    async readKeys(_input, { signal, progress }) {
      const pad = board.first('pinPad');
      return pad.ok ? nothing(await keys.read(pad.value, signal, (key) => progress({ key }))) : pad;
    },
    async scanCode(_input, { signal }) {
      const scanned = await at('codeScanner', signal, (scanner) => scanner.scan({ signal }));
      return scanned.ok ? ok({ text: scanned.value }) : scanned;
    },
    setLight: async ({ slot, light }, { signal }) =>
      nothing(await at('ioBoard', signal, (io) => io.setLight(slot, light))),
    sound: async ({ pattern }, { signal }) => nothing(await at('ioBoard', signal, (io) => io.sound(pattern))),

    printSlip: ({ operationId, slip }, context) =>
      operations.carryOut('slipPrinter', operationId, context.signal, (printer, { signal }) =>
        printer.print(slip, { signal }),
      ),
    printDocument: ({ operationId, jobName, pages, pdfBase64 }, context) =>
      operations.carryOut('documentPrinter', operationId, context.signal, (printer, { signal, onJob }) => {
        const job = { operationId, jobName, pages, pdf: Buffer.from(pdfBase64, 'base64') };
        return printer.print(job, { signal, onJob, onProgress: context.progress });
      }),
    async cancelOperation({ operationId }) {
      operations.cancel(operationId);
      return ok({});
    },
    findOperation: async ({ operationId }, { signal }) => ok(await operations.find(operationId, signal)),

    decodePhoto: ({ wlt }, { signal }) =>
      offering('photo', async (plugin) => {
        const decoded = await plugin.decodePhoto(bytes(wlt), { signal });
        return decoded.ok ? ok({ ...decoded.value, rgb: base64(decoded.value.rgb) }) : decoded;
      }),
    captureFace: (_input, { signal }) =>
      offering('camera', async (plugin) => {
        const taken = await plugin.captureFace({ signal });
        return taken.ok ? ok({ ...taken.value, rgb: base64(taken.value.rgb) }) : taken;
      }),
    compareFaces: ({ photo, live }, { signal }) =>
      offering('face', async (plugin) => scored(await plugin.compareFaces(picture(photo), picture(live), { signal }))),
    compareFingerprints: ({ template, live }, { signal }) =>
      offering('fingerprint', async (plugin) =>
        scored(await plugin.compareFingerprints(bytes(template), bytes(live), { signal })),
      ),

    async selfTest({ deviceId }, { signal }) {
      const bay = board.find(deviceId);
      if (!bay.ok) return bay;
      const run = () => selfTest(bay.value, signal);
      switch (bay.value.kind) {
        case 'idCardReader':
        case 'vendorPlugin':
          // The reader waits for cards all day long and can be tested meanwhile; a plug-in has a row of its own.
          return run();
        case 'pinPad':
          return keys.before(bay.value, signal, run, { alone: true, busy: true });
        default:
          return board.alone(bay.value, signal, run);
      }
    },
    async deviceHistory({ deviceId }) {
      const bay = board.find(deviceId);
      return bay.ok ? ok({ changes: ledger.history(deviceId) }) : bay;
    },
    async setTrace({ deviceId, on }) {
      const bay = board.find(deviceId);
      if (!bay.ok) return bay;
      bay.value.trace.set(on);
      return ok({});
    },
    async readTrace({ deviceId, follow }, { signal, progress }) {
      const bay = board.find(deviceId);
      if (!bay.ok) return bay;
      for (const line of bay.value.trace.lines) progress(line);
      if (!follow || signal.aborted) return ok({});
      const stopFollowing = bay.value.trace.follow(progress);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      stopFollowing();
      return ok({});
    },
  };
}

const bytes = (text: string) => Buffer.from(text, 'base64');
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');
const picture = ({ rgb, ...size }: Picture) => ({ ...size, rgb: bytes(rgb) });
const scored = (score: Result<number>) => (score.ok ? ok({ score: score.value }) : score);
