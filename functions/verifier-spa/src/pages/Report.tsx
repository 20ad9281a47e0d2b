import { useCallback, useEffect, useState } from 'react';
import { MalformedError, sha256, toHex, utf8 } from '../verify/bytes';
import { type Report, openFragment, readReport } from '../report';
import { t, timeText } from '../text';
import { Area } from '../ui/fields';
import { ErrorBox } from '../ui/ErrorBox';
import { Link, usePlace } from '../ui/router';
import { useCheck } from '../ui/useCheck';
import { take } from './handover';
import { Progress } from './verify/Progress';
import { Results } from './verify/Results';

/** A report that somebody made: from a link, a file, or pasted. Checked again here, at the time that it says. */
export default function ReportPage() {
  const { fragment } = usePlace();
  const { state, open } = useCheck();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const [expected, setExpected] = useState<string>();
  const [report, setReport] = useState<Report>();

  const show = useCallback(
    (found: Report) => {
      setProblem(undefined);
      setReport(found);
      open(found);
    },
    [open],
  );

  useEffect(() => {
    const left = take();
    if (left !== undefined && 'report' in left) {
      show(left.report);
      return;
    }
    openFragment(fragment).then(
      (found) => {
        if (found === undefined) return;
        if ('sha256' in found) setExpected(found.sha256);
        else show(found);
      },
      () => setProblem(t.report.bad),
    );
  }, [fragment, show]);

  const read = async (given: string) => {
    setText(given);
    try {
      const found = readReport(given);
      if (expected !== undefined && toHex(await sha256(utf8(given))) !== expected) setProblem(t.report.wrongHash);
      else show(found);
    } catch (e) {
      if (!(e instanceof MalformedError) && !(e instanceof Error)) throw e;
      setProblem(given.trim() === '' ? undefined : t.report.bad);
    }
  };

  return (
    <>
      {report === undefined ? (
        <section className="card" aria-label={t.report.open}>
          <p>{expected === undefined ? t.report.help : t.report.expects}</p>
          {expected === undefined ? null : <code className="breaking">{expected}</code>}
          <Area label={t.report.open} value={text} onChange={(given) => void read(given)} error={problem} rows={5} />
        </section>
      ) : (
        <p className="row">
          <span>
            {t.report.at} {timeText(report.checkedAt)}
          </span>
          {report.request.url === undefined ? null : (
            <Link
              to={report.request.kind === 'kms' ? '/kms' : '/mero-tee'}
              query={{ [`${report.request.kind}_url`]: report.request.url }}
              className="button"
            >
              {t.report.againUrl}
            </Link>
          )}
        </p>
      )}
      <Progress state={state} />
      {state.phase === 'failed' ? <ErrorBox error={state.error} /> : null}
      {state.phase === 'finished' ? <Results result={state.result} /> : null}
    </>
  );
}
