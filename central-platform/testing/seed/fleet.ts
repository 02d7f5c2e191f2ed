import { generateKeyPairSync } from 'node:crypto';
import type { PlatformRequest } from '@kiosk/contract/platform/api.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { Store } from '../../store/store.ts';
import type { Random } from './random.ts';

type Heartbeat = PlatformRequest<'heartbeat'>;
type Device = Heartbeat['devices'][number];
type Level = 'full' | 'low' | 'out';

const MINUTE_MS = 60_000;
export const SEEDED_TERMINALS = Array.from({ length: 12 }, (_, i) => String(300_201 + i));

const BRANCHES = [
  {
    branchId: 'wangjiang',
    address: '江州市望江区江滨路 18 号',
    counters: 6,
    waiting: 22,
    position: { x: 310, y: 420 },
  },
  { branchId: 'beihu', address: '江州市北湖区湖光路 7 号', counters: 4, waiting: 3, position: { x: 560, y: 180 } },
  { branchId: 'nanping', address: '江州市南屏区屏山路 52 号', counters: 3, waiting: 4, position: { x: 640, y: 720 } },
] as const;
const HALLS = ['一楼自助区', '二楼大厅', '24 小时自助厅', '政务服务中心'] as const;

/** A fleet in which everything that can be seen is to be seen once. */
export async function seedFleet(store: Store, now: number, random: Random): Promise<void> {
  for (const { branchId, address, counters, waiting, position } of BRANCHES) {
    const hours = [
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '17:00' },
    ];
    await store.places.saveBranch({ branchId, address, hours, counters, position });
    await store.places.reportWaiting(branchId, waiting, now - random.between(2, 12) * MINUTE_MS);
  }
  // The first of a new platform bears this number (downlink/office.ts).
  const first = Number(shanghaiDate(now).replaceAll('-', '').slice(2)) * 10_000 + 1;
  const newest = {
    catalogue: (await store.configuration.lastVersion('catalogue')) || first,
    parameters: (await store.configuration.lastVersion('parameters')) || first,
    command: 0,
  };
  for (const [index, terminalId] of SEEDED_TERMINALS.entries()) {
    const { publicKey } = generateKeyPairSync('ed25519');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await store.terminals.register(terminalId, pem, now - random.between(40, 200) * 1_440 * MINUTE_MS);
    const branch = BRANCHES[index % 3]!;
    const spread = (at: number) => at + random.between(-60, 60);
    await store.places.placeTerminal({
      ...{ terminalId, branchId: branch.branchId, hall: HALLS[Math.floor(index / 3)]! },
      position: { x: spread(branch.position.x), y: spread(branch.position.y) },
    });
    // One has never come, one fell silent in the night.
    if (index === 11) continue;
    const at = index === 4 ? now - 9 * 60 * MINUTE_MS : now - random.between(1, 12) * 1_000;
    await store.terminals.heartbeat(terminalId, at, heartbeatOf(index, newest));
  }
}

function heartbeatOf(index: number, applied: Heartbeat['applied']): Heartbeat {
  const paper: Level = index === 1 ? 'out' : index === 5 ? 'low' : 'full';
  const toner: Level = index === 6 ? 'low' : 'full';
  const devices: Device[] = [
    index === 2
      ? { id: 'id-reader', kind: 'idCardReader', state: 'offline', code: 'E1101', warnings: [] }
      : { id: 'id-reader', kind: 'idCardReader', state: 'ready', warnings: [] },
    {
      id: 'slip-printer',
      kind: 'slipPrinter',
      state: 'ready',
      warnings: [],
      supplies: [{ kind: 'paper', level: 'full' }],
    },
    {
      ...{ id: 'document-printer', kind: 'documentPrinter', state: paper === 'out' ? 'fault' : 'ready', warnings: [] },
      ...(paper === 'out' ? { code: 'E4102' } : {}),
      supplies: [
        { kind: 'paper', name: 'Tray 1', level: paper, percent: { full: 82, low: 9, out: 0 }[paper] },
        { kind: 'toner', name: 'Black', level: toner, percent: { full: 64, low: 7, out: 0 }[toner] },
      ],
    },
    { id: 'code-scanner', kind: 'codeScanner', state: index % 5 === 3 ? 'busy' : 'ready', warnings: [] },
  ];
  const behind = index === 7;
  return {
    programVersion: index === 8 || index === 9 ? '0.1.1' : '0.1.0',
    applied: behind ? { ...applied, parameters: Math.max(0, applied.parameters - 1) } : applied,
    commands: index === 0 ? [{ version: 1, name: 'selfTest', outcome: 'done' }] : [],
    devices,
    pending: { business: index === 3 ? 14 : 0, audit: index === 3 ? 40 : 0, telemetry: 0 },
  };
}
