import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { fragmentOf } from '../../report';
import { t } from '../../text';
import { Card, CopyButton, Hex, download } from '../../ui/parts';
import { href } from '../../ui/router';
import type { Finished } from '../../ui/useCheck';

/** A link that carries the evidence, a file, paper. */
export function ShareCard({ result }: { result: Finished }) {
  const { report } = result;
  const [link, setLink] = useState<{ url: string; whole: boolean }>();
  useEffect(() => {
    let gone = false;
    void fragmentOf(report).then(({ fragment, whole }) => {
      if (!gone) setLink({ url: location.origin + href('/report', undefined, fragment), whole });
    });
    return () => {
      gone = true;
    };
  }, [report]);
  const file = `mero-tee-report-${report.checkedAt.slice(0, 19).replaceAll(':', '')}.json`;
  return (
    <Card title={t.share.title} help={t.share.offline} wide onScreen>
      <div className="row actions">
        {link?.whole === true ? (
          <CopyButton text={link.url} label={t.share.link}>
            {t.share.link}
          </CopyButton>
        ) : null}
        <Button className="secondary" onPress={() => download(file, 'application/json', report.text)}>
          {t.share.report}
        </Button>
        <Button className="secondary" onPress={() => window.print()}>
          {t.share.print}
        </Button>
      </div>
      {link?.whole === false ? (
        <p>
          {t.share.linkLong} <Hex value={link.url} label={t.share.link} />
        </p>
      ) : null}
      {link?.whole === true ? <a className="unseen" href={link.url} data-testid="permalink" tabIndex={-1} aria-hidden="true">{t.share.link}</a> : null}
    </Card>
  );
}
