import { dateText, t, textFor } from '../../text';
import { Card, CopyButton, External, Fact, Facts, Mark, More, type Tone, toneOf } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

/** Where Intel Trust Authority publishes the keys that its tokens are signed with. */
const INTEL_KEYS = 'https://portal.trustauthority.intel.com/certs';

/** The verdicts on the hardware: own, this browser's, Intel's; what is missing, and what to do about it. */
export function QuoteCard({ result }: { result: Finished }) {
  const { dcap } = result.found;
  const { verdict, ita_token: token } = result.report.answer;
  const status = dcap?.authentic === true ? dcap.evaluation.status : verdict.dcap.tcbStatus;
  const advisories = dcap?.authentic === true ? dcap.evaluation.advisories : (verdict.dcap.advisoryIds ?? []);
  return (
    <Card title={t.cards.quote}>
      <Facts>
        <Fact name={result.shared ? t.cards.ownReport : t.cards.own}>
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
        {dcap?.authentic === true ? (
          <>
            <Fact name={t.cards.tcbDate}>{dateText(dcap.evaluation.date)}</Fact>
            <Fact name={t.cards.lists}>
              {t.cards.listsNumber(dcap.evaluationNumber)}
              <p className="help">{t.cards.listsHelp}</p>
            </Fact>
          </>
        ) : null}
        {token === null ? null : <Token token={token} />}
      </Facts>
      {status === undefined ? null : <p>{textFor(t.cards.status, status)}</p>}
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

/** For whoever wants to verify the signature that this page cannot. */
function Token({ token }: { token: string }) {
  return (
    <Fact name={t.cards.intelToken}>
      <CopyButton text={token} label={t.cards.intelToken} />
      <p className="help">
        {t.cards.intelTokenHelp} <External href={INTEL_KEYS}>{new URL(INTEL_KEYS).host}</External>
      </p>
    </Fact>
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
  return <External href={`https://www.intel.com/content/www/us/en/security-center/advisory/${id.toLowerCase()}.html`}>{id}</External>;
}

function Steps({ result }: { result: Finished }) {
  const { dcap } = result.found;
  if (dcap === undefined) return null;
  const server = result.report.answer.verdict.dcap.steps;
  return (
    <More title={t.cards.steps}>
      <ol className="dcap">
        {dcap.steps.map(({ step, outcome }) => (
          <li key={step}>
            <span>{t.found.step[step - 1]}</span>
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
