import { dateText, t } from '../../text';
import { Card, Fact, Facts, Hex, Mark } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

/** The chain from the machine's certificate to the root. */
export function CertificatesCard({ result }: { result: Finished }) {
  const { dcap } = result.found;
  return (
    <Card title={t.cards.certificates} help={t.cards.certificatesHelp}>
      {dcap?.authentic !== true ? (
        <p>
          <Mark tone="bad">{t.cards.notVerified}</Mark>
        </p>
      ) : (
        <>
          <ol className="certificates">
            {dcap.chain.map(({ name, organization, validity, serial }) => (
              <li key={serial}>
                <strong>{name}</strong>
                <span className="help">{organization}</span>
                <span className="help">
                  {t.cards.valid}: {dateText(validity.from)} – {dateText(validity.until)}
                </span>
                <span className="help">
                  {t.cards.serial}: <code className="breaking">{serial}</code>
                </span>
              </li>
            ))}
          </ol>
          <Facts>
            <Fact name={t.cards.fmspc}>
              <Hex value={dcap.fmspc} label={t.cards.fmspc} />
            </Fact>
            <Fact name={t.cards.root}>
              <Hex value={dcap.root} label={t.cards.root} />
            </Fact>
            <Fact name={t.cards.validUntil}>{dateText(dcap.validUntil)}</Fact>
          </Facts>
        </>
      )}
    </Card>
  );
}
