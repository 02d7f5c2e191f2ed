import { createHash } from 'node:crypto';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Input } from '@kiosk/contract/kernel/service.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { PassedRoute } from '@kiosk/contract/services/passed.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { identityEffects } from './identity-effects.ts';
import type { Answer, Answers, Ask, Command, Event, Question, Tell } from './flow/messages.ts';
import type { SlipJob } from './flow/state.ts';
import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';

export interface EffectsOptions {
  readonly agent: ServiceClient<typeof syncAgent>;
  readonly host: ServiceClient<typeof deviceHost>;
  readonly dispatch: (event: Event) => void;
  readonly sound: (name: Extract<Tell, { do: 'sound' }>['name']) => void;
  readonly ended: (reason: string) => void;
  readonly slip: (job: SlipJob) => SlipDocumentInput;
}

/** Questions that several items begin with: the platform counts how often each item is used. */
const SHARED: readonly PassedRoute[] = ['details', 'history', 'interest', 'loanPlan', 'loanHistory', 'withdrawalCheck'];

/** How long a print of `pages` pages may take, ms: also when paper has to be brought. */
const printDeadline = (pages: number) => 180_000 + pages * 10_000;

/**
 * The edge of the session: carries out what the reducer wants and tells it what became of it. Holds the bytes of issued
 * documents, so that the state never does.
 */
