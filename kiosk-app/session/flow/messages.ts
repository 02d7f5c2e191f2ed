import type { EntryData, RequestForm, RequestLevel, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Output } from '@kiosk/contract/kernel/service.ts';
import type { PersonClaim, PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { PassedRoute } from '@kiosk/contract/services/passed.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { IdentityAnswers, IdentityAsk, IdentityProgress, IdentityTell } from './identity/questions.ts';
import type { PlatformAsk } from './items/item-flow.ts';
import type { AgentSnapshot, HostSnapshot, Issued, Paper, SlipJob } from './state.ts';
import type { Period } from '@kiosk/contract/platform/api.ts';

/** Everything that may happen to a session. Time is an event like any other. */
export type Event =
  | { readonly type: 'activate' }
  | { readonly type: 'time' }
  | { readonly type: 'action'; readonly action: Action }
  | { readonly type: 'agent'; readonly snapshot: AgentSnapshot | undefined }
  | { readonly type: 'host'; readonly snapshot: HostSnapshot | undefined }
  | IdentityProgress
  | { readonly type: 'cardProgress'; readonly call: number; readonly step: 'found' | 'reading' }
  | {
      readonly type: 'printProgress';
      readonly operationId: string;
      readonly printed: number;
      readonly stoppedBy?: string | undefined;
    }
  | Answer;

type Host<C extends keyof (typeof deviceHost)['commands'] & string> = Output<typeof deviceHost, C>;
type Agent<C extends keyof (typeof syncAgent)['commands'] & string> = Output<typeof syncAgent, C>;

/** What each question is answered with. */
export interface Answers extends IdentityAnswers {
  readCard: Host<'readIdCard'>;
  printDocument: Host<'printDocument'>;
  printSlip: Host<'printSlip'>;
  scanCode: Host<'scanCode'>;
  /** The card is out again when this comes. */
  readPayoutCard: { readonly number: string };
  findOperation: Host<'findOperation'>;
  selfTest: Host<'selfTest'>;
  deviceHistory: Host<'deviceHistory'>;
  intend: Agent<'record'>;
  pseudonym: Agent<'pseudonym'>;
  sendCode: Agent<'sendCode'>;
  checkCode: Agent<'checkCode'>;
  account: Agent<'account'>;
  details: Agent<'details'>;
  issueDocument: Omit<Issued, 'title' | 'period'>;
  /** The answer of the route that was asked. */
  askPlatform: PlatformAnswer<PassedRoute>;
  submitRequest: Agent<'submitRequest'>;
  signIn: Agent<'signIn'>;
  recordSelfTest: Agent<'recordSelfTest'>;
  testLink: Agent<'testLink'>;
}
export type Question = keyof Answers;
export type AnswerTo<Q extends Question> = {
  readonly type: 'answer';
  readonly to: Q;
  readonly call: number;
  readonly result: Result<Answers[Q]>;
};
export type Answer = { [Q in Question]: AnswerTo<Q> }[Question];

/** A command that is answered with exactly one `Answer` of the same name and call. */
export type Ask =
  | IdentityAsk
  | { readonly do: 'readCard'; readonly call: number }
  | { readonly do: 'pseudonym'; readonly call: number; readonly idNumber: string }
  /** `token`: of whoever is known by another factor than the card. */
  | { readonly do: 'sendCode'; readonly call: number; readonly claim: PersonClaim; readonly token?: string }
  | {
      readonly do: 'checkCode';
      readonly call: number;
      readonly challengeId: string;
      readonly code: string;
      /** Of the factors before it. */
      readonly token?: string;
    }
  | { readonly do: 'account'; readonly call: number; readonly token: string }
  | { readonly do: 'details'; readonly call: number; readonly token: string; readonly period: Period }
  | {
      readonly do: 'issueDocument';
      readonly call: number;
      readonly token: string;
      readonly operationId: string;
      readonly ask: Paper['ask'];
      readonly masked: boolean;
    }
  | {
      readonly do: 'askPlatform';
      /** Whose place it is asked from. */
      readonly item?: string;
      readonly call: number;
      readonly token: string | null;
      readonly operationId?: string | null;
      readonly ask: PlatformAsk;
    }
  /** Records the intent of an operation; the device moves only after its answer. */
  | { readonly do: 'intend'; readonly call: number; readonly data: EntryData }
  | {
      readonly do: 'printDocument';
      readonly call: number;
      readonly operationId: string;
      readonly documentNumber: string;
      readonly pages: number;
    }
  | { readonly do: 'printSlip'; readonly call: number; readonly operationId: string; readonly slip: SlipJob }
  | { readonly do: 'scanCode' | 'readPayoutCard'; readonly call: number }
  | { readonly do: 'findOperation'; readonly call: number; readonly operationId: string }
  | {
      readonly do: 'submitRequest';
      readonly call: number;
      readonly sessionId: string;
      readonly operationId: string;
      readonly level: RequestLevel;
      readonly form: RequestForm;
      readonly person: RequestPerson | null;
    }
  | { readonly do: 'signIn'; readonly call: number; readonly name: string; readonly secret: string }
  | { readonly do: 'selfTest'; readonly call: number; readonly deviceId: string }
  | { readonly do: 'deviceHistory'; readonly call: number; readonly deviceId: string }
  | {
      readonly do: 'recordSelfTest';
      readonly call: number;
      readonly token: string;
      readonly deviceId: string;
      readonly passed: boolean;
    }
  | { readonly do: 'testLink'; readonly call: number; readonly token: string };

/** A command nobody waits for. */
export type Tell =
  | IdentityTell
  | { readonly do: 'record'; readonly data: EntryData }
  /** Takes back a question: its answer is not wanted any more. */
  | { readonly do: 'cancel'; readonly call: number }
  | { readonly do: 'cancelOperation'; readonly operationId: string }
  | { readonly do: 'forgetDocument'; readonly documentNumber: string }
  | { readonly do: 'endIdentity'; readonly token: string }
  | { readonly do: 'signOut'; readonly token: string }
  | { readonly do: 'sound'; readonly name: 'attention' | 'cardRead' | 'done' | 'failed' }
  | { readonly do: 'ended'; readonly reason: string };

/** What the reducer wants done, as data. The effects carry it out. */
export type Command = Ask | Tell;
