import { describe, expect, it } from 'vitest';
import { MalformedError, fromHex } from '../src/verify/bytes';
import { INTEL_SGX_ROOT, intelRoot, simulatedRoot } from '../src/verify/roots';
import { parseQeIdentity, parseTcbInfo } from '../src/verify/tcb';
import { parseCrl, parsePem } from '../src/verify/x509';
import kms from './fixtures/kms.json';
import { bytesOf, hasCorpus, jsonOf, textOf, verdictOf } from './corpus';

interface Verdict {
  quote: string;
  bundle: string;
  now: number;
  must: 'accept' | 'reject' | 'either';
  must_status?: string;
  must_advisories?: string[];
}

interface Negative extends Verdict {
  case: string;
  op: string;
}

const INTEL_SHA256 = '44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3';

describe('the root', () => {
  it('is the certificate that Intel publishes', async () => {
    const root = await intelRoot();
    expect(root.fingerprint).toBe(INTEL_SHA256);
    expect(root.certificate.commonName).toBe('Intel SGX Root CA');
    expect(root.simulated).toBe(false);
  });
});

describe('what is not written as Intel writes it is refused', () => {
  const { collateral } = kms.answer;

  it.each([
    ['an issue date with parts of a second', (text: string) => text.replace(/("issueDate":"[^"]+)Z/, '$1.0Z')],
    ['an issue date that does not exist', (text: string) => text.replace(/("issueDate":"\d{4})-..-../, '$1-02-30')],
    ['no number of the set', (text: string) => text.replace(/"tcbEvaluationDataNumber":\d+,?/, '')],
    ['another number of the set than a whole one', (text: string) => text.replace(/("tcbEvaluationDataNumber":)\d+/, '$1"17"')],
  ])('lists with %s', (_, change) => {
    for (const [text, parse] of [[collateral.tcb_info, parseTcbInfo], [collateral.qe_identity, parseQeIdentity]] as const) {
      expect(() => parse(text)).not.toThrow();
      expect(change(text)).not.toBe(text);
      expect(() => parse(change(text))).toThrow(MalformedError);
    }
  });

  it('PEM with other white space than that of lines', () => {
    expect(parsePem(INTEL_SGX_ROOT.replaceAll('\n', ' \r\n\t'), 1)).toHaveLength(1);
    for (const space of ['\v', '\f', '\u00a0']) expect(() => parsePem(INTEL_SGX_ROOT.replace('\n', space), 1)).toThrow(MalformedError);
  });

  it('a CRL whose number is none', () => {
    const crl = collateral.root_ca_crl;
    const changed = crl.replace(/(0603551d1404..)02/, '$104');
    expect(() => parseCrl(fromHex(crl))).not.toThrow();
    expect(changed).not.toBe(crl);
    expect(() => parseCrl(fromHex(changed))).toThrow(MalformedError);
  });
});

describe.runIf(hasCorpus('verification of real quotes'))('verification of real quotes', () => {
  const { verdicts, negatives } = jsonOf<{ verdicts: Verdict[]; negatives: Negative[] }>('EXPECTED.json');
  const ofTdx = <T extends Verdict>(all: T[]) => all.filter((one) => one.quote.includes('tdx'));

  it('answers of each what is expected, status and advisories included', async () => {
    const root = await intelRoot();
    const wrong: string[] = [];
    const tdx = ofTdx(verdicts);
    for (const { quote, bundle, now, must, must_status, must_advisories } of tdx) {
      const found = await verdictOf(bytesOf(quote), jsonOf(bundle), root, now);
      const accepted = typeof found !== 'string' && found.authentic;
      const as = accepted ? `${found.evaluation.status} ${found.evaluation.advisories.join()}` : JSON.stringify(found);
      const good = must === 'accept' ? accepted && as === `${must_status} ${must_advisories?.join() ?? ''}` : !accepted;
      if (!good) wrong.push(`${quote} ${bundle}: must ${must} ${must_status}, is ${as}`);
    }
    expect(wrong).toEqual([]);
    expect(tdx.length).toBeGreaterThan(50);
  });

  it('refuses each that was changed, where it must', async () => {
    const root = await intelRoot();
    const wrong: string[] = [];
    let run = 0;
    for (const negative of ofTdx(negatives)) {
      const changed = change(negative, jsonOf(negative.bundle));
      if (changed === undefined) continue;
      run++;
      const found = await verdictOf(changed.quote, changed.bundle, root, negative.now);
      const accepted = typeof found !== 'string' && found.authentic;
      if (accepted !== (negative.must === 'accept')) wrong.push(`${negative.case}: ${JSON.stringify(found)}`);
    }
    expect(wrong).toEqual([]);
    expect(run).toBeGreaterThan(50);
  });

  it('judges quotes under a test root as Intel says, and stricter where it must', async () => {
    const root = await simulatedRoot(textOf('intel-executed/root.pem'));
    const { cases } = jsonOf<{ cases: Negative[] }>('intel-executed/CASES.json');
    const wrong: string[] = [];
    let run = 0;
    for (const one of cases) {
      const quote = bytesOf(`intel-executed/${one.quote}`);
      if (quote[4] !== 0x81 || one.must === 'either') continue; // this page is for TDX
      run++;
      const found = await verdictOf(quote, jsonOf(`intel-executed/${one.bundle}`), root, one.now);
      const accepted = typeof found !== 'string' && found.authentic;
      const status = accepted ? found.evaluation.status : undefined;
      if (accepted !== (one.must === 'accept') || (accepted && status !== one.must_status)) {
        wrong.push(`${one.case}: must ${one.must} ${one.must_status ?? ''}, is ${JSON.stringify(found)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(run).toBeGreaterThan(60);
  });

  it('believes no other root', async () => {
    const found = await verdictOf(bytesOf('intel-executed/000.bin'), jsonOf('intel-executed/000.json'), await intelRoot(), 1751000000);
    expect(found).toMatchObject({ authentic: false, step: 1 });
  });
});

type Bundle = Record<string, string>;

/** Carries out what a case says in words; undefined for those that need other files. */
function change({ op, quote: path }: Negative, original: object) {
  const quote = bytesOf(path);
  const bundle = { ...original } as Bundle;
  const flip = /^quote\[(\d+)\] \^= 0x01$/.exec(op);
  const cut = /^quote truncated to (\d+) bytes$/.exec(op);
  const other = /^bundle (\S+)$/.exec(op);
  if (flip !== null) quote[Number(flip[1])]! ^= 1;
  else if (cut !== null) return { quote: quote.slice(0, Number(cut[1])), bundle };
  else if (other !== null) return { quote, bundle: jsonOf<Bundle>(other[1] as string) };
  else if (op.startsWith('one space')) {
    const key = op.includes('qe_identity') ? 'qe_identity' : 'tcb_info';
    bundle[key] = (bundle[key] as string).replace('{', '{ ');
  } else if (/^\w+ := /.test(op)) {
    const [key, value] = op.split(' := ') as [string, string];
    if (value === '""') bundle[key] = '';
    else if (/^[0-9a-f]{10}$/.test(value)) bundle[key] = value;
    else if (value === 'leaf only') bundle[key] = `${(bundle[key] as string).split('-----END CERTIFICATE-----')[0]}-----END CERTIFICATE-----\n`;
    else if (value in bundle) bundle[key] = bundle[value] as string;
    else return undefined;
  } else if (op.startsWith('last byte of pck_crl')) {
    const crl = bundle.pck_crl as string;
    bundle.pck_crl = crl.slice(0, -2) + (Number.parseInt(crl.slice(-2), 16) ^ 1).toString(16).padStart(2, '0');
  } else if (op !== 'none' && !op.startsWith('now')) {
    return undefined;
  }
  return { quote, bundle };
}
