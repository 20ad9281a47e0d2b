import { short, t } from '../../text';
import { toHex } from '../../verify/bytes';
import { type ReplayStep, payloadText } from '../../verify/eventlog';
import { Card, Fact, Facts, Mark, More } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

const MAX_SHOWN = 256;

/** How RTMR3 came to its value, link by link, as this browser computed it. */
export function Chain({ result }: { result: Finished }) {
  const { replay, quote } = result.found;
  if (replay === undefined || quote === undefined) return null;
  const steps = replay.steps.filter((step) => step.event.register === 3);
  const rtmr3 = replay.registers[3];
  const good = rtmr3?.outcome === 'equal';
  return (
    <Card title={t.cards.log} help={t.cards.logHelp} wide>
      {replay.problem === undefined ? null : (
        <p>
          <Mark tone="bad">{replay.problem.detail}</Mark>
        </p>
      )}
      <ol className="chain" data-testid="chain">
        <li className="end">
          <span>{t.cards.logStart}</span>
          <code>000000…000000</code>
        </li>
        {steps.slice(0, MAX_SHOWN).map((step) => (
          <Link key={step.event.index} step={step} />
        ))}
        {steps.length > MAX_SHOWN ? <li className="help">{t.cards.more(steps.length - MAX_SHOWN)}</li> : null}
        <li className={good ? 'end good' : 'end bad'}>
          <span>{t.cards.logEnd}</span>
          <code>{short(toHex(quote.report.rtmr[3]))}</code>
          <Mark tone={good ? 'good' : 'bad'}>{good ? t.cards.logOk : t.cards.logBad}</Mark>
        </li>
      </ol>
      <h3>{t.cards.logOthers}</h3>
      <ul className="inline">
        {replay.registers.slice(0, 3).map(({ register, outcome }) => (
          <li key={register}>
            <Mark tone={outcome === 'equal' ? 'good' : outcome === 'different' ? 'bad' : 'unknown'}>
              RTMR{register}: {t.cards.logRegister[outcome]}
            </Mark>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Link({ step }: { step: ReplayStep }) {
  const { event, after } = step;
  const payload = payloadText(event.payload);
  return (
    <li data-event={event.name}>
      <More
        title={
          <>
            <strong>{event.name === '' ? t.cards.logDigest : event.name}</strong> <code>→ {short(toHex(after))}</code>
          </>
        }
      >
        <Facts>
          <Fact name={t.cards.logPayload}>
            <code className="breaking">{payload.text === '' ? '–' : payload.text}</code>
          </Fact>
          <Fact name={t.cards.logDigest}>
            <code className="breaking">{toHex(event.digest)}</code>
          </Fact>
          <Fact name={t.cards.logAfter}>
            <code className="breaking">{toHex(after)}</code>
          </Fact>
        </Facts>
      </More>
    </li>
  );
}
