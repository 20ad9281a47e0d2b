import { brief, short, t, textFor, timeText } from '../../text';
import type { Reason } from '../../verify/conclusion';
import { ShieldCheck, ShieldCross, ShieldQuestion } from '../../ui/icons';
import type { Finished } from '../../ui/useCheck';

/** Codes of what did not hold at that time. */
const OF_TIME = /_(?:expired|not_yet_valid)$/;
const TONES = { trusted: 'good', not_trusted: 'bad', cannot_tell: 'unknown' } as const;

/** One word, the one sentence why, and what that does not say. */
export function VerdictBanner({ result }: { result: Finished }) {
  const { conclusion, report } = result;
  const { trust } = conclusion;
  return (
    <section className={`verdict ${TONES[trust]}`} aria-labelledby="verdict" data-testid="verdict" data-trust={trust}>
      <div className="sign">{trust === 'trusted' ? <ShieldCheck /> : trust === 'not_trusted' ? <ShieldCross /> : <ShieldQuestion />}</div>
      <div>
        <h2 id="verdict">
          <span className="unseen">{t.verdict.label}: </span>
          {t.verdict[trust]}
        </h2>
        <p className="why">{why(result)}</p>
        {'detail' in conclusion.reason && conclusion.reason.detail !== '' ? <p className="detail">{brief(conclusion.reason.detail)}</p> : null}
        {conclusion.reason.code === 'missing' ? <p>{missing(conclusion.reason)[1]}</p> : null}
        {trust === 'not_trusted' ? null : <Limits result={result} />}
        <p className="help">{t.verdict.asked(timeText(report.checkedAt))}</p>
      </div>
    </section>
  );
}

function why({ conclusion: { reason }, found, report, shared }: Finished): string {
  const kind = found.expectation?.role ?? report.request.kind;
  switch (reason.code) {
    case 'all_hold':
      return (reason.ownNonce ? t.verdict.trustedFresh : t.verdict.trustedNonce)(t.words.role[kind], reason.release, reason.profile);
    case 'not_for_production':
      return t.verdict.notForProduction(t.words.role[kind], reason.release, reason.profile);
    case 'failed':
      if (reason.lie && shared) return t.verdict.lyingReport;
      if (reason.lie) return OF_TIME.test(reason.failure) ? t.verdict.clock(timeText(Date.now())) : t.verdict.lying;
      return textFor(t.verdict.failedCode, reason.failure) ?? t.verdict.failed[reason.check];
    case 'disagree':
      return t.verdict.disagree;
    case 'contradiction':
      return shared ? t.verdict.contradictionReport : t.verdict.contradiction;
    case 'shared':
      return t.verdict.shared(timeText(reason.checkedAt));
    case 'missing':
      return missing(reason)[0];
  }
}

function missing({ failure, check }: Extract<Reason, { code: 'missing' }>): readonly [string, string] {
  const group = /^(?:collateral|releases)_/.exec(failure)?.[0] ?? failure;
  return textFor(t.verdict.missingCode, group) ?? t.verdict.missing[check];
}

/** An answer through an address proves that such a machine answered, not that the address is it. */
function Limits({ result }: { result: Finished }) {
  const { report, found, shared } = result;
  if (found.dcap?.authentic !== true) return null;
  const { status } = found.dcap.evaluation;
  const { url, kind, nonce, nonceIsOwn, releaseTag } = report.request;
  // What it runs is known only where its registers are those of a release.
  const isReleased = found.checks.some((one) => one.name === 'measurements' && one.result === 'passed');
  const what = isReleased ? t.words.role[found.expectation?.role ?? kind] : t.words.machine;
  const { transport } = found;
  return (
    <div className="limits" data-testid="limits">
      <h3>{t.verdict.limits}</h3>
      <ul>
        <li>{shared ? t.verdict.limitsReport(what) : url === undefined ? t.verdict.limitsPaste(what) : t.verdict.limitsUrl(what, hostOf(url))}</li>
        {shared || nonce === undefined || nonceIsOwn === true ? null : <li>{t.verdict.limitsNonce}</li>}
        {releaseTag !== undefined || found.expectation === undefined ? null : <li>{t.verdict.limitsRelease(found.expectation.version)}</li>}
        {status === 'UpToDate' ? null : <li>{t.verdict.limitsStatus(status)}</li>}
        {isReleased ? <li>{t.verdict.limitsSigned}</li> : <li>{t.verdict.limitsUnreleased}</li>}
      </ul>
      {transport.state === 'bound' ? (
        <p className="bound">{transport.of === 'kms' ? t.verdict.boundKms(short(transport.key)) : t.verdict.boundNode(short(transport.key))}</p>
      ) : null}
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url.slice(0, 80);
}
