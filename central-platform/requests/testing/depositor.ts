import { requestSha256 } from '@kiosk/contract/journal/confirmation.ts';
import type { RequestForm, RequestLevel, RequestPerson } from '@kiosk/contract/journal/request-form.ts';
import { keyWrapper, newDataKey, sealJson } from '@kiosk/contract/journal/sealing.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import type { SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { TestPlatform } from '../../testing/installation.ts';
import { claimOf, TestJournal, type TestTerminal } from '../../testing/terminal.ts';

export const SIGNATURE = { aspectMilli: 3_000, strokes: [[100, 2_000, 900, 1_400, 1_800, 2_600]] };

/** A depositor at a terminal of a test, who does what the session would: identify, confirm, submit, look what became of it. */
export class DepositorAtTerminal {
  readonly platform: TestPlatform;
  readonly terminal: TestTerminal;
  readonly person: SyntheticPerson;
  readonly journal: TestJournal;
  identityToken = '';
  #submitted = 0;

  constructor(platform: TestPlatform, terminal: TestTerminal, person: SyntheticPerson, journal?: TestJournal) {
    this.platform = platform;
    this.terminal = terminal;
    this.person = person;
    this.journal = journal ?? new TestJournal(terminal, 'business');
  }

  async lastCode(): Promise<string> {
    // A notice may have been sent since.
    const messages = (await (await this.platform.management('sms-outbox')).json()) as { text: string }[];
    const [code] = messages.flatMap(({ text }) => /(?:验证码|code) (\d{6})/i.exec(text)?.[1] ?? []);
    return code!;
  }

  async identify(): Promise<string> {
    const { challengeId } = await this.terminal.ask('sendCode', claimOf(this.person));
    const checked = await this.terminal.ask('checkCode', { challengeId, code: await this.lastCode() });
    if (!checked.accepted) throw new Error('the code was not accepted');
    return (this.identityToken = checked.identityToken);
  }

  personOf(more: RequestPerson = {}): RequestPerson {
    const { name, idNumber, phone } = this.person;
    return { name, idNumber, phone, ...more };
  }

  confirm(form: RequestForm, person: RequestPerson, operationId: string) {
    const { identityToken } = this;
    const formSha256 = requestSha256(form, person);
    return this.terminal.call('confirmRequest', {
      identityToken,
      operationId,
      item: form.item,
      formSha256,
      signature: SIGNATURE,
    });
  }

  /** Journals it as the sync-agent does and delivers; returns the request's number. */
  async submit(
    form: RequestForm,
    person: RequestPerson,
    operationId: string,
    { level = 'L3', offline = false }: { level?: RequestLevel; offline?: boolean } = {},
  ): Promise<string> {
    const { terminal, journal } = this;
    const requestNumber = makeRequestNumber({ terminal: terminal.terminalId, counter: journal.length + 1 });
    const dataKey = newDataKey(intl);
    journal.write(
      {
        ...{ type: 'request.submitted', sessionId: 'session', operationId, requestNumber, level, offline, form },
        person: sealJson(intl, dataKey, { ...person, signature: SIGNATURE }),
      },
      keyWrapper(intl, this.platform.installation.centreKey).wrap(dataKey),
    );
    const from = journal.length;
    const answer = await terminal.deliver(journal.batch(from));
    if (answer.status !== 200) throw new Error(`delivery answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return requestNumber;
  }

  /** Confirmed, submitted, and as far as the machine goes. */
  async request(
    form: RequestForm,
    more: RequestPerson = {},
  ): Promise<{ number: string; told: PlatformAnswer<'requestOutcome'> }> {
    const person = this.personOf(more);
    const operationId = `op ${this.terminal.terminalId} ${this.journal.length} ${++this.#submitted}`;
    const confirmed = await this.confirm(form, person, operationId);
    if (confirmed.status !== 200) throw new Error(`not confirmed: ${JSON.stringify(confirmed.body)}`);
    const number = await this.submit(form, person, operationId);
    return { number, told: await this.outcome(number) };
  }

  async outcome(requestNumber: string): Promise<PlatformAnswer<'requestOutcome'>> {
    await this.platform.running.projected();
    const { identityToken } = this;
    return this.terminal.ask('requestOutcome', { requestNumber, identityToken, waitMs: 0 });
  }

  async line(requestNumber: string) {
    const { cases } = await this.terminal.ask('progress', { identityToken: this.identityToken });
    return cases.find(({ number }) => number === requestNumber);
  }
}
