import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import fastify from 'fastify';
import { currentCatalogue } from '../../catalogue/catalogue.ts';
import { demonstrationCore } from '../../core/core.ts';
import type { CoreSystem } from '../../core/core-system.ts';
import { createConfigurationOffice } from '../../downlink/office.ts';
import { keySigner } from '../../downlink/signer.ts';
import { jsonLog } from '../../log.ts';
import { LOCAL_FONTS } from '../../public/style.ts';
import { engines } from '../../testing/engines.ts';
import { createVault } from '../../vault.ts';
import { type WebRouteName, webRoutes } from '../contract.ts';
import { type ChannelProviders, createChannelRooms, createContacts } from '../rooms.ts';
import type { Messenger } from '../sms/messenger.ts';
import type { SmsProvider } from '../sms/provider.ts';

export const TODAY = '2026-11-21';
export const ordinary = syntheticPerson('ordinary', TODAY);
// A whole suite is run once more on the other engine (tools/test/suites.ts).
const engine = engines.find(({ name }) => name === (process.env['KIOSK_TEST_ENGINE'] ?? 'sqlite'))!;
const BOTH = { by: 'wang', approvedBy: 'li' };

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** The channels' rooms over real HTTP and a store of their own, with a clock moved by hand and messages kept in memory. */
export async function startHall(
  t: TestContext,
  options: { readonly providers?: Partial<ChannelProviders>; readonly core?: (core: CoreSystem) => CoreSystem } = {},
) {
  const clock = new ManualClock();
  const logLines: string[] = [];
  const log = jsonLog(
    () => clock.now(),
    (line) => void logLines.push(line),
  );
  const store = await engine.openStore(t);
  const vault = createVault('a secret of a test that is long enough');
  const plain = demonstrationCore({ clock, store: store.core, vault });
  const core = options.core?.(plain) ?? plain;
  const sent: { phone: string; text: string; template: string }[] = [];
  const sms: SmsProvider = {
    async send({ phone, text, template }) {
      sent.push({ phone, text, template });
      return { state: 'delivered' };
    },
  };
  const centreName = { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' };
  const made = createContacts({ clock, store, core, vault, log, sms, centreName });
  // Sign-in answers before its message is taken.
  const underWay = new Set<Promise<unknown>>();
  const send: Messenger['send'] = (message) => {
    const sending = made.messenger.send(message);
    underWay.add(sending);
    void sending.finally(() => underWay.delete(sending)).catch(() => {});
    return sending;
  };
  const contacts = { ...made, messenger: { ...made.messenger, send } };
  /** What was to be sent is sent. */
  const messagesSent = async (): Promise<void> => void (await Promise.all(underWay));
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = keySigner(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  const centreId = '38010000';
  const configuration = createConfigurationOffice({ clock, store: store.configuration, signer, centreId });
  await configuration.begin(currentCatalogue('12329'));
  let url = '';
  const rooms = await createChannelRooms({
    clock,
    store,
    core,
    vault,
    log,
    contacts,
    configuration,
    centreId,
    centreName,
    enquiryPhone: '12329',
    demonstration: true,
    localFonts: true,
    limits: { perSecond: 100, burst: 1_000 },
    baseUrl: () => url,
    providers: options.providers,
  });
  const server = fastify({ bodyLimit: 64 * 1024 });
  const fonts = fileURLToPath(new URL('../../../assets/fonts', import.meta.url));
  for (const { path, file } of LOCAL_FONTS) {
    server.get(path, (_request, reply) => reply.type('font/ttf').send(createReadStream(join(fonts, file))));
  }
  await server.register(rooms.routes);
  await server.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  t.after(async () => {
    await server.close();
    await rooms.close();
  });

  const keys = new Map<string, string>();
  const keyOf = async (code: string): Promise<string> => {
    const there = keys.get(code);
    if (there !== undefined) return there;
    const done = await rooms.office.apply({ kind: 'channel.key', channelId: code, withToken: false }, BOTH);
    if (!done.ok) throw new Error(done.error.code);
    keys.set(code, done.value.secret!.key);
    return done.value.secret!.key;
  };

  /** A call of the web API by a channel's application. */
  async function call(
    name: WebRouteName,
    asked: Readonly<Record<string, unknown>> = {},
    by: { readonly channel?: string; readonly session?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<Answered> {
    const { channel = '10', session } = by;
    const appId = (await rooms.registry.get(channel))!.appId;
    const { method, path } = webRoutes[name];
    const named = new Set<string>();
    const filled = path.replace(/:(\w+)/g, (_, key: string) => {
      named.add(key);
      return encodeURIComponent(String(asked[key]));
    });
    const rest = Object.fromEntries(Object.entries(asked).filter(([key]) => !named.has(key)));
    const response = await fetch(url + filled, {
      method,
      headers: {
        'x-app-id': appId,
        'x-app-key': await keyOf(channel),
        ...(session ? { authorization: `Bearer ${session}` } : {}),
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...by.headers,
      },
      ...(method === 'POST' ? { body: JSON.stringify(rest) } : {}),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }
  const lastCode = async (): Promise<string> => {
    await messagesSent();
    return /\d{6}/.exec(sent.at(-1)!.text)![0];
  };

  /** Registers (or signs in) over the web and gives the session. */
  async function signedIn(person = ordinary, channel = '10'): Promise<string> {
    const { name, idNumber } = person;
    const given = await call('sendRegisterCode', { name, idNumber }, { channel });
    const { challengeId } = given.body as { challengeId: string };
    const done = await call('signIn', { challengeId, code: await lastCode() }, { channel });
    return (done.body as { session: string }).session;
  }

  return {
    ...{ clock, store, vault, core, contacts, configuration, rooms, logLines, url, call, signedIn },
    ...{ sent, messagesSent, lastCode },
  };
}
export type Hall = Awaited<ReturnType<typeof startHall>>;
