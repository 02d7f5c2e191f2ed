import type { LabCheck } from '@kiosk/testbench/lab/check.ts';
import { deviceChecks } from '@kiosk/testbench/lab/device-checks.ts';
import { BAD_LINE } from './checks/bad-line.ts';
import { FLAKY_DISKS } from './checks/flaky-disks.ts';

/** Every check of the laboratory, in the order it runs them. Looked at, none of them needs the machine; run, all do. */
export const LAB_CHECKS: readonly LabCheck[] = [...deviceChecks(), ...FLAKY_DISKS, BAD_LINE];
