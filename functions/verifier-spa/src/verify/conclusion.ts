import type { Answer, CheckName, VerifyRequest } from '../api/types';
import { PRODUCTION } from './policy';
import { type Recheck, family } from './recheck';

export type Trust = 'trusted' | 'not_trusted' | 'cannot_tell';

/** Why, as a code that the texts know, with what they say it with. */
export interface Conclusion {
  trust: Trust;
  reason: Reason;
}

export type Reason =
  | { code: 'all_hold'; release: string; profile: string; ownNonce: boolean }
  | { code: 'not_for_production'; release: string; profile: string }
  | { code: 'failed'; check: CheckName; where: 'server' | 'browser' | 'both'; detail: string; failure: string; lie: boolean }
  | { code: 'disagree'; check: CheckName }
  | { code: 'contradiction'; detail: string }
  | { code: 'shared'; checkedAt: string }
  | { code: 'missing'; check: CheckName; detail: string; failure: string };

/** Without these, found good by this browser itself, nobody is called trusted. */
const NEEDED: CheckName[] = ['freshness', 'dcap', 'measurements'];

/**
 * One verdict of all that is known. A failure anywhere is a no, whoever found it, and so is a server that says
 * something that is not so; what is only said by the server is never enough for a yes.
 *
 * @param sharedAt when somebody else checked it, where this is their report
 */
export function conclude(request: VerifyRequest, answer: Answer, found: Recheck, sharedAt?: string): Conclusion {
  const broken = found.rows.find((row) => row.agreement === 'disagree');
  if (broken !== undefined && broken.browser?.result === 'failed') {
    const { detail, code } = broken.browser;
    return no({ code: 'failed', check: broken.name, where: 'browser', detail, failure: code, lie: true });
  }
  if (broken !== undefined) return no({ code: 'disagree', check: broken.name });
  const failed = found.rows.find((row) => row.server?.result === 'failed' || row.browser?.result === 'failed');
  if (failed !== undefined) {
    const both = failed.server?.result === 'failed' && failed.browser?.result === 'failed';
    const one = failed.browser?.result === 'failed' ? failed.browser : failed.server;
    return no({
      code: 'failed',
      check: failed.name,
      where: both ? 'both' : failed.browser?.result === 'failed' ? 'browser' : 'server',
      detail: one?.detail ?? '',
      failure: one?.code ?? '',
      lie: false,
    });
  }
  const [contradiction] = found.contradictions;
  if (contradiction !== undefined) return no({ code: 'contradiction', detail: contradiction });
  const { expectation } = found;
  for (const check of NEEDED) {
    if (check === 'freshness' && sharedAt !== undefined) continue; // only its maker knows
    const row = found.rows.find((one) => one.name === check);
    if (row?.browser?.result !== 'passed' || row.server?.result !== 'passed') {
      // Where neither could make it, the server knows why: it asked for what is missing.
      const less = row?.server !== undefined && row.server.result !== 'passed' ? row.server : row?.browser;
      return { trust: 'cannot_tell', reason: { code: 'missing', check, detail: less?.detail ?? '', failure: less?.code ?? '' } };
    }
  }
  if (expectation === undefined) return { trust: 'cannot_tell', reason: { code: 'missing', check: 'measurements', detail: '', failure: '' } };
  const release = `${family(expectation.role)} ${expectation.version}`;
  const { profile } = expectation;
  // What was released is known; that its operator can log in and read everything is part of what was released.
  if (profile !== PRODUCTION) return no({ code: 'not_for_production', release, profile });
  if (sharedAt !== undefined) return { trust: 'cannot_tell', reason: { code: 'shared', checkedAt: sharedAt } };
  if (answer.verdict.result !== 'passed') {
    return { trust: 'cannot_tell', reason: { code: 'missing', check: 'measurements', detail: '', failure: '' } };
  }
  return { trust: 'trusted', reason: { code: 'all_hold', release, profile, ownNonce: request.nonceIsOwn === true } };
  function no(reason: Reason): Conclusion {
    return { trust: 'not_trusted', reason };
  }
}
