import { type FormEvent, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSurroundings } from '../App';
import { kindOf, readPasted } from '../evidence';
import { readReleases, type ReleaseEntry } from '../releases';
import { dateText, t } from '../text';
import { Area } from '../ui/fields';
import { Arrow } from '../ui/icons';
import { Mark } from '../ui/parts';
import { Link, go } from '../ui/router';
import { leave } from './handover';

export function Landing() {
  return (
    <>
      <p className="lead">{t.landing.lead}</p>
      <div className="ways">
        <Link to="/kms" className="way">
          <strong>{t.landing.kms[0]}</strong>
          <span>{t.landing.kms[1]}</span>
          <Arrow />
        </Link>
        <Link to="/mero-tee" className="way">
          <strong>{t.landing.node[0]}</strong>
          <span>{t.landing.node[1]}</span>
          <Arrow />
        </Link>
      </div>
      <div className="two">
        <Paste />
        <Releases />
      </div>
      <section aria-labelledby="how">
        <h2 id="how">{t.landing.how}</h2>
        <ol className="steps">
          {t.landing.steps.map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function Paste() {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const pasted = readPasted(text);
    if (pasted === undefined) {
      setError(text.trim() === '' ? t.required : t.landing.pasteBad);
    } else {
      leave(pasted);
      go('report' in pasted ? '/report' : kindOf(pasted.evidence) === 'kms' ? '/kms' : '/mero-tee');
    }
  };
  return (
    <section className="card" aria-labelledby="paste">
      <h2 id="paste">{t.landing.paste}</h2>
      <form onSubmit={submit} noValidate>
        <Area label={t.landing.pasteLabel} help={t.landing.pasteHelp} value={text} onChange={setText} error={error} rows={5} />
        <Button type="submit" className="primary">
          {t.landing.pasteGo}
        </Button>
      </form>
    </section>
  );
}

function Releases() {
  const { client } = useSurroundings();
  const [releases, setReleases] = useState<ReleaseEntry[]>();
  useEffect(() => {
    client.releases().then(
      (answer) => setReleases(readReleases(answer).slice(0, 6)),
      () => setReleases([]),
    );
  }, [client]);
  return (
    <section className="card" aria-labelledby="releases">
      <h2 id="releases">{t.landing.releases}</h2>
      {releases === undefined ? <p className="help">{t.loading}</p> : null}
      {releases?.length === 0 ? <p className="help">{t.landing.releasesNone}</p> : null}
      {releases === undefined || releases.length === 0 ? null : (
      <ul className="releases">
        {releases.map(({ version, publishedAt, kms, node, verified }) => (
          <li key={version}>
            <strong>{version}</strong>
            {publishedAt === undefined ? null : (
              <span className="help">
                {t.landing.releaseDate} {dateText(publishedAt)}
              </span>
            )}
            <Mark tone={verified === true ? 'good' : verified === false ? 'bad' : 'unknown'}>
              {t.landing.releaseVerified[verified === true ? 'yes' : verified === false ? 'no' : 'unknown']}
            </Mark>
            <span className="links">
              {kms ? (
                <Link to="/kms" query={{ release_tag: `mero-kms-v${version}` }}>
                  {t.landing.releaseKms}
                </Link>
              ) : null}
              {node ? (
                <Link to="/mero-tee" query={{ release_tag: `mero-tee-v${version}` }}>
                  {t.landing.releaseNode}
                </Link>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      )}
    </section>
  );
}
