import { t, textFor } from '../../text';
import { REGISTERS, type RegisterResult, registerValues } from '../../verify/policy';
import { Difference, digitsThatDiffer, nearest } from '../../ui/Difference';
import { Card, Hex, Mark } from '../../ui/parts';
import { Link } from '../../ui/router';
import type { Finished } from '../../ui/useCheck';

/** MRTD and RTMR0 to 3 beside what the release accepts. */
export function RegistersCard({ result }: { result: Finished }) {
  const { registers, quote, expectation } = result.found;
  if (quote === undefined) return null;
  const values = registerValues(quote.report);
  const release = result.report.answer.verdict.release;
  return (
    <Card title={t.cards.registers} help={registers.length > 0 ? t.cards.registersHelp : t.cards.registersNone} wide>
      <ul className="registers">
        {registers.length > 0
          ? registers.map((one) => <Register key={one.name} result={one} />)
          : REGISTERS.map((name) => (
              <li key={name}>
                <strong>{name.toUpperCase()}</strong> <span className="help">{t.registers.entries[name].short}</span>
                <Hex value={values[name]} label={name.toUpperCase()} />
              </li>
            ))}
      </ul>
      {expectation === undefined || release === null ? null : (
        <div className="help">
          <p>
            {t.cards.release}: <strong>{`mero-${expectation.role === 'kms' ? 'kms' : 'tee'} ${expectation.version}, ${expectation.profile}`}</strong>{' '}
            ({textFor(t.cards.releaseFound, release.foundBy) ?? release.foundBy}).{' '}
            {release.documents[0] === undefined ? '' : t.cards.registersSource(release.documents.map((one) => one.asset).join(', '))}{' '}
            {t.cards.registersProof[expectation.proof.state]}
          </p>
          {release.documents[0] === undefined ? null : (
            <p>
              {t.cards.signedBy}: <code>{release.documents[0].signedBy}</code>
            </p>
          )}
        </div>
      )}
      <p>
        <Link to="/registers">{t.titles['/registers']}</Link>
      </p>
    </Card>
  );
}

export function Register({ result }: { result: RegisterResult }) {
  const { name, value, allowed, match } = result;
  const near = match ? undefined : nearest(value, allowed);
  return (
    <li data-register={name} data-match={match}>
      <div className="row between">
        <span>
          <strong>{name.toUpperCase()}</strong> <span className="help">{t.registers.entries[name].short}</span>
        </span>
        <Mark tone={match ? 'good' : 'bad'}>{match ? t.words.match : t.words.mismatch}</Mark>
      </div>
      {near === undefined ? (
        <Hex value={value} label={name.toUpperCase()} />
      ) : (
        <dl className="facts">
          <div>
            <dt>{t.cards.measured}</dt>
            <dd>
              <Difference value={value} other={near} />
            </dd>
          </div>
          <div>
            <dt>
              {t.cards.accepted} ({t.cards.nearest}; {t.cards.differsAt(digitsThatDiffer(value, near))})
            </dt>
            <dd>
              <Difference value={near} other={value} />
              {allowed.length > 1 ? <span className="help"> {t.cards.more(allowed.length - 1)}</span> : null}
            </dd>
          </div>
        </dl>
      )}
    </li>
  );
}
