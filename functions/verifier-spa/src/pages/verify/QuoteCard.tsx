import { dateText, t } from '../../text';
import { Card, Fact, Facts, Mark, More, type Tone, toneOf } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

/** The verdicts on the hardware: own, this browser's, Intel's; what is missing, and what to do about it. */
export function QuoteCard({ result }: { result: Finished }) {
  const { dcap } = result.found;
  const { verdict } = result.report.answer;
  const status = dcap?.authentic === true ? dcap.evaluation.status : verdict.dcap.tcbStatus;
  const advisories = dcap?.authentic === true ? dcap.evaluation.advisories : (verdict.dcap.advisoryIds ?? []);
  return (
    <Card title={t.cards.quote}>
      <Facts>
        <Fact name={t.cards.own}>
          <Status status={verdict.verdicts.dcap} otherwise={verdict.checks.find((one) => one.name === 'dcap')?.detail} />
        </Fact>
        <Fact name={t.cards.here}>
          <Status
            status={dcap?.authentic === true ? dcap.evaluation.status : null}
            otherwise={dcap === undefined || dcap.authentic ? t.cards.notVerified : dcap.detail}
          />
        </Fact>
        <Fact name={t.cards.intel}>
          <Status status={verdict.verdicts.ita} otherwise={t.cards.intelNone} unknown />
        </Fact>
        {dcap?.authentic === true ? <Fact name={t.cards.tcbDate}>{dateText(dcap.evaluation.date)}</Fact> : null}
      </Facts>
      {status === undefined ? null : <p>{t.cards.status[status]}</p>}
      {dcap?.authentic === true && dcap.evaluation.shortfalls.length > 0 ? (
        <>
          <h3>{t.cards.shortfall}</h3>
          <ul>
            {dcap.evaluation.shortfalls.map(({ what, remedy }) => (
              <li key={what}>
                {what} <span className="help">({t.cards.remedy[remedy]})</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {status === undefined ? null : <Advisories ids={advisories} />}
      <Steps result={result} />
    </Card>
  );
}

function Status({ status, otherwise, unknown }: { status: string | null; otherwise: string | undefined; unknown?: boolean }) {
  if (status === null) return <Mark tone={unknown === true ? 'unknown' : 'bad'}>{otherwise ?? t.cards.notVerified}</Mark>;
  const tone: Tone = status === 'UpToDate' ? 'good' : status === 'Revoked' ? 'bad' : 'unknown';
  return <Mark tone={tone}>{status}</Mark>;
}

function Advisories({ ids }: { ids: readonly string[] }) {
  return (
    <>
      <h3>{t.cards.advisories}</h3>
      {ids.length === 0 ? <p className="help">{t.cards.noAdvisories}</p> : null}
      <ul className="inline">
        {ids.map((id) => (
          <li key={id}>{/^INTEL-[SD]A-\d{5}$/.test(id) ? <Advisory id={id} /> : id}</li>
        ))}
      </ul>
    </>
  );
}

function Advisory({ id }: { id: string }) {
  return (
    <a
      href={`https://www.intel.com/content/www/us/en/security-center/advisory/${id.toLowerCase()}.html`}
      rel="noreferrer noopener external"
      target="_blank"
    >
      {id}
      <span className="unseen"> ({t.newTab})</span>
    </a>
  );
}

function Steps({ result }: { result: Finished }) {
  const { dcap } = result.found;
  if (dcap === undefined) return null;
  const server = result.report.answer.verdict.dcap.steps;
  return (
    <More title={t.cards.steps}>
      <ol className="dcap">
        {dcap.steps.map(({ step, title, outcome }) => (
          <li key={step}>
            <span>{title}</span>
            <Mark tone={toneOf(outcome)}>
              {t.cards.here}: {t.words.step[outcome]}
            </Mark>
            <Mark tone={toneOf(server.find((one) => one.step === step)?.outcome)}>
              {t.cards.server}: {t.words.step[server.find((one) => one.step === step)?.outcome ?? 'not_reached']}
            </Mark>
          </li>
        ))}
      </ol>
    </More>
  );
}
