import type { Words } from '@kiosk/contract/services/common.ts';
import type { Answer, Command } from '../messages.ts';
import type { ItemId, Stage } from '../state.ts';

/** Kinds of data that this machine read of a person, or was told by the platform. */
export type ReadKind =
  'idCard' | 'principalCard' | 'phoneCode' | 'bankCard' | 'pin' | 'appCode' | 'face' | 'payoutCard' | 'paper';

/** What a session did with somebody's data: kinds and numbers, nothing of anybody. It outlives the person it is about. */
export interface SessionRecord {
  readonly read: readonly ReadKind[];
  /** Items whose data the platform was asked for. */
  readonly asked: readonly ItemId[];
  readonly requests: readonly { readonly requestNumber: string; readonly item: ItemId; readonly offline: boolean }[];
  /** Something begun lies at the centre for another place, until then (UTC ms). */
  readonly leftUntil: number | null;
  /** The operation that printed the record. */
  readonly slip: string | null;
}

export const EMPTY_RECORD: SessionRecord = { read: [], asked: [], requests: [], leftUntil: null, slip: null };

/** As it stands on the slip. */
export interface RecordLines {
  readonly read: readonly Words[];
  readonly printed: readonly Words[];
  readonly left: readonly Words[];
  readonly stored: readonly Words[];
}

/** What an answer brought that was not there before. `stage`: who had asked. */
export function heard(record: SessionRecord, answer: Answer, stage: Stage): SessionRecord {
  const { result } = answer;
  if (!result.ok) return record;
  const kind = readBy(answer, stage);
  const read = kind ? withRead(record, kind) : record;
  if (answer.to === 'submitRequest' && stage.at === 'submitting') {
    const { requestNumber, offline } = answer.result.ok ? answer.result.value : { requestNumber: '', offline: false };
    const known = read.requests.some((one) => one.requestNumber === requestNumber);
    const request = { requestNumber, offline, item: stage.draft.wish.item };
    return known ? read : { ...read, requests: [...read.requests, request] };
  }
  if (answer.to === 'askPlatform' && stage.at === 'asking' && stage.ask.route === 'leave' && answer.result.ok) {
    const { expiresAt } = answer.result.value as { readonly expiresAt: number };
    return { ...read, leftUntil: expiresAt };
  }
  return read;
}

/** Questions about a person are journaled as they are answered: what the journal hears, the record hears. */
export function told(record: SessionRecord, commands: readonly Command[]): SessionRecord {
  return commands.reduce((so, command) => {
    if (command.do !== 'record' || command.data.type !== 'query.answered') return so;
    const { item } = command.data;
    return so.asked.includes(item) ? so : { ...so, asked: [...so.asked, item] };
  }, record);
}

const withRead = (record: SessionRecord, kind: ReadKind): SessionRecord =>
  record.read.includes(kind) ? record : { ...record, read: [...record.read, kind] };

function readBy({ to }: Answer, stage: Stage): ReadKind | null {
  switch (to) {
    case 'readCard':
      return 'idCard';
    case 'layCard':
      return stage.at === 'identify' && stage.place.kind === 'agentPaper' ? 'principalCard' : 'idCard';
    case 'checkCode':
      return 'phoneCode';
    case 'readBankCard':
      return 'bankCard';
    case 'enterPin':
      return 'pin';
    case 'scanAppCode':
      return 'appCode';
    case 'matchFace':
      return 'face';
    case 'readPayoutCard':
      return 'payoutCard';
    case 'scanCode':
      return stage.at === 'item' ? 'paper' : null;
    default:
      return null;
  }
}
