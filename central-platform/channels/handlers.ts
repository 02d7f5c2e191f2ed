import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import { detailsOf, overviewOf } from '../core/overview.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { WebAnswer, WebAsked, WebRouteName } from './contract.ts';
import type { ECard } from './e-card.ts';
import type { Guard } from './guard.ts';
import type { HandOver } from './handover.ts';
import type { AnswerProvider } from './knowledge/answers.ts';
import type { OutwardService } from './outward/service.ts';
import type { Notices } from './notices/notices.ts';
import type { Papers } from './papers.ts';
import type { Passes } from './passes.ts';
import type { CaseProvider, DocumentProvider } from './providers.ts';
import type { PolicyPush } from './push/push.ts';
import type { Caller, SignIn } from './sign-in.ts';
import type { UnitSignIn } from './unit.ts';

/** A call whose gates are open. Exactly one of the three last is set where the route asks for it. */
export interface WebCall extends Caller {
  readonly session: string;
  readonly person: Depositor | undefined;
  /** Fingerprint of a unit's certificate. */
  readonly unit: string | undefined;
}

export type WebHandlers = {
  readonly [R in WebRouteName]: (call: WebCall, asked: WebAsked<R>) => Promise<Result<WebAnswer<R>>>;
};

export interface WebHandlerParts {
  readonly clock: Clock;
  readonly core: CoreSystem;
  readonly service: ServiceStore;
  readonly guard: Guard;
  readonly signIn: SignIn;
  readonly unitSignIn: UnitSignIn;
  readonly documents: DocumentProvider;
  readonly cases: CaseProvider;
  readonly papers: Papers;
  readonly passes: Passes;
  readonly handOver: HandOver;
  readonly answers: AnswerProvider;
  readonly push: PolicyPush;
  readonly notices: Pick<Notices, 'settings' | 'set' | 'tell'>;
  readonly card: ECard;
  readonly outward: OutwardService;
  /** A missing paper came for a case. */
  readonly onHandedIn?:
    ((paper: { caseNumber: string; idNumber: string; material: string }) => Promise<void>) | undefined;
  /** Address of the pages, known when they are up. */
  readonly baseUrl: () => string;
  /** A bad review opens a follow-up. */
  readonly onRating?:
    | ((rating: {
        subject: string;
        channel: string;
        score: string;
        reason: string | null;
      }) => Promise<{ readonly number: string; readonly dueAt: number } | undefined>)
    | undefined;
}

