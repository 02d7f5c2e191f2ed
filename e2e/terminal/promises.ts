import assert from 'node:assert/strict';
import { Management } from './management.ts';
import { Paper } from './paper.ts';
import type { Terminal } from './terminal.ts';
import { withoutGaps } from './visits.ts';

/** What people were told at the screen: numbers they could quote at a counter. */
export interface Told {
  readonly requests: readonly string[];
  readonly documents: readonly string[];
}

/**
 * Waits until everything is back, delivered and settled, and then holds the terminal to its word: what was accepted
 * arrived once, every intent has one settlement, nothing came out twice, the journal is whole. `how` tells a failing run
 * what happened before.
 */
export async function keepsItsWord(terminal: Terminal, told: Told, how: string): Promise<void> {
  const management = new Management(terminal.stack);
  await settled(terminal, management, how);
  await arrivedOnce(terminal, management, told.requests, how);
  settledOnce(terminal, how);
  await printedOnce(terminal, management, told, how);
  await chainsAreWhole(terminal, how);
}

/** Every program runs, no intent is open, and the platform has what the journal has. */
async function settled(terminal: Terminal, management: Management, how: string): Promise<void> {
  const agent = await terminal.agent();
  await terminal.until(`every intent to be settled (${how})`, async () =>
    agent.snapshot?.unsettled === 0 && openIntents(terminal).length === 0 ? true : undefined,
  );
  await terminal.until(`the whole journal to be at the platform (${how})`, async () => {
    const durable = await management.durable();
    const streams = ['business', 'audit'] as const;
    const whole = streams.every((stream) => durable?.[stream] === terminal.journal.entries(stream).length);
    return whole ? true : undefined;
  });
  // Received first, and only then made a request of: the platform answers the terminal before it opens what is sealed.
  const kept = terminal.journal.all('request.submitted').length;
  await terminal.until(`the platform to have made requests of what it received (${how})`, async () => {
    const made = await management.requests();
    return made !== undefined && made.length >= kept ? true : undefined;
  });
}

async function arrivedOnce(terminal: Terminal, management: Management, told: readonly string[], how: string) {
  const arrived = (await management.requests())!.map((request) => request.requestNumber);
  const kept = terminal.journal.all('request.submitted').map((entry) => entry.requestNumber);
  assert.deepEqual(arrived.toSorted(), kept.toSorted(), `the platform has other requests than the journal (${how})`);
  assert.equal(new Set(arrived).size, arrived.length, `a request arrived twice (${how})`);
  for (const number of told) assert.ok(arrived.includes(number), `${number} was accepted and never arrived (${how})`);
  assert.deepEqual(await management.quarantine(), [], `the platform put entries aside (${how})`);
  assert.deepEqual(
    (await management.events())!.filter(({ code }) => code.startsWith('E62')),
    [],
    `the platform and the terminal disagree about a stream (${how})`,
  );
}

function openIntents(terminal: Terminal): string[] {
  const done = new Set(terminal.journal.all('operation.settled').map(({ operationId }) => operationId));
  const intended = terminal.journal.all('operation.intended').map(({ operationId }) => operationId);
  return intended.filter((id) => !done.has(id));
}

function settledOnce(terminal: Terminal, how: string): void {
  const ids = (type: 'operation.intended' | 'operation.settled') =>
    terminal.journal
      .all(type)
      .map(({ operationId }) => operationId)
      .toSorted();
  assert.deepEqual(ids('operation.settled'), ids('operation.intended'), `intents and settlements do not pair (${how})`);
}

async function printedOnce(terminal: Terminal, management: Management, told: Told, how: string): Promise<void> {
  const paper = new Paper(terminal.stack.machine);
  const jobs = await paper.jobs();
  const outcomes = new Map(terminal.journal.all('operation.settled').map((entry) => [entry.operationId, entry]));
  const operations = jobs.map(({ name }) => name.split(' ')[0]!);
  assert.equal(new Set(operations).size, operations.length, `an operation was sent to the printer twice (${how})`);
  for (const [at, job] of jobs.entries()) {
    const entry = outcomes.get(operations[at]!);
    assert.ok(entry, `the printer has a job that was never intended: ${job.name} (${how})`);
    if (entry.outcome === 'done') assert.equal(job.printed, job.pages, `done, and pages are missing (${how})`);
    if (entry.outcome === 'failed') assert.notEqual(job.state, 'completed', `failed, and the paper is out (${how})`);
  }
  const whole = jobs
    .filter((job) => job.pages > 0 && job.printed === job.pages)
    .map(({ name }) => name.split(' ').at(-1)!);
  assert.equal(new Set(whole).size, whole.length, `a document came out twice: ${whole.join(', ')} (${how})`);
  const issued = (await management.documents())!.map(({ documentNumber }) => documentNumber);
  for (const number of told.documents) {
    assert.ok(whole.includes(number), `${number} was shown as printed and is not in the tray (${how})`);
    assert.equal(issued.filter((other) => other === number).length, 1, `${number} is not known once (${how})`);
  }
  const slips = (await paper.slips()).map(withoutGaps);
  for (const number of [...told.requests, ...told.documents]) {
    const copies = slips.filter((slip) => slip.includes(number)).length;
    assert.ok(copies <= 1, `${copies} slips say ${number} (${how})`);
  }
}

/** A technician walks every chain from the first entry. */
async function chainsAreWhole(terminal: Terminal, how: string): Promise<void> {
  const agent = await terminal.agent();
  const signedIn = await agent.call('signIn', { ...terminal.stack.technician, by: 'cli' });
  assert.ok(signedIn.ok, `the technician could not sign in (${how})`);
  const { technicianToken } = signedIn.value;
  const verified = await agent.call('verifyJournal', { technicianToken });
  await agent.call('signOut', { technicianToken });
  assert.ok(verified.ok, `the journal could not be verified (${how})`);
  for (const { stream, brokenAt } of verified.value.streams) {
    assert.equal(brokenAt, null, `the chain of ${stream} is broken (${how})`);
  }
}
