import { brief, short, t, textFor, timeText } from '../../text';
import type { Conclusion } from '../../verify/conclusion';
import { ShieldCheck, ShieldCross, ShieldQuestion } from '../../ui/icons';
import type { Finished } from '../../ui/useCheck';

const TONES = { trusted: 'good', not_trusted: 'bad', cannot_tell: 'unknown' } as const;

/** One word, the one sentence why, and what that does not say. */
export function VerdictBanner({ result }: { result: Finished }) {
  const { conclusion, report, found } = result;
  const { trust } = conclusion;
  return (
    <section className={`verdict ${TONES[trust]}`} aria-labelledby="verdict" data-testid="verdict" data-trust={trust}>
      <div className="sign">{trust === 'trusted' ? <ShieldCheck /> : trust === 'not_trusted' ? <ShieldCross /> : <ShieldQuestion />}</div>
      <div>
        <h2 id="verdict">
          <span className="unseen">{t.verdict.label}: </span>
          {t.verdict[trust]}
        </h2>
        <p className="why">{why(conclusion, found.expectation?.role ?? report.request.kind)}</p>
        {'detail' in conclusion.reason && conclusion.reason.detail !== '' ? <p className="detail">{brief(conclusion.reason.detail)}</p> : null}
        {trust === 'not_trusted' ? null : <Limits result={result} />}
        <p className="help">{t.verdict.asked(timeText(report.checkedAt))}</p>
      </div>
    </section>
  );
}

function why({ reason }: Conclusion, kind: 'kms' | 'node'): string {
  switch (reason.code) {
    case 'all_hold':
      return (reason.ownNonce ? t.verdict.trustedFresh : t.verdict.trustedNonce)(t.words.role[kind], reason.release, reason.profile);
    case 'not_for_production':
      return t.verdict.notForProduction(t.words.role[kind], reason.release, reason.profile);
    case 'failed':
      if (reason.where === 'browser' && reason.lie) return t.verdict.lying;
      return textFor(t.verdict.failedCode, reason.failure) ?? t.verdict.failed[reason.check];
    case 'disagree':
      return t.verdict.disagree;
    case 'contradiction':
      return t.verdict.contradiction;
    case 'shared':
      return t.verdict.shared(timeText(reason.checkedAt));
    case 'missing':
      return textFor(t.verdict.missingCode, reason.failure) ?? t.verdict.missing[reason.check];
  }
}

/** An answer through an address proves that such a machine answered, not that the address is it. */
function Limits({ result }: { result: Finished }) {
  const { report, found, shared } = result;
  if (found.dcap?.authentic !== true) return null;
  const { url, kind, nonce, nonceIsOwn, releaseTag } = report.request;
  const what = t.words.role[found.expectation?.role ?? kind];
  const { transport } = found;
  return (
    <div className="limits" data-testid="limits">
      <h3>{t.verdict.limits}</h3>
      <ul>
        <li>{shared ? t.verdict.limitsReport(what) : url === undefined ? t.verdict.limitsPaste(what) : t.verdict.limitsUrl(what, hostOf(url))}</li>
        {shared || nonce === undefined || nonceIsOwn === true ? null : <li>{t.verdict.limitsNonce}</li>}
        {releaseTag !== undefined || found.expectation === undefined ? null : <li>{t.verdict.limitsRelease(found.expectation.version)}</li>}
        <li>{t.verdict.limitsSigned}</li>
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
