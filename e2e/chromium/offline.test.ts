import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskIdNumber, maskName, maskPhone } from '@kiosk/domain/masking.ts';
import { syntheticPerson, syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { type ArrivedRequest, Management } from '../terminal/management.ts';
import { Paper } from '../terminal/paper.ts';
import { keepsItsWord } from '../terminal/promises.ts';
import { Terminal } from '../terminal/terminal.ts';
import { filesWith, secretsOf } from '../terminal/traces.ts';
import {
  type Appointment,
  aboutStaff,
  complain,
  leave,
  makeAppointment,
  requestNumber,
  withoutGaps,
} from '../terminal/visits.ts';

const person = syntheticPerson('ordinary', shanghaiDate(Date.now()));
const TRIES = 4;
/** Typed at the screen for the reply; not the number on record. */
const otherPhone = syntheticPhone(7_654_321);

describe('the line to the platform is cut, and people are served all the same', () => {
  let terminal: Terminal;
  let management: Management;
  let paper: Paper;
  let complaint: string;
  let appointment: Appointment;
  let anonymous: string;
  const told: string[] = [];

  const onLine = (words: string) =>
    terminal.until(`the line shown as ${words}`, async () =>
      (await terminal.words()).includes(words) ? true : undefined,
    );
  const arrived = (number: string) =>
    terminal.until(`${number} at the platform`, async () =>
      (await management.requests())?.find((request) => request.requestNumber === number),
    );
  const slipOf = (number: string) =>
    terminal.until(`the slip of ${number}`, async () =>
      (await paper.slips()).map(withoutGaps).find((slip) => slip.includes(number)),
    );

  before(async () => {
    terminal = await Terminal.start('chromium', 'requests are left while the line is cut');
    management = new Management(terminal.stack);
    paper = new Paper(terminal.stack.machine);
  });
  after(() => terminal.stop());

  it('the first screen says that the line is down', async () => {
    await terminal.link('cut');
    await onLine('线路中断');
  });

  it('a card alone opens the menu: what waits is offered, what needs the platform is closed and says why', async () => {
    await terminal.layCard('ordinary');
    await terminal.on('menu');
    for (const id of ['item-S01', 'item-B08'])
      assert.ok(await (await terminal.find(id)).isEnabled(), `${id} is closed`);
    for (const id of ['item-Q01', 'item-Q02', 'item-P01']) {
      assert.ok(await (await terminal.find(id)).isDisabled(), `${id} is open without the platform`);
      assert.match(await terminal.text(id), /线路|中心|联网|连/, `${id} does not say why it is closed`);
    }
    assert.equal((await terminal.bench.state()).messages.length, 0, 'a code was sent over a line that is down');
  });

  it('a complaint with a typed phone is accepted: a number on the screen, a slip that says received, not decided', async () => {
    complaint = await complain(terminal, otherPhone);
    assert.match(await terminal.words(), /现在还没有办成/);
    const slip = await slipOf(complaint);
    for (const said of ['已收到，尚未办结', '受理时线路中断', maskPhone(otherPhone)]) {
      assert.ok(slip.includes(said), `the slip does not say ${said}:\n${slip}`);
    }
    assert.doesNotMatch(slip, /已受理|已办结(?!未)|同意|批准/, 'the slip claims a decision');
    assert.ok(!slip.includes(otherPhone), 'the phone stands whole on the slip');
  });

  it('an appointment as well, in the same visit', async () => {
    await terminal.tap('home');
    await terminal.on('menu');
    appointment = await makeAppointment(terminal);
    assert.notEqual(appointment.number, complaint);
    assert.match(await slipOf(appointment.number), /已收到，尚未确认/);
    await leave(terminal);
  });

  it('somebody without a card leaves a complaint from the first screen', async () => {
    anonymous = await complain(terminal);
    await slipOf(anonymous);
    await leave(terminal);
    assert.deepEqual(await management.requests(), [], 'something reached the platform over a cut line');
    told.push(complaint, appointment.number, anonymous);
  });

  it('what people left is on disk, and cannot be read there', () => {
    const { terminal: files, logs } = terminal.stack.installation;
    assert.equal(terminal.journal.all('request.submitted').length, 3);
    assert.deepEqual(filesWith([files.dataDir, logs, files.socketDir], [...secretsOf('ordinary'), otherPhone]), []);
  });

  it('the line returns: each request arrives once, as what it is', async () => {
    await terminal.link('up');
    const facts = ({ item, topicId, level, offline, person: who }: ArrivedRequest) => ({
      item,
      topicId,
      level,
      offline,
      who,
    });
    const known = { name: maskName(person.name), idNumber: maskIdNumber(person.idNumber) };
    assert.deepEqual(facts(await arrived(complaint)), {
      ...{ item: 'S01', topicId: 'staff', level: 'L1', offline: true },
      who: { ...known, phone: maskPhone(otherPhone) },
    });
    const booked = await arrived(appointment.number);
    assert.deepEqual(facts(booked), {
      ...{ item: 'B08', topicId: 'loan-visit', level: 'L1', offline: true },
      who: { ...known, phone: null },
    });
    const { branchId, date, half } = appointment;
    assert.deepEqual({ ...booked.form, ...{ branchId, date, half } }, booked.form, 'not the slot that was chosen');
    assert.deepEqual(facts(await arrived(anonymous)), {
      ...{ item: 'S01', topicId: 'staff', level: 'L0', offline: true },
      who: null,
    });
    await onLine('联网办理');
    await keepsItsWord(terminal, { requests: told, documents: [] }, 'the line was cut and came back');
  });

  it('the platform stores and its answers are lost: it is told again, and has it once', async () => {
    // Whatever is first on the line hears no answer, and the line counts as down after it. Mostly that is the request;
    // when the terminal had something else to say just then, another one is left.
    let stored: ArrivedRequest | undefined;
    for (let tries = 0; !stored && tries < TRIES; tries++) {
      await terminal.link('up');
      await terminal.online();
      await terminal.tap('item-S01');
      await aboutStaff(terminal);
      await terminal.until('an empty queue', async () => ((await terminal.pending()) === 0 ? true : undefined));
      await terminal.link('loseAnswers');
      await terminal.tap('press-submit');
      const number = await requestNumber(terminal);
      told.push(number);
      await leave(terminal);
      const agent = await terminal.agent();
      stored =
        (await terminal.until(`${number} at the platform, or the line given up`, async () => {
          const found = (await management.requests())?.find((request) => request.requestNumber === number);
          return found ?? (agent.snapshot?.link.state === 'offline' ? null : undefined);
        })) ?? undefined;
    }
    assert.ok(stored, `in ${TRIES} tries no request was the first thing on the line`);
    assert.notEqual(await terminal.pending(), 0, 'the answers were not lost, so that nothing was tried');
    await terminal.link('up');
    await keepsItsWord(terminal, { requests: told, documents: [] }, 'answers of the platform were lost');
  });

  it('the sync-agent is killed while the line is down: what it had accepted arrives once', async () => {
    await terminal.link('cut');
    await onLine('线路中断');
    const number = await complain(terminal);
    told.push(number);
    terminal.stack.programs.get('sync-agent')!.kill();
    await leave(terminal);
    await terminal.link('up');
    assert.equal((await arrived(number)).offline, true);
    await keepsItsWord(terminal, { requests: told, documents: [] }, 'the sync-agent was killed while offline');
  });
});
