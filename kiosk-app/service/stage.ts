import type { SelfTest, StatusChange } from '@kiosk/contract/services/device-host.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';

/** The two stages of a technician's visit, part of the same journey as the depositor's. */
export type TechnicianStage =
  | {
      readonly at: 'technicianSignIn';
      /** The call that checks the secret, while one does. The secret itself is never part of the state. */
      readonly call: number | null;
      readonly error: string | null;
      /** Moment (mono) until which sign-in is locked. */
      readonly lockedUntil: number | null;
    }
  | {
      readonly at: 'technician';
      readonly token: string;
      readonly name: string;
      /** Moment (mono) at which the sign-in ends by itself. */
      readonly expiresAt: number;
      /** Self-tests under way: device id to call. */
      readonly testing: Readonly<Record<string, number>>;
      readonly selfTests: readonly SelfTest[];
      /** The open history of a device; `call` while it is asked for. */
      readonly history: {
        readonly deviceId: string;
        readonly call: number | null;
        readonly entries: readonly StatusChange[];
        readonly error: string | null;
      } | null;
      readonly linkCall: number | null;
      readonly linkTest: ScreenOf<'technician'>['linkTest'];
    };
