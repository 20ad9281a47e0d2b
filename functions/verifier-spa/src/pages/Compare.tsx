import { type FormEvent, useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useSurroundings } from '../App';
import type { Client } from '../api/client';
import { isAddress, newNonce, readPasted } from '../evidence';
import { expectationsOf } from '../expectations';
import { bareVersion, isVersion } from '../releases';
import { t } from '../text';
import { MalformedError } from '../verify/bytes';
import type { JsonObject } from '../verify/json';
import { parseQuote } from '../verify/quote';
import { quoteBytes } from '../verify/recheck';
import { type Expected, REGISTERS, type RegisterName, type RegisterResult, type Role, compareRegisters, registerValues } from '../verify/policy';
import { Difference } from '../ui/Difference';
import { ErrorBox } from '../ui/ErrorBox';
import { Area, Choice, Line, ProfileChoice } from '../ui/fields';
import { Card, Mark } from '../ui/parts';
import { Register } from './verify/RegistersCard';

type Outcome =
  | { kind: 'releases'; first: string; second: string; a: Expected; b: Expected }
  | { kind: 'instance'; release: string; results: RegisterResult[] };

/** Two releases, or a machine and a release, register by register. */
export default function Compare() {
  const { client } = useSurroundings();
  const [expectations] = useState(() => expectationsOf(client));
  const [way, setWay] = useState('releases');
  const [role, setRole] = useState<Role>('kms');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [evidence, setEvidence] = useState('');
  const [profile, setProfile] = useState('locked-read-only');
  const [errors, setErrors] = useState<{ first?: string; second?: string; evidence?: string }>({});
  const [outcome, setOutcome] = useState<Outcome>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setOutcome(undefined);
    setFailure(undefined);
    const found: typeof errors = {};
    if (!isVersion(first)) found.first = first.trim() === '' ? t.required : t.form.badRelease;
    if (way === 'releases' && !isVersion(second)) found.second = second.trim() === '' ? t.required : t.form.badRelease;
    const asked = isAddress(evidence.trim()) ? evidence.trim() : undefined;
    const pasted = way === 'instance' && asked === undefined ? pastedValues(evidence) : undefined;
    if (way === 'instance' && asked === undefined && pasted === undefined) found.evidence = evidence.trim() === '' ? t.required : t.form.badEvidence;
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const a = expectations(role, bareVersion(first), profile);
    const work =
      way === 'releases'
        ? Promise.all([a, expectations(role, bareVersion(second), profile)]).then(
            ([one, other]): Outcome => ({ kind: 'releases', first: bareVersion(first), second: bareVersion(second), a: one.expected, b: other.expected }),
          )
        : Promise.all([a, pasted ?? answeredValues(client, role, asked ?? '')]).then(
            ([one, values]): Outcome => ({ kind: 'instance', release: bareVersion(first), results: compareRegisters(values, one.expected) }),
          );
    setBusy(true);
    void work.then(setOutcome, setFailure).finally(() => setBusy(false));
  };

  return (
    <>
      <p className="lead">{t.compare.help}</p>
      <form className="card" onSubmit={submit} noValidate aria-label={t.titles['/compare']}>
        <Tabs className="tabs" selectedKey={way} onSelectionChange={(key) => setWay(String(key))}>
          <TabList aria-label={t.compare.what}>
            <Tab id="releases">{t.compare.releases}</Tab>
            <Tab id="instance">{t.compare.instance}</Tab>
          </TabList>
          <TabPanel id="releases">
            <div className="two tight">
              <Line label={t.compare.first} value={first} onChange={setFirst} error={errors.first} placeholder="2.3.73" />
              <Line label={t.compare.second} value={second} onChange={setSecond} error={errors.second} placeholder="2.3.74" />
            </div>
          </TabPanel>
          <TabPanel id="instance">
            <Area label={t.compare.evidence} value={evidence} onChange={setEvidence} error={errors.evidence} />
            <Line label={t.compare.release} value={first} onChange={setFirst} error={errors.first} placeholder="2.3.74" />
          </TabPanel>
        </Tabs>
        <div className="two tight">
          <Choice label={t.compare.role} value={role} onChange={(value) => setRole(value === 'node' ? 'node' : 'kms')}>
            <option value="kms">{t.landing.releaseKms}</option>
            <option value="node">{t.landing.releaseNode}</option>
          </Choice>
          <ProfileChoice value={profile} onChange={setProfile} />
        </div>
        <Button type="submit" className="primary" isDisabled={busy}>
          {t.compare.go}
        </Button>
      </form>
      {failure === undefined ? null : <ErrorBox error={failure} />}
      <div role="status">
        {outcome?.kind === 'releases' ? <Releases {...outcome} /> : null}
        {outcome?.kind === 'instance' ? <Instance {...outcome} /> : null}
      </div>
    </>
  );
}

