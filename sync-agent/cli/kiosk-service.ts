import { parseArgs } from 'node:util';
import { socketPath } from '@kiosk/contract/config.ts';
import { loadConfig } from '@kiosk/contract/config-file.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { type Failure, type Result, fail } from '@kiosk/contract/kernel/result.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import packageJson from '../package.json' with { type: 'json' };
import { type CommandInput, commands } from './commands.ts';
import { enrol } from '../enrolment/enrol.ts';
import { findCredentials } from './credentials.ts';
import { type DeviceCommand, deviceCommands } from './device-commands.ts';
import { throughAgent } from './journal-access.ts';
import { type JournalCommand, journalCommands } from './journal-commands.ts';
import { withoutAgent } from './journal-offline.ts';
import { REFUSED, enrolledReport, findCode, nextStep } from './enrol-command.ts';
import { layOut } from './layout.ts';
import { firstSnapshot } from './presence.ts';
import { type Report, versionReport } from './reports.ts';
import { chooseLanguage, speech } from './words.ts';

const EXIT = { good: 0, wrong: 1, usage: 2, refused: 3, notRunning: 4 } as const;

const options = {
  config: { type: 'string' },
  name: { type: 'string' },
  'secret-file': { type: 'string' },
  lang: { type: 'string' },
  stream: { type: 'string' },
  type: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  waiting: { type: 'boolean' },
  now: { type: 'boolean' },
  code: { type: 'string' },
  platform: { type: 'string' },
  'new-signing-key': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const parsed = parse(args);
  const talk = speech(chooseLanguage(parsed?.values.lang, process.env));
  const [command, ...words] = parsed?.positionals ?? [];
  const known = findCommand(command, words);
  if (!parsed || parsed.values.help || !known) {
    const asked = parsed?.values.help === true;
    (asked ? process.stdout : process.stderr).write(talk.say('usage') + '\n');
    return asked ? EXIT.good : EXIT.usage;
  }
  const { values } = parsed;
  const complain = ({ code, detail }: Failure): void => {
    if (values.json) process.stdout.write(JSON.stringify({ error: { code, detail } }) + '\n');
    else process.stderr.write(talk.explain(code) + (detail === undefined ? '' : `\n${' '.repeat(7)}${detail}`) + '\n');
  };
  const show = ({ sections, json, good }: Report): number => {
    if (!values.json && sections.length > 0) process.stdout.write(layOut(sections) + '\n');
    if (values.json && json !== undefined) process.stdout.write(JSON.stringify(json, null, 2) + '\n');
    return good ? EXIT.good : EXIT.wrong;
  };

  const loaded = loadConfig(values.config ?? process.env['KIOSK_CONFIG']);
  if (!loaded.ok) {
    complain(loaded.error);
    return EXIT.usage;
  }
  const { config, token } = loaded.value;
  const agentSocket = socketPath(config.socketDir, 'sync-agent');
  const deviceSocket = socketPath(config.socketDir, 'device-host');
  const agent = connectService(syncAgent, { path: agentSocket, token });
  const devices = connectService(deviceHost, { path: deviceSocket, token });
  try {
    const [running, deviceState] = await Promise.all([
      firstSnapshot(agentSocket, agent, systemClock),
      firstSnapshot(deviceSocket, devices, systemClock),
    ]);
    if (command === 'version') return show(versionReport(packageJson.version, running, deviceState, talk));
    if (running && (known.journal?.agent === 'stopped' || command === 'enrol')) {
      complain({ code: 'E9010', detail: talk.say('stopAgent') });
      return EXIT.wrong;
    }
    if (command === 'enrol') {
      const code = await findCode(values.code, process.stdin, process.stderr, talk);
      if (
        code === undefined ||
        (values.platform !== undefined && !URL.parse(values.platform)?.protocol.startsWith('https'))
      ) {
        process.stderr.write(talk.say('usage') + '\n');
        return EXIT.usage;
      }
      const asked = {
        code,
        platformUrl: values.platform,
        newSigningKey: values['new-signing-key'],
        clock: systemClock,
      };
      const enrolled = await enrol(config, asked);
      if (enrolled.ok) return show(enrolledReport(enrolled.value, talk));
      const advice = nextStep(enrolled.error.code);
      complain(enrolled.error);
      if (advice && !values.json) process.stderr.write(`${' '.repeat(7)}${talk.say(advice)}\n`);
      return REFUSED.includes(enrolled.error.code) ? EXIT.refused : EXIT.wrong;
    }
    if (!running && (known.journal === undefined || known.journal.agent === 'running')) {
      complain({ code: 'E9003', detail: 'sync-agent' });
      return EXIT.notRunning;
    }
    const credentials = await findCredentials(
      {
        name: values.name,
        secretFile: values['secret-file'],
        env: process.env,
        input: process.stdin,
        output: process.stderr,
      },
      talk,
    );
    if (!credentials) {
      process.stderr.write(talk.say('usage') + '\n');
      return EXIT.usage;
    }
    const interrupted = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
    const ask = (line: string) => void process.stderr.write(line + '\n');
    const journalInput = {
      argument: known.words[0],
      options: values,
      speech: talk,
      signal: interrupted.signal,
      ask,
    };
    const { journal } = known;
    if (!running && journal) {
      const done = await withoutAgent(config, credentials, systemClock, (parts) =>
        journal.run({ ...parts, ...journalInput, agent: undefined }),
      );
      if (done.ok) return show(done.value);
      complain(done.error);
      return done.error.code.startsWith('E71') ? EXIT.refused : EXIT.wrong;
    }
    const signedIn = await agent.call('signIn', { ...credentials, by: 'cli' });
    if (!signedIn.ok) {
      const { code, detail } = signedIn.error;
      complain({ code, ...(code === 'E7102' && detail ? { detail: `${detail} ${talk.say('seconds')}` } : {}) });
      return EXIT.refused;
    }
    const { technicianToken } = signedIn.value;
    const report = await (journal
      ? journal.run({
          ...journalInput,
          access: throughAgent(agent, technicianToken),
          agent: { client: agent, technicianToken },
          backUp: () => agent.call('backUpJournal', { technicianToken }),
          restore: () => Promise.resolve(fail('E9010', talk.say('stopAgent'))),
        })
      : known.run({
          agent,
          devices,
          technicianToken,
          argument: known.words[0],
          second: known.words[1],
          now: values.now === true,
          speech: talk,
          clock: systemClock,
          signal: interrupted.signal,
          tell: (line, value) => void process.stdout.write((values.json ? JSON.stringify(value) : line) + '\n'),
          ask,
        }));
    await agent.call('signOut', { technicianToken });
    if (report.ok) return show(report.value);
    complain(report.error);
    return report.error.code === 'E9003' ? EXIT.notRunning : EXIT.wrong;
  } finally {
    agent.close();
    devices.close();
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    // An option nobody knows: the usage says which there are.
    return undefined;
  }
}

