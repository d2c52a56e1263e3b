/** What the process tells the shell. */
export const exitCodes = {
  ok: 0,
  findings: 1,
  ruleError: 2,
  usage: 3,
  couldNotLook: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The person called the program in a way that can't be meant. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
