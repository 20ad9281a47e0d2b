import type { JsonObject } from '../verify/json';
import type { Report } from '../report';

/** What one page leaves for the next, which takes it once: too large for an address, and no business of the history's. */
let left: { evidence: JsonObject } | { report: Report } | undefined;

export function leave(what: typeof left): void {
  left = what;
}

export function take(): typeof left {
  const taken = left;
  left = undefined;
  return taken;
}
