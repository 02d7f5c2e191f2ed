import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import {
  type Audience,
  type DownlinkKind,
  type DownlinkVersions,
  type Envelope,
  RemoteCommand,
  type Statement,
} from '@kiosk/contract/platform/downlink.ts';
import { Parameters, SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { ConfigurationRelease, ConfigurationStore, Scope } from '../store/configuration-store.ts';
import { mergeCatalogue, same } from './program-catalogue.ts';
import type { ConfigurationSigner } from './signer.ts';

const DAY_MS = 86_400_000;
/** A command nobody fetched by then is not wanted any more; the rest is good for a year and renewed before. */
const VALID_MS: Readonly<Record<DownlinkKind, number>> = {
  catalogue: 366 * DAY_MS,
  parameters: 366 * DAY_MS,
  command: DAY_MS,
};
const RENEW_MS = 90 * DAY_MS;
/** The whole centre. */
export const CENTRE: Scope = '';

/** Who publishes the catalogue that comes with the program, until staff publish another. */
const PROGRAM = 'program';
/** What a new release of the program added to a catalogue of staff. */
const MERGED = 'program-merged';

/** Who wants it and who agreed; with issue of the console these are two people. */
export interface Approval {
  readonly by: string;
  readonly approvedBy: string;
}

/** A field that is null goes back to what the centre says (for one terminal) or to the safe default. */
export type ParameterChange = { readonly [K in keyof Parameters]?: Parameters[K] | null | undefined };

export interface ConfigurationOffice {
  /** Sees to it that this catalogue and some parameters are in force. E2307 when that needs a signature there is not. */
  begin(catalogue: Catalogue): Promise<Result<void>>;
  /** What the newest things for a terminal are; commands it has already (`applied`) and expired ones left out. */
  versionsFor(terminalId: string, applied: DownlinkVersions): Promise<DownlinkVersions>;
  /** Everything newer than what the terminal has. */
  envelopesFor(terminalId: string, applied: DownlinkVersions): Promise<readonly Envelope[]>;
  /** As they are in force for the centre or for one terminal. */
  parameters(scope: Scope): Promise<Parameters>;
  /** Changes some fields and sends the whole. The version that says so. E9005 the fields are wrong, E2307. */
  changeParameters(scope: Scope, change: ParameterChange, approval: Approval): Promise<Result<number>>;
  /** The catalogue in force for the centre. */
  catalogue(): Promise<Catalogue>;
  /** Publishes what `edit` makes of it. From then on the program's own list is laid under it (program-catalogue.ts). E9005, E2307. */
  changeCatalogue(edit: (catalogue: Catalogue) => Catalogue, approval: Approval): Promise<Result<number>>;
  /** E9005, E2307. The version that a terminal reports the outcome of. */
  command(scope: Scope, command: unknown, approval: Approval): Promise<Result<number>>;
}

export interface OfficeParts {
  readonly clock: Clock;
  readonly store: ConfigurationStore;
  readonly signer: ConfigurationSigner;
  readonly centreId: string;
}

export function createConfigurationOffice({ clock, store, signer, centreId }: OfficeParts): ConfigurationOffice {
  /** One change after the other: a version is given once. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function overridesOf(scope: Scope): Promise<Partial<Parameters>> {
    const change = await store.inForce('parameters', scope);
    return (change?.content ?? {}) as Partial<Parameters>;
  }

  async function parameters(scope: Scope): Promise<Parameters> {
    const centre = await overridesOf(CENTRE);
    const own = scope === CENTRE ? {} : await overridesOf(scope);
    return Parameters.parse({ ...SAFE_PARAMETERS, ...centre, ...own });
  }

  /**
   * Versions begin with the day (261121 0001), so that a platform that was restored from a backup still counts above
   * what its terminals have.
   */
  async function nextVersion(kind: DownlinkKind): Promise<number> {
    const today = Number(shanghaiDate(clock.now()).replaceAll('-', '').slice(2)) * 10_000 + 1;
    return Math.max(today, (await store.lastVersion(kind)) + 1);
  }

  async function release(
    kind: DownlinkKind,
    scope: Scope,
    content: unknown,
    changeId: number | null,
  ): Promise<Result<number>> {
    // Another process on the same store may give away the same version; then the next one is signed.
    for (;;) {
      const version = await nextVersion(kind);
      const issuedAt = clock.now();
      const expires = issuedAt + VALID_MS[kind];
      const audience: Audience = scope === CENTRE ? { centreId } : { terminalId: scope };
      const said: Statement = { v: 1, kind, version, audience, issuedAt, notBefore: issuedAt, expires, content };
      const statement = Buffer.from(JSON.stringify(said), 'utf8');
      const signed = await signer.sign(statement);
      if (!signed) return fail('E2307');
      if (await store.addRelease({ kind, version, scope, changeId, statement, issuedAt, expires, ...signed })) {
        return ok(version);
      }
    }
  }

  async function approved(kind: DownlinkKind, scope: Scope, content: unknown, { by, approvedBy }: Approval) {
    const at = clock.now();
    const id = await store.propose({ kind, scope, content, by, at });
    await store.approve(id, approvedBy, at);
    return id;
  }

  /** The centre's new parameters reach a terminal with differences of its own in a release of its own, after it. */
  async function releaseParameters(scope: Scope, changeId: number | null): Promise<Result<number>> {
    const released = await release('parameters', scope, await parameters(scope), changeId);
    if (!released.ok || scope !== CENTRE) return released;
    for (const own of await store.scopes('parameters')) {
      if (own === CENTRE) continue;
      const also = await release('parameters', own, await parameters(own), changeId);
      if (!also.ok) return also;
    }
    return released;
  }

  /** Long before a signature ends it is made anew, so that a terminal that was dark for a month finds a good one. */
  async function current(
    kind: 'catalogue' | 'parameters',
    terminalId: string,
  ): Promise<ConfigurationRelease | undefined> {
    const newest = await store.newest(kind, terminalId);
    if (!newest || newest.expires - clock.now() > RENEW_MS) return newest;
    await inTurn(async () => {
      const still = await store.newest(kind, terminalId);
      if (!still || still.version !== newest.version) return;
      const content = (JSON.parse(Buffer.from(still.statement).toString('utf8')) as Statement).content;
      await release(kind, still.scope, content, still.changeId);
    });
    return store.newest(kind, terminalId);
  }

  /** The program's own catalogue, as it is or laid under what staff have published. */
  async function publishProgram(program: Catalogue): Promise<Result<void>> {
    const known = await store.inForce('catalogue', CENTRE);
    const before = (await store.changes()).find(
      ({ kind, proposedBy }) => kind === 'catalogue' && proposedBy === PROGRAM,
    );
    const news = !same(before?.content, program);
    const ours = known === undefined || known.proposedBy === PROGRAM;
    if (!news && (await store.lastVersion('catalogue')) > 0) return ok();
    let content = program;
    if (!ours) {
      // What the program brought this time is kept, in force nowhere, so that the next release knows what staff have changed.
      if (news)
        await store.propose({ kind: 'catalogue', scope: CENTRE, content: program, by: PROGRAM, at: clock.now() });
      const published = Catalogue.parse(known.content);
      content = mergeCatalogue(before && Catalogue.parse(before.content), published, program);
      if (same(content, published)) return ok();
    }
    const by = ours ? PROGRAM : MERGED;
    const id = await approved('catalogue', CENTRE, content, { by, approvedBy: by });
    const released = await release('catalogue', CENTRE, content, id);
    return released.ok ? ok() : released;
  }

  const catalogue = async () => Catalogue.parse((await store.inForce('catalogue', CENTRE))?.content);

  return {
    parameters,
    catalogue,
    changeCatalogue: (edit, approval) =>
      inTurn(async () => {
        const checked = Catalogue.safeParse(edit(await catalogue()));
        if (!checked.success) return fail('E9005', checked.error.issues.map(({ path }) => path.join('.')).join('; '));
        const id = await approved('catalogue', CENTRE, checked.data, approval);
        return release('catalogue', CENTRE, checked.data, id);
      }),
    begin: (catalogue) =>
      inTurn(async () => {
        const by = { by: PROGRAM, approvedBy: PROGRAM };
        const begun = await publishProgram(Catalogue.parse(catalogue));
        if (!begun.ok) return begun;
        if ((await store.lastVersion('parameters')) > 0) return ok();
        const id = await approved('parameters', CENTRE, {}, by);
        const released = await releaseParameters(CENTRE, id);
        return released.ok ? ok() : released;
      }),
    async versionsFor(terminalId, applied) {
      const [catalogue, inForce] = [await current('catalogue', terminalId), await current('parameters', terminalId)];
      const commands = await store.after('command', terminalId, applied.command, clock.now());
      return {
        catalogue: catalogue?.version ?? 0,
        parameters: inForce?.version ?? 0,
        command: commands.at(-1)?.version ?? applied.command,
      };
    },
    async envelopesFor(terminalId, applied) {
      const found = [await current('catalogue', terminalId), await current('parameters', terminalId)];
      const newer = found.filter((one) => one !== undefined && one.version > applied[one.kind]);
      const commands = await store.after('command', terminalId, applied.command, clock.now());
      return [...newer, ...commands].flatMap((one) => (one ? [envelopeOf(one)] : []));
    },
    changeParameters: (scope, change, approval) =>
      inTurn(async () => {
        const content = Object.fromEntries(
          Object.entries({ ...(await overridesOf(scope)), ...change }).filter(
            ([, value]) => value !== null && value !== undefined,
          ),
        );
        const base = scope === CENTRE ? SAFE_PARAMETERS : await parameters(CENTRE);
        const checked = Parameters.strict().safeParse({ ...base, ...content });
        if (!checked.success) return fail('E9005', checked.error.issues.map(({ path }) => path.join('.')).join('; '));
        return releaseParameters(scope, await approved('parameters', scope, content, approval));
      }),
    command: (scope, command, approval) =>
      inTurn(async () => {
        const checked = RemoteCommand.safeParse(command);
        if (!checked.success) return fail('E9005', 'command');
        return release('command', scope, checked.data, await approved('command', scope, checked.data, approval));
      }),
  };
}

function envelopeOf({ keyId, statement, signature }: ConfigurationRelease): Envelope {
  return {
    keyId,
    statementBase64: Buffer.from(statement).toString('base64'),
    signatureBase64: Buffer.from(signature).toString('base64'),
  };
}
