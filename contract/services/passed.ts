import { type PlatformRoutes, platformRoutes } from '../platform/api.ts';

/**
 * Questions of a person that the agent passes to the platform and back as they are, ahead of the drain: one command each,
 * of the route's name, with the deadline in ms. Never journaled, never logged. Errors: E31xx and the platform's own.
 */
export const PASSED = {
  sendCode: 10_000,
  checkCode: 10_000,
  endIdentity: 5_000,
  prove: 15_000,
  requestCode: 10_000,
  bankCardTerms: 10_000,
  identityState: 5_000,
  actFor: 10_000,
  authorise: 10_000,
  authorisations: 10_000,
  withdrawAuthorisation: 10_000,
  account: 10_000,
  accounts: 10_000,
  details: 15_000,
  history: 15_000,
  interest: 15_000,
  loans: 15_000,
  loanPlan: 15_000,
  loanHistory: 15_000,
  earlyRepaymentTrial: 15_000,
  withdrawalReasons: 10_000,
  withdrawalCheck: 20_000,
  previewDocument: 20_000,
  issueDocument: 20_000,
  reprintDocument: 20_000,
  ownDocuments: 10_000,
  cancelCertificate: 15_000,
  verifyDocument: 10_000,
  confirmRequest: 10_000,
  /** The platform itself waits 5 s for the decision. */
  requestOutcome: 15_000,
  completeIdentity: 15_000,
  progress: 15_000,
  sendContactCode: 10_000,
  checkContactCode: 10_000,
  verifyPayoutCard: 20_000,
  consents: 10_000,
  branchesNow: 10_000,
  appointmentSlots: 10_000,
  leave: 10_000,
  takeUp: 10_000,
} as const satisfies Partial<Record<keyof PlatformRoutes, number>>;

export type PassedRoute = keyof typeof PASSED;
export const PASSED_ROUTES = Object.keys(PASSED) as PassedRoute[];

type PassedCommands = {
  readonly [R in PassedRoute]: {
    readonly input: PlatformRoutes[R]['request'];
    readonly output: PlatformRoutes[R]['answer'];
    readonly deadlineMs: number;
  };
};

/** Input and output are the route's own: no type is written twice. */
export const passedCommands = Object.fromEntries(
  PASSED_ROUTES.map((route) => {
    const { request: input, answer: output } = platformRoutes[route];
    return [route, { input, output, deadlineMs: PASSED[route] }];
  }),
) as unknown as PassedCommands;
