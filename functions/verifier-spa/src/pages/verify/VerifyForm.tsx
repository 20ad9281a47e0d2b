import { type FormEvent, useEffect, useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Kind, VerifyRequest } from '../../api/types';
import { isAddress, isNonce, newNonce, readPasted } from '../../evidence';
import { isVersion } from '../../releases';
import { t } from '../../text';
import { toHex, fromBase64 } from '../../verify/bytes';
import type { JsonObject } from '../../verify/json';
import { Area, Line, ProfileChoice } from '../../ui/fields';
import { CopyButton } from '../../ui/parts';

interface Props {
  kind: Kind;
  url: string | undefined;
  releaseTag: string | undefined;
  profile: string | undefined;
  pasted: JsonObject | undefined;
  busy: boolean;
  startAtOnce: boolean;
  onStarted: () => void;
  onSubmit: (request: VerifyRequest) => void;
  onCancel: () => void;
}

type Errors = Partial<Record<'url' | 'evidence' | 'nonce' | 'release', string>>;

export function VerifyForm(props: Props) {
  const { kind, busy, onSubmit } = props;
  const [way, setWay] = useState(props.pasted === undefined ? 'url' : 'paste');
  const [url, setUrl] = useState(props.url ?? '');
  const [evidence, setEvidence] = useState(props.pasted === undefined ? '' : JSON.stringify(props.pasted, null, 1));
  const [nonce, setNonce] = useState('');
  const [made, setMade] = useState<string>();
  const [release, setRelease] = useState(props.releaseTag ?? '');
  const [profile, setProfile] = useState(props.profile ?? '');
  const [errors, setErrors] = useState<Errors>({});

  const make = () => {
    const fresh = newNonce();
    setMade(fresh);
    setNonce(fresh);
  };

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const found: Errors = {};
    const request: VerifyRequest = { kind };
    if (way === 'url') {
      const address = url.trim();
      if (!isAddress(address)) found.url = address === '' ? t.required : t.form.badUrl;
      request.url = address;
      request.nonce = newNonce();
      request.nonceIsOwn = true;
    } else {
      const pasted = readPasted(evidence);
      if (pasted === undefined) found.evidence = evidence.trim() === '' ? t.required : t.form.badEvidence;
      else request.attestation = 'report' in pasted ? pasted.report.answer.attestation : pasted.evidence;
      const given = nonce.trim();
      if (given !== '' && !isNonce(given)) found.nonce = t.form.badNonce;
      if (given !== '') request.nonce = given;
      if (given === made) request.nonceIsOwn = true;
    }
    const tag = release.trim();
    if (tag !== '' && !isVersion(tag)) found.release = t.form.badRelease;
    if (tag !== '') request.releaseTag = tag;
    if (profile !== '') request.profile = profile;
    setErrors(found);
    if (Object.keys(found).length === 0) onSubmit(request);
  };

  useEffect(() => {
    if (!props.startAtOnce) return;
    props.onStarted();
    submit();
    // Once, with what the address says.
  }, []);

  const kms = kind === 'kms';
  return (
    <form className="card" onSubmit={submit} noValidate aria-label={t.titles[kms ? '/kms' : '/mero-tee']}>
      <Tabs selectedKey={way} onSelectionChange={(key) => setWay(String(key))} className="tabs">
        <TabList aria-label={t.form.ways}>
          <Tab id="url">{t.form.byUrl}</Tab>
          <Tab id="paste">{t.form.byPaste}</Tab>
        </TabList>
        <TabPanel id="url">
          <Line
            type="url"
            label={kms ? t.form.kmsUrl : t.form.nodeUrl}
            help={kms ? t.form.kmsUrlHelp : t.form.nodeUrlHelp}
            value={url}
            onChange={setUrl}
            error={errors.url}
          />
        </TabPanel>
        <TabPanel id="paste">
          <Area label={t.form.evidence} help={t.form.evidenceHelp} value={evidence} onChange={setEvidence} error={errors.evidence} />
          <Line label={t.form.nonce} help={t.form.nonceHelp} value={nonce} onChange={setNonce} error={errors.nonce} optional mono />
          <NonceHelp kind={kind} nonce={nonce} onMake={make} />
        </TabPanel>
      </Tabs>
      <div className="two tight">
        <Line label={t.form.release} help={t.form.releaseHelp} value={release} onChange={setRelease} error={errors.release} optional placeholder="2.3.74" />
        <ProfileChoice value={profile} onChange={setProfile} any />
      </div>
      <div className="row">
        <Button type="submit" className="primary" isDisabled={busy}>
          {t.form.go}
        </Button>
        {busy ? (
          <Button className="secondary" onPress={props.onCancel}>
            {t.form.cancel}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** What to send so that the answer can be told from a recording. */
function NonceHelp({ kind, nonce, onMake }: { kind: Kind; nonce: string; onMake: () => void }) {
  const command = isNonce(nonce) ? commandOf(kind, nonce) : undefined;
  return (
    <div className="field">
      <div className="row">
        <Button className="secondary" onPress={onMake}>
          {t.form.nonceMake}
        </Button>
      </div>
      {command === undefined ? null : (
        <>
          <p className="help">{t.form.nonceUse}</p>
          <div className="command">
            <pre tabIndex={0}>{command}</pre>
            <CopyButton text={command} label={t.form.nonceUse} small />
          </div>
        </>
      )}
    </div>
  );
}

function commandOf(kind: Kind, nonce: string): string {
  const json = "-H 'Content-Type: application/json'";
  return kind === 'kms'
    ? `curl -s $KMS/attest ${json} -d '{"nonceB64":"${nonce}"}'`
    : `curl -s $NODE/admin-api/tee/attest ${json} -d '{"nonce":"${toHex(fromBase64(nonce, 32))}"}'`;
}
