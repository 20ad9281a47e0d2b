import { t } from '../../text';
import { fromBase64, toHex } from '../../verify/bytes';
import { Card, Fact, Facts, Hex, Mark, toneOf } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

export function FreshnessCard({ result }: { result: Finished }) {
  const { found, report, shared } = result;
  const check = found.checks.find((one) => one.name === 'freshness');
  const { nonce, nonceIsOwn, url } = report.request;
  const unknown = nonce === undefined ? t.cards.freshUnknown : t.cards.freshReport;
  const words = check?.result === 'passed' ? t.cards.freshYes : check?.result === 'failed' ? t.cards.freshNo : unknown;
  const own = url === undefined ? t.cards.nonceMade : t.cards.nonceYours;
  const from = shared ? t.cards.nonceShared : nonceIsOwn === true ? own : t.cards.nonceGiven;
  return (
    <Card title={t.cards.freshness}>
      <p>
        <Mark tone={toneOf(check?.result)}>{words}</Mark>
      </p>
      <Facts>
        {nonce === undefined ? null : (
          <Fact name={`${t.cards.nonceSent} (${from})`}>
            <Hex value={toHex(fromBase64(nonce, 32))} label={t.cards.nonceSent} />
          </Fact>
        )}
        {found.quote === undefined ? null : (
          <>
            <Fact name={t.cards.inQuote}>
              <Hex value={toHex(found.quote.report.reportData.subarray(0, 32))} label={t.cards.inQuote} />
            </Fact>
            <Fact name={`${t.cards.second} (${t.cards.secondWhat[found.transport.state]})`}>
              <Hex value={toHex(found.quote.report.reportData.subarray(32))} label={t.cards.second} />
            </Fact>
          </>
        )}
      </Facts>
    </Card>
  );
}