export function createEffects({
  agent,
  host,
  dispatch,
  sound,
  ended,
  slip,
}: EffectsOptions): (command: Command) => void {
  const documents = new Map<string, string>();
  const factors = identityEffects({ agent, host, progress: dispatch });
  const running = new Map<number, AbortController>();
  const underWay = new Set<Promise<unknown>>();

  function run(command: Command): void {
    if ('call' in command && command.do !== 'cancel') void question(command);
    else tell(command as Tell);
  }

  async function question(command: Ask): Promise<void> {
    const controller = new AbortController();
    running.set(command.call, controller);
    const result = await answer(command, controller.signal);
    running.delete(command.call);
    dispatch({ type: 'answer', to: command.do, call: command.call, result } as Answer);
  }

  function answer(command: Ask, signal: AbortSignal): Promise<Result<Answers[Question]>> {
    const options = { signal };
    switch (command.do) {
      case 'readCard': {
        const { call } = command;
        const onProgress = ({ step }: { step: 'found' | 'reading' }) => dispatch({ type: 'cardProgress', call, step });
        return host.call('readIdCard', {}, { signal, onProgress });
      }
      case 'pseudonym':
        return agent.call('pseudonym', { idNumber: command.idNumber }, options);
      case 'sendCode':
        return command.token === undefined
          ? agent.call('sendCode', command.claim, options)
          : agent.call('requestCode', { identityToken: command.token }, options);
      case 'checkCode':
        return checkCode(command, options);
      case 'account':
        return agent.call('account', { identityToken: command.token }, options);
      case 'details':
        return agent.call('details', { identityToken: command.token, period: command.period }, options);
      case 'issueDocument':
        return issue(command, signal);
      case 'askPlatform':
        return askPlatform(command, signal);
      case 'intend':
        return agent.call('record', { data: command.data }, options);
      case 'printDocument':
        return printDocument(command);
      case 'printSlip':
        return host.call('printSlip', { operationId: command.operationId, slip: slip(command.slip) });
      case 'scanCode':
        return host.call('scanCode', {}, options);
      case 'readPayoutCard':
        return readPayoutCard(signal);
      case 'findOperation':
        return host.call('findOperation', { operationId: command.operationId }, options);
      case 'submitRequest': {
        const { sessionId, operationId, level, form, person } = command;
        return agent.call('submitRequest', { sessionId, operationId, level, form, ...(person ? { person } : {}) });
      }
      case 'signIn':
        return agent.call('signIn', { name: command.name, secret: command.secret, by: 'screen' }, options);
      case 'selfTest':
        return host.call('selfTest', { deviceId: command.deviceId }, options);
      case 'deviceHistory':
        return host.call('deviceHistory', { deviceId: command.deviceId }, options);
      case 'recordSelfTest': {
        const { token: technicianToken, deviceId, passed } = command;
        return agent.call('recordSelfTest', { technicianToken, deviceId, passed });
      }
      case 'readBankCard':
      case 'bankCardTerms':
      case 'enterPin':
      case 'ejectCard':
      case 'scanAppCode':
      case 'layCard':
      case 'matchFace':
      case 'prove':
      case 'actFor':
        return factors.answer(command, signal);
      case 'testLink':
        return agent.call('testLink', { technicianToken: command.token }, options);
    }
  }

  function checkCode(
    { challengeId, code, token }: Extract<Ask, { do: 'checkCode' }>,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<Answers['checkCode']>> {
    const by = token === undefined ? {} : { identityToken: token };
    return agent.call('checkCode', { challengeId, code, ...by }, options);
  }

  async function issue(
    { token: identityToken, operationId, ask, masked }: Extract<Ask, { do: 'issueDocument' }>,
    signal: AbortSignal,
  ): Promise<Result<Answers['issueDocument']>> {
    const by = { identityToken, operationId };
    const result =
      ask.kind === 'reprint'
        ? await agent.call('reprintDocument', { ...by, documentNumber: ask.documentNumber }, { signal })
        : await agent.call('issueDocument', { ...by, ask, maskIdNumber: masked }, { signal });
    if (!result.ok) return result;
    const { pdfBase64, ...document } = result.value;
    const sha256 = createHash('sha256').update(Buffer.from(pdfBase64, 'base64')).digest('hex');
    if (sha256 !== document.sha256) return fail('E3104', 'bytes of the document do not fit their hash');
    documents.set(document.documentNumber, pdfBase64);
    return ok(document);
  }

  /** The session's proof of who is asking goes with what the flow asked. */
  function askPlatform(
    { token, operationId, item, ask: { route, request } }: Extract<Ask, { do: 'askPlatform' }>,
    signal: AbortSignal,
  ): Promise<Result<Answers['askPlatform']>> {
    const input = {
      ...(item !== undefined && SHARED.includes(route) ? { item } : {}),
      ...request,
      ...(operationId ? { operationId } : {}),
      ...(token === null ? {} : { identityToken: token }),
    };
    return agent.call(route, input as Input<typeof syncAgent, typeof route>, { signal });
  }

  /** Only its number is wanted: the card is given back before anything else happens, also when nobody wants it any more. */
  async function readPayoutCard(signal: AbortSignal): Promise<Result<Answers['readPayoutCard']>> {
    const read = await host.call('readBankCard', {}, { signal });
    await host.call('ejectCard', {});
    return read.ok ? ok({ number: read.value.number }) : read;
  }

  async function printDocument({
    operationId,
    documentNumber,
    pages,
  }: Extract<Ask, { do: 'printDocument' }>): Promise<Result<Answers['printDocument']>> {
    const pdfBase64 = documents.get(documentNumber);
    if (pdfBase64 === undefined) return fail('E5201', 'the document is not here any more');
    const onProgress = (now: { printed: number; stoppedBy?: string | undefined }) =>
      dispatch({ type: 'printProgress', operationId, ...now });
    const input = { operationId, jobName: `paper ${documentNumber}`.slice(0, 80), pages, pdfBase64 };
    return host.call('printDocument', input, { deadlineMs: printDeadline(pages), onProgress });
  }

  /** The process is killed once it has said `ended`: what it was told to tell must have arrived by then. */
  function last(promise: Promise<unknown>): void {
    underWay.add(promise);
    void promise.finally(() => underWay.delete(promise));
  }

  /** The journey waits for none of these; what the journal did not take, the agent finds out by itself. */
  function tell(command: Tell): void {
    switch (command.do) {
      case 'record':
        return last(agent.call('record', { data: command.data }));
      case 'cancel':
        return running.get(command.call)?.abort();
      case 'cancelOperation':
        return last(host.call('cancelOperation', { operationId: command.operationId }));
      case 'forgetDocument':
        return void documents.delete(command.documentNumber);
      case 'returnCard':
        return last(host.call('ejectCard', {}));
      case 'forgetFactors':
        return factors.forget();
      case 'endIdentity':
        return last(agent.call('endIdentity', { identityToken: command.token }));
      case 'signOut':
        return last(agent.call('signOut', { technicianToken: command.token }));
      case 'sound':
        return sound(command.name);
      case 'ended':
        documents.clear();
        // Each call has a deadline of its own, so that this wait has one.
        return void Promise.all(underWay).then(() => ended(command.reason));
    }
  }

  return run;
}
