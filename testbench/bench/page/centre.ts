import type { BenchState } from '../state.ts';
import { act, at, button, chips, choice, draw, element } from './dom.ts';

const ITEMS: readonly (readonly [string, string])[] = [
  ['P01', 'Statement'],
  ['Q01', 'Account'],
  ['Q02', 'Entries'],
  ['B08', 'Appointment'],
  ['S01', 'Complaint'],
];

/** What the centre's staff decide: it reaches the terminal signed, with its next heartbeat. */
export function showCentre({ centre }: BenchState): void {
  at('centre-where').textContent = centre
    ? `heard within ${centre.heartbeatSeconds} s`
    : 'the platform does not answer';
  draw('centre-hands', centre, () => {
    if (!centre) return [];
    const { channel, stoppedItems, emergency } = centre;
    return [
      chips(
        choice('Channel stopped', channel === 'stopped', () => {
          void act('channel', channel === 'stopped' ? 'open' : 'stopped');
        }),
        choice('Emergency notice', emergency, () => void act('emergency', !emergency)),
        choice('Heartbeat every 5 s', centre.heartbeatSeconds === 5, () => {
          void act('heartbeat', centre.heartbeatSeconds === 5 ? 15 : 5);
        }),
      ),
      element('p', { className: 'none' }, 'Items stopped'),
      chips(
        ...ITEMS.map(([id, name]) => {
          const on = !stoppedItems.includes(id);
          return choice(name, !on, () => void act('item', { id, on: !on }));
        }),
      ),
      element('p', { className: 'none' }, 'Commands'),
      chips(
        button('Verify the journal', () => void act('command', { name: 'verifyJournal' })),
        button('Compare heads', () => void act('command', { name: 'reconcileNow' })),
        button('Test the slip printer', () => void act('command', { name: 'selfTest', deviceId: 'slip-printer' })),
      ),
    ];
  });
}
