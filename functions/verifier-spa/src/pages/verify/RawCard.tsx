import { Button } from 'react-aria-components';
import { t } from '../../text';
import { Card, CopyButton, More, download } from '../../ui/parts';
import type { Finished } from '../../ui/useCheck';

export function RawCard({ result }: { result: Finished }) {
  const { text } = result.report;
  const raw = JSON.stringify((JSON.parse(text) as { answer: unknown }).answer, null, 2);
  return (
    <Card title={t.cards.raw} help={t.cards.rawHelp} wide onScreen>
      <div className="row">
        <CopyButton text={raw} label={t.cards.raw} />
        <Button className="secondary" onPress={() => download('mero-tee-answer.json', 'application/json', raw)}>
          {t.download}
        </Button>
      </div>
      <More title={t.cards.details}>
        <pre className="raw" tabIndex={0}>
          {raw}
        </pre>
      </More>
    </Card>
  );
}
