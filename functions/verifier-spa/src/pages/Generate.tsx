import { type FormEvent, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSurroundings } from '../App';
import { t } from '../text';
import { ErrorBox } from '../ui/ErrorBox';
import { Choice, Line, ProfileChoice } from '../ui/fields';
import { Card, CopyButton, download } from '../ui/parts';
import { usePlace } from '../ui/router';

type Format = 'toml' | 'json';

/** merod's configuration, pinned to a verified release. */
export default function Generate() {
  const { client } = useSurroundings();
  const { query } = usePlace();
  const [release, setRelease] = useState(query.get('release_tag') ?? '');
  const [url, setUrl] = useState(query.get('kms_url') ?? '');
  const [profile, setProfile] = useState('locked-read-only');
  const [format, setFormat] = useState<Format>('toml');
  const [errors, setErrors] = useState<{ release?: string; url?: string }>({});
  const [made, setMade] = useState<{ text: string; asset: string; format: Format }>();
  const [failure, setFailure] = useState<unknown>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found: { release?: string; url?: string } = {};
    if (!/^(mero-kms-v)?\d+\.\d+\.\d+$/.test(release.trim())) found.release = release.trim() === '' ? t.required : t.form.badRelease;
    if (!URL.canParse(url.trim())) found.url = url.trim() === '' ? t.required : t.form.badUrl;
    setErrors(found);
    setMade(undefined);
    setFailure(undefined);
    if (Object.keys(found).length > 0) return;
    client.merodConfig(release.trim(), url.trim(), profile, format).then((config) => setMade({ ...config, format }), setFailure);
  };

  return (
    <>
      <p className="lead">{t.generate.help}</p>
      <form className="card" onSubmit={submit} noValidate aria-label={t.titles['/generate']}>
        <div className="two">
          <Line label={t.generate.release} value={release} onChange={setRelease} error={errors.release} placeholder="2.3.74" />
          <Line type="url" label={t.generate.kmsUrl} help={t.generate.kmsUrlHelp} value={url} onChange={setUrl} error={errors.url} />
          <ProfileChoice value={profile} onChange={setProfile} />
          <Choice label={t.generate.format} value={format} onChange={(value) => setFormat(value === 'json' ? 'json' : 'toml')}>
            <option value="toml">TOML</option>
            <option value="json">JSON</option>
          </Choice>
        </div>
        <Button type="submit" className="primary">
          {t.generate.go}
        </Button>
      </form>
      {failure === undefined ? null : <ErrorBox error={failure} />}
      <div role="status">
        {made === undefined ? null : (
          <Card title={t.generate.result} help={t.generate.from(made.asset)} wide>
            <pre className="raw" tabIndex={0} data-testid="merod-config">
              {made.text}
            </pre>
            <div className="row">
              <CopyButton text={made.text} label={t.generate.result} />
              <Button className="secondary" onPress={() => download(`merod-tee.${made.format}`, 'text/plain', made.text)}>
                {t.download}
              </Button>
            </div>
            <p className="help">{t.generate.apply}</p>
          </Card>
        )}
      </div>
    </>
  );
}
