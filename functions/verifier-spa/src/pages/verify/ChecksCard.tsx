import { brief, t } from '../../text';
import type { Row } from '../../verify/recheck';
import { Card, Mark, type Tone, toneOf } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

const TONES: Record<Row['agreement'], Tone> = {
  agree: 'good',
  disagree: 'bad',
  server_only: 'unknown',
  browser_only: 'unknown',
  neither: 'unknown',
};

/** Which checks were done where, and whether they agree. */
export function ChecksCard({ result }: { result: Finished }) {
  const { rows, contradictions } = result.found;
  const server = result.shared ? t.cards.report : t.cards.server;
  return (
    <Card title={t.cards.checks} help={result.shared ? t.cards.checksHelpReport : t.cards.checksHelp} wide>
      <table className="checks">
        <thead>
          <tr>
            <th scope="col">{t.cards.check}</th>
            <th scope="col">{server}</th>
            <th scope="col">{t.cards.browser}</th>
            <th scope="col">{t.cards.compared}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CheckRow key={row.name} row={row} server={server} />
          ))}
        </tbody>
      </table>
      {contradictions.length === 0 ? null : (
        <div className="problem" data-testid="contradictions">
          <div>
            <h3>{t.cards.contradictions}</h3>
            <ul>
              {contradictions.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </Card>
  );
}

function CheckRow({ row, server }: { row: Row; server: string }) {
  const [name, meaning] = t.checks[row.name];
  return (
    <tr data-check={row.name} data-agreement={row.agreement}>
      <th scope="row">
        {name}
        <span className="help">{meaning}</span>
      </th>
      <td data-label={server}>
        <Mark tone={toneOf(row.server?.result)}>{t.words.outcome[row.server?.result ?? 'not_possible']}</Mark>
        <span className="help">{brief(row.server?.detail ?? '')}</span>
      </td>
      <td data-label={t.cards.browser}>
        <Mark tone={toneOf(row.browser?.result)}>{t.words.outcome[row.browser?.result ?? 'not_possible']}</Mark>
        <span className="help">{brief(row.browser?.detail ?? '')}</span>
      </td>
      <td data-label={t.cards.compared}>
        <Mark tone={TONES[row.agreement]}>{t.cards.agreement[row.agreement]}</Mark>
      </td>
    </tr>
  );
}
