import type { PlatformDesk } from './platform-desk.ts';
import type { CentreState } from './state.ts';

const STOPPED = {
  state: 'stopped',
  words: { zh: '系统升级，预计半小时后恢复。', en: 'The system is being updated; back in about half an hour.' },
  instead: { zh: '请到人工窗口办理，或使用手机公积金。', en: 'Please go to the counter or use the app.' },
} as const;
const ITEM_STOPPED = { zh: '系统升级，暂停办理', en: 'Paused for an update' };
const EMERGENCY = {
  id: 'bench',
  level: 'emergency',
  words: {
    zh: '暴雨预警：本大厅今天提前下班，请注意安全。',
    en: 'Rainstorm warning: this hall closes early. Travel safely.',
  },
  until: null,
} as const;

/** What staff of the centre do: stop and start, warn, have a terminal do something. */
export function centreAction(desk: PlatformDesk, action: string, value: unknown): Promise<void> | undefined {
  switch (action) {
    case 'channel':
      return desk.change('configuration', { change: { channel: value === 'stopped' ? STOPPED : { state: 'open' } } });
    case 'item': {
      const { id, on } = value as { id: string; on: boolean };
      return desk.change(`items/${id}`, { words: on ? null : ITEM_STOPPED });
    }
    case 'emergency':
      return desk.change('configuration', { change: { notices: value === true ? [EMERGENCY] : [] } });
    case 'heartbeat':
      return desk.change('configuration', { change: { heartbeatSeconds: Number(value) } });
    case 'command':
      return desk.change('commands', { command: value });
    default:
      return undefined;
  }
}

export async function centreState(desk: PlatformDesk): Promise<CentreState | null> {
  const parameters = await desk.parameters();
  return parameters
    ? {
        channel: parameters.channel.state,
        stoppedItems: parameters.stoppedItems.map(({ id }) => id),
        emergency: parameters.notices.some(({ level }) => level === 'emergency'),
        heartbeatSeconds: parameters.heartbeatSeconds,
      }
    : null;
}
