import type { Configuration } from '@kiosk/contract/services/sync-agent.ts';
import type { Report } from './reports.ts';
import type { Speech } from './words.ts';

const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** What the centre decided and is in force here, and how much of its limits is used. */
export function configurationReport(configuration: Configuration, speech: Speech): Report {
  const { say, time, explain, choose } = speech;
  const { versions, channel, caps, use, refused, commands, notices } = configuration;
  const version = (number: number) => (number === 0 ? say('none') : String(number));
  const parameters = versions.parameters === 0 ? say('safeDefaults') : String(versions.parameters);
  return {
    sections: [
      {
        title: say('configuration'),
        rows: [
          [
            say('channel'),
            channel.state === 'open' ? say('channelOpen') : `${say('channelStopped')}  ${choose(channel.words)}`,
          ],
          [say('catalogue'), version(versions.catalogue)],
          [say('parameters'), parameters],
          ...notices.map(({ words }) => [say('notice'), choose(words)]),
          [say('waitingRequests'), `${use.waiting} / ${caps.mostWaiting}`],
          [say('waitingAmount'), `${yuan(use.waitingAmountFen)} / ${yuan(caps.mostWaitingAmountFen)}`],
          [say('oldestWaiting'), `${time(use.oldestAt)} / ${caps.oldestHours} h`],
          [say('perPersonDay'), String(caps.perPersonDay)],
          ...commands
            .slice(0, 3)
            .map(({ version: n, name, outcome, code }) => [
              say('command'),
              `${n}  ${name}  ${speech.name(outcome)}${code === undefined ? '' : `  ${explain(code)}`}`,
            ]),
          ...(refused === null ? [] : [[say('refused'), `${time(refused.at)}  ${explain(refused.code)}`]]),
        ],
      },
    ],
    json: configuration,
    good: channel.state === 'open' && refused === null,
  };
}