/** What every route of contract.ts does, without HTTP. */
export function webHandlers(parts: WebHandlerParts): WebHandlers {
  const { clock, service, guard, signIn, unitSignIn, documents, cases, papers, passes, handOver, push, outward } =
    parts;
  const nothing = ok({});
  /** The gates and the session were passed before a handler runs. */
  const person = (call: WebCall): Depositor => call.person!;

  /** Somebody asks for a number that is not theirs, or is none: both alike, and not often. */
  async function notYours(call: WebCall): Promise<Result<never>> {
    const wait = await guard.take('numbers by person', person(call).depositorId);
    return wait > 0 ? fail('E2607', `${wait} s`) : fail('E2606');
  }
  async function mine<T>(call: WebCall, find: () => Promise<T | undefined>): Promise<Result<T>> {
    const wait = await guard.wait('numbers by person', person(call).depositorId);
    if (wait > 0) return fail('E2607', `${wait} s`);
    const found = await find();
    return found === undefined ? notYours(call) : ok(found);
  }
  const myDocument = (call: WebCall, number: string) =>
    mine(call, async () => (await documents.ofPerson(person(call))).find((one) => one.documentNumber === number));
  const myCase = (call: WebCall, number: string) =>
    mine(call, async () => (await cases.ofPerson(person(call))).find((one) => one.number === number));

  function account(call: WebCall) {
    const [first] = person(call).accounts;
    return first ? ok(first) : fail('E1205');
  }

  return {
    sendLoginCode: (call, { phone, language }) => signIn.byPhone(call, phone, language),
    sendRegisterCode: (call, { name, idNumber, language }) => signIn.register(call, { name, idNumber }, language),
    signIn: (call, { challengeId, code, idTail }) => signIn.check(call, challengeId, code, idTail),
    async signOut({ session }) {
      await signIn.end(session);
      return nothing;
    },
    async myAccount(call) {
      const found = account(call);
      return found.ok ? ok(overviewOf(person(call), found.value, clock.now())) : found;
    },
    async myDetails(call, { period }) {
      const found = account(call);
      return found.ok ? detailsOf(found.value, period) : found;
    },
    myDocuments: async (call) => ok({ rows: [...(await documents.ofPerson(person(call)))] }),
    async showDocument(call, { number }) {
      const found = await myDocument(call, number);
      if (!found.ok) return found;
      if (found.value.state !== 'valid') return fail('E2612');
      const { depositorId } = person(call);
      await passes.end('show', depositorId);
      const { code, expiresAt } = await passes.issue('show', {
        depositorId,
        channel: call.channel,
        content: { number },
      });
      return ok({ url: new URL(`/c/${code}`, parts.baseUrl()).href, expiresAt });
    },
    async cancelDocument(call, { number, reason }) {
      const found = await myDocument(call, number);
      if (!found.ok) return found;
      const done = await documents.cancel(person(call), number, reason, call.channel);
      if (done.ok && done.value.state === 'cancelled') {
        const { depositorId } = person(call);
        const facts = { date: shanghaiDate(clock.now()), documentNumber: number };
        await parts.notices.tell({ kind: 'certificate.cancelled', reference: number, depositorId, facts });
      }
      return done;
    },
    myCases: async (call) => ok({ rows: [...(await cases.ofPerson(person(call)))] }),
    myCase: (call, { number }) => myCase(call, number),
    async handInPaper(call, { number, material, fileBase64 }) {
      const found = await myCase(call, number);
      if (!found.ok) return found;
      const bytes = Buffer.from(fileBase64, 'base64');
      const taken = await papers.take(person(call), found.value, { material, bytes, channel: call.channel });
      if (taken.ok)
        await parts.onHandedIn?.({ caseNumber: found.value.number, idNumber: person(call).idNumber, material });
      return taken;
    },
    async rate(call, { subject, score, reason }) {
      const { depositorId } = person(call);
      const found = await mine(call, async () => {
        const theirs = [
          ...(await cases.ofPerson(person(call))).map(({ number }) => number),
          ...(await documents.ofPerson(person(call))).map(({ documentNumber }) => documentNumber),
        ];
        return theirs.find((number) => number === subject);
      });
      if (!found.ok) return found;
      const rating = { subject, channel: call.channel, score, reason: reason ?? null };
      if (!(await service.rate({ ...rating, at: clock.now(), depositorId }))) return fail('E2608');
      const followUp = await parts.onRating?.(rating);
      if (followUp) {
        const facts = { workOrder: followUp.number, until: shanghaiDate(followUp.dueAt) };
        await parts.notices.tell({ kind: 'rating.followUp', reference: followUp.number, depositorId, facts });
      }
      return nothing;
    },
    myAppointments: async (call) => ok({ rows: [...(await cases.appointments(person(call)))] }),
    async leave(call, begun) {
      const { depositorId } = person(call);
      const left = await handOver.leave('resume', { depositorId, channel: call.channel }, begun);
      return left.ok ? ok({ resumeCode: left.value.code, expiresAt: left.value.expiresAt }) : left;
    },
    takeUp(call, { code }) {
      const by = { depositorId: person(call).depositorId, channel: call.channel, address: call.address };
      // A resume code has eight characters, a scanned token is longer.
      return handOver.take(code.replace(/[\s-]/g, '').length <= 8 ? 'resume' : 'phone', code, by);
    },
    async ask(call, { question, language }) {
      const wait = await guard.take('questions by address', call.address);
      return wait > 0 ? fail('E2607', `${wait} s`) : ok(await parts.answers.ask(question, language));
    },
    topics: async (call) => ok({ rows: [...(await push.topics(person(call).depositorId))] }),
    subscribe: async (call, { topic, on }) =>
      (await push.set(person(call).depositorId, topic, on, call.channel)) ? nothing : fail('E2606'),
    async noticeSettings(call) {
      const { language, topics } = await parts.notices.settings(person(call).depositorId);
      return ok({ language, topics: [...topics] });
    },
    setNotices: async (call, { language, off }) =>
      (await parts.notices.set(person(call).depositorId, { language, off, channel: call.channel }))
        ? nothing
        : fail('E2606'),
    myNews: async (call) => ok({ rows: [...(await push.news(person(call).depositorId))] }),
    myCard: async (call) => ok(await parts.card.show(person(call), call.channel)),
    async readCard(call, { code }) {
      const read = await parts.card.read(code, call);
      if (!read.ok) return read;
      const found = await parts.core.get(read.value);
      if (!found.ok) return found;
      const [first] = found.value?.accounts ?? [];
      if (!found.value || !first) return fail('E2602');
      return ok({ name: maskName(found.value.name), account: maskAccount(first.accountNumber), state: first.state });
    },
    async myConsents(call) {
      const [rows, departments] = [await outward.consents(person(call).depositorId), await outward.departments()];
      return ok({
        rows: rows.map((row) => ({
          ...row,
          fields: [...row.fields],
          ...wordsOf(departments, row),
        })),
      });
    },
    async giveConsent(call, asked) {
      const given = await outward.consent(person(call), asked, call.channel);
      if (!given.ok) return given;
      const departments = await outward.departments();
      return ok({ ...given.value, fields: [...given.value.fields], ...wordsOf(departments, given.value) });
    },
    async withdrawConsent(call, { number }) {
      const done = await outward.withdraw(person(call).depositorId, number, call.channel);
      return done.ok ? nothing : done;
    },
    unitChallenge: (call, { certificatePem }) => unitSignIn.challenge(call, certificatePem),
    async unitSignIn(call, proof) {
      const proved = await unitSignIn.check(call, proof);
      if (!proved.ok) return proved;
      const { unit, fingerprint } = proved.value;
      const session = await signIn.open(call.channel, 'unit', fingerprint);
      return ok({ ...session, unitAccount: unit.unitAccount, unitName: unit.name });
    },
    async unitOverview({ unit }) {
      const found = await unitSignIn.unit(unit!);
      if (!found.ok) return found;
      const { unitAccount, name, people, paidToMonth, state } = found.value;
      return ok({ unitAccount, unitName: name, employees: people, paidToMonth, state });
    },
  };
}

type Departments = Awaited<ReturnType<OutwardService['departments']>>;
function wordsOf(departments: Departments, { departmentId, purpose }: { departmentId: string; purpose: string }) {
  const known = departments.find((one) => one.departmentId === departmentId);
  const raw = (text: string) => ({ zh: text, en: text });
  return { department: known?.name ?? raw(departmentId), purpose: known?.purposeWords ?? raw(purpose) };
}
