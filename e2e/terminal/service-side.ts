import { socketPath } from '@kiosk/contract/config.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { readSecret } from '@kiosk/tools/provision/terminal.ts';
import type { Terminal } from './terminal.ts';

/** The heartbeat's period (sync-agent/agent/agent.ts), and how much of it a step of a story may need for itself. */
const HEARTBEAT_MS = 15_000;
const STEP_MS = 6_000;

/** What the service side knows at this moment: the devices' codes, the line and the queue, as both programs say. */
export class ServiceSide {
  readonly #terminal: Terminal;
  readonly #agent: ServiceClient<typeof syncAgent>;
  readonly #devices: ServiceClient<typeof deviceHost>;
  #beat = 0;
  #roundTrip: number | undefined;

  private constructor(terminal: Terminal, agent: ServiceClient<typeof syncAgent>) {
    const { socketDir, tokenFile } = terminal.stack.installation.terminal;
    this.#terminal = terminal;
    this.#agent = agent;
    this.#devices = connectService(deviceHost, {
      path: socketPath(socketDir, 'device-host'),
      token: readSecret(tokenFile),
    });
    agent.onSnapshot((now) => {
      const roundTrip = now?.link.roundTripMs;
      // Measured anew by each heartbeat that was answered.
      if (roundTrip !== undefined && roundTrip !== this.#roundTrip) this.#beat = Date.now();
      this.#roundTrip = roundTrip;
    });
  }

  static async of(terminal: Terminal): Promise<ServiceSide> {
    return new ServiceSide(terminal, await terminal.agent());
  }

  close(): void {
    this.#devices.close();
  }

  /** Waits until a device says this code; null: until it works. */
  async device(id: string, code: string | null): Promise<void> {
    await this.#terminal.until(`${id} with ${code ?? 'no code'}`, () => {
      const device = this.#devices.snapshot?.devices.find((d) => d.id === id);
      const works = device?.state === 'ready' && device.code === undefined;
      return answer(code === null ? works : device?.code === code);
    });
  }

  /** Waits until the line is down with this code. */
  lineDown(code: string): Promise<unknown> {
    return this.agent(`a line that is down with ${code}`, ({ link }) => link.code === code);
  }

  agent(what: string, holds: (agent: Snapshot<typeof syncAgent>) => boolean): Promise<unknown> {
    return this.#terminal.until(what, () => {
      const { snapshot } = this.#agent;
      return answer(snapshot !== undefined && holds(snapshot));
    });
  }

  /**
   * Changes the line so that the depositor's next step is the first to notice: nothing waits to be sent, and the next
   * heartbeat is far enough away.
   */
  async line(mode: Parameters<Terminal['link']>[0]): Promise<void> {
    await this.agent('a line that is up', ({ link }) => link.state === 'online');
    await this.#terminal.until('a moment between two heartbeats', async () =>
      answer((await this.#terminal.pending()) === 0 && Date.now() - this.#beat < HEARTBEAT_MS - STEP_MS),
    );
    await this.#terminal.link(mode);
  }

  /** Mends the line; resolves when a heartbeat has been answered since and the screen says so. */
  async lineUp(): Promise<void> {
    await this.#terminal.link('up');
    const mended = Date.now();
    await this.agent('a line that is up', ({ link }) => link.state === 'online' && this.#beat > mended);
    await this.#terminal.until('the screen to say so', async () =>
      answer((await this.#terminal.words()).includes('联网办理')),
    );
  }
}

const answer = (holds: boolean): Promise<true | undefined> => Promise.resolve(holds ? true : undefined);
