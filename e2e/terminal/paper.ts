import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Machine } from '@kiosk/testbench/bench/machine.ts';
import type { PrintedJob } from '@kiosk/testbench/simulators/document-printer/simulator.ts';

/** What lies in the trays: A4 jobs with the text that can be selected in them, slips as they can be read. */
export class Paper {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async jobs(): Promise<readonly PrintedJob[]> {
    return (await this.#machine.documentPrinter.call('jobs')) as PrintedJob[];
  }

  async slips(): Promise<readonly string[]> {
    return ((await this.#machine.slipPrinter.call('slips')) as { text: string }[]).map((slip) => slip.text);
  }
}

/** The selectable text of a PDF, in reading order, as poppler sees it. */
export function textOf(pdf: string): string {
  return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
}

export const bytesOf = (pdf: string): Buffer => readFileSync(pdf);