function Releases({ first, second, a, b }: { first: string; second: string; a: Expected; b: Expected }) {
  const lists: { name: string; register?: RegisterName; one: string[]; other: string[] }[] = [
    ...REGISTERS.map((name) => ({ name: name.toUpperCase(), register: name, one: a.registers[name], other: b.registers[name] })),
    { name: t.compare.statuses, one: a.tcbStatuses, other: b.tcbStatuses },
    { name: t.compare.composeHashes, one: a.composeHashes, other: b.composeHashes },
  ];
  const different = lists.filter(({ one, other }) => !isSame(one, other)).length;
  return (
    <Card title={`${first} ↔ ${second}`} help={t.compare.listsUnproven} wide>
      <p data-testid="compared" data-different={different}>
        <Mark tone={different === 0 ? 'good' : 'unknown'}>{different === 0 ? t.compare.same : t.compare.different(different)}</Mark>
      </p>
      <ul className="registers">
        {lists.map(({ name, register, one, other }) => (
          <li key={name} data-list={name} data-same={isSame(one, other)}>
            <div className="row between">
              <strong>{name}</strong>
              <Mark tone={isSame(one, other) ? 'good' : 'unknown'}>{isSame(one, other) ? t.words.match : t.words.mismatch}</Mark>
            </div>
            {isSame(one, other) ? (
              <Values values={one} />
            ) : (
              <>
                <dl className="facts">
                  <div>
                    <dt>{`${t.compare.only} ${first}`}</dt>
                    <dd>
                      <Values values={without(one, other)} against={without(other, one)[0]} />
                    </dd>
                  </div>
                  <div>
                    <dt>{`${t.compare.only} ${second}`}</dt>
                    <dd>
                      <Values values={without(other, one)} against={without(one, other)[0]} />
                    </dd>
                  </div>
                </dl>
                {register === undefined ? null : (
                  <p className="help">
                    {t.compare.changes}: {t.registers.entries[register].changes}
                  </p>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Instance({ release, results }: { release: string; results: RegisterResult[] }) {
  const different = results.filter((one) => !one.match).length;
  return (
    <Card title={release} help={`${t.compare.instanceUnproven} ${t.compare.listsUnproven}`} wide>
      <p data-testid="compared" data-different={different}>
        <Mark tone={different === 0 ? 'good' : 'bad'}>{different === 0 ? t.compare.instanceSame : t.compare.instanceDifferent(different)}</Mark>
      </p>
      <ul className="registers">
        {results.map((one) => (
          <Register key={one.name} result={one} />
        ))}
      </ul>
    </Card>
  );
}

function Values({ values, against }: { values: string[]; against?: string | undefined }) {
  if (values.length === 0) return <span className="help">{t.compare.none}</span>;
  return values.map((value) => (
    <div key={value}>{against === undefined ? <code className="breaking">{value}</code> : <Difference value={value} other={against} />}</div>
  ));
}

type RegisterValues = Record<RegisterName, string>;

function pastedValues(text: string): RegisterValues | undefined {
  const pasted = readPasted(text);
  if (pasted === undefined) return undefined;
  try {
    return measured('report' in pasted ? pasted.report.answer.attestation : pasted.evidence);
  } catch (e) {
    if (e instanceof MalformedError) return undefined;
    throw e;
  }
}

async function answeredValues(client: Client, kind: Role, url: string): Promise<RegisterValues> {
  const { answer } = await client.verify({ kind, url, nonce: newNonce() });
  return measured(answer.attestation);
}

function measured(evidence: JsonObject): RegisterValues {
  return registerValues(parseQuote(quoteBytes(evidence)).report);
}

function without(values: string[], others: string[]): string[] {
  return values.filter((value) => !others.includes(value));
}

function isSame(a: string[], b: string[]): boolean {
  return without(a, b).length === 0 && without(b, a).length === 0;
}
