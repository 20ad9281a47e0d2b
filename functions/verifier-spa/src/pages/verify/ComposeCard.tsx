import { t } from '../../text';
import { toHex } from '../../verify/bytes';
import { Card, Fact, Facts, Hex, Mark, toneOf } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

/** Which application a key server on dstack was deployed with. Absent where nothing was measured. */
export function ComposeCard({ result }: { result: Finished }) {
  const { replay, checks, expectation } = result.found;
  const measured = replay?.facts.get('compose-hash');
  const check = checks.find((one) => one.name === 'compose_hash');
  if (measured === undefined || check === undefined) return null;
  return (
    <Card title={t.cards.compose} help={t.cards.composeHelp}>
      <p>
        <Mark tone={toneOf(check.result)}>{check.result === 'passed' ? t.words.match : t.words.outcome[check.result]}</Mark>
      </p>
      <Facts>
        <Fact name={t.cards.measured}>
          <Hex value={toHex(measured)} label={t.cards.measured} />
        </Fact>
        {expectation?.expected.composeHashes.map((hash) => (
          <Fact key={hash} name={`${t.cards.released} (${expectation.profile})`}>
            <Hex value={hash} label={t.cards.released} />
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}
