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