interface KnownCommand {
  /** A command of the journal, which may do without the agent. */
  readonly journal?: JournalCommand;
  readonly run: (input: CommandInput) => Promise<Result<Report>>;
  readonly words: readonly string[];
}

/** undefined: no such command, or not so many words behind it. */
function findCommand(command: string | undefined, words: readonly string[]): KnownCommand | undefined {
  if (command === 'version' || command === 'enrol') {
    return words.length === 0 ? { run: async () => fail('E9005'), words } : undefined;
  }
  if (command === 'devices' && words.length > 0) {
    const [name = '', ...rest] = words;
    if (!isKey(deviceCommands, name)) return undefined;
    const { run, words: allowed, second }: DeviceCommand = deviceCommands[name];
    const good = rest.length >= allowed[0] && rest.length <= allowed[1];
    return good && (rest[1] === undefined || second?.includes(rest[1])) ? { run, words: rest } : undefined;
  }
  if (command === 'journal') {
    const [name = '', ...rest] = words;
    if (!isKey(journalCommands, name)) return undefined;
    const journal: JournalCommand = journalCommands[name];
    const good = rest.length >= journal.words[0] && rest.length <= journal.words[1];
    return good ? { journal, run: async () => fail('E9005'), words: rest } : undefined;
  }
  if (command === undefined || !isKey(commands, command)) return undefined;
  const good = words.length === (command === 'test' ? 1 : 0);
  return good ? { run: commands[command], words } : undefined;
}

function isKey<T extends object>(table: T, key: string): key is string & keyof T {
  return Object.hasOwn(table, key);
}
