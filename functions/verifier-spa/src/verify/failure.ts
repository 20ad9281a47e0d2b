/** The ten steps of verification (dcap.md), by number. */
export const STEPS = [
  'root of trust',
  'TCB info',
  'QE identity',
  'PCK chain',
  'QE report',
  'quote signature',
  'platform TCB level',
  'TDX module',
  'TCB status',
  'attributes',
] as const;

/** Evidence or collateral is refused. Codes are those of the server, so that both can be compared. */
export class Refusal extends Error {
  constructor(
    readonly step: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
