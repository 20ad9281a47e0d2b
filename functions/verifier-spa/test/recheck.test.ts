import { describe, expect, it } from 'vitest';
import { readAnswer } from '../src/api/answer';
import type { VerifyRequest } from '../src/api/types';
import { textFor } from '../src/text';
import { fragmentOf, openFragment, readReport, writeReport } from '../src/report';
import { MalformedError, fromBase64, toBase64 } from '../src/verify/bytes';
import { type Conclusion, conclude } from '../src/verify/conclusion';
import type { JsonObject } from '../src/verify/json';
import { kmsPolicy } from '../src/verify/policy';
import { type Recheck, recheck } from '../src/verify/recheck';
import { intelRoot, simulatedRoot } from '../src/verify/roots';
import { sigstoreRoot } from '../src/verify/sigstore';
import kms from './fixtures/kms.json';
import node from './fixtures/node.json';
import other from './fixtures/other-image.json';

interface Fixture {
  now: number;
  root: string;
  sigstore: string;
  request: object;
  answer: any;
}

type Change = (answer: any, request: VerifyRequest) => void;

async function check(fixture: Fixture, change: Change = () => undefined, more: { now?: number; production?: boolean; shared?: string } = {}) {
  const raw = structuredClone(fixture.answer);
  const request = structuredClone(fixture.request) as VerifyRequest;
  change(raw, request);
  const answer = readAnswer(raw as JsonObject);
  const found = await recheck(request, answer, {
    root: more.production === true ? await intelRoot() : await simulatedRoot(fixture.root),
    sigstore: await sigstoreRoot(fixture.sigstore),
    now: more.now ?? fixture.now,
    shared: more.shared !== undefined,
    expectations: () => Promise.reject(new Error('offline')),
  });
  return { found, conclusion: conclude(request, answer, found, more.shared) };
}

function result({ found }: { found: Recheck; conclusion: Conclusion }, name: string): string {
  const one = found.checks.find((each) => each.name === name);
  return `${one?.result} ${one?.code}`.trim();
}

/** Changes one byte of the quote. */
function flip(at: number): Change {
  return ({ attestation }) => {
    const quote = fromBase64(attestation.quoteB64, 100_000);
    quote[at]! ^= 1;
    attestation.quoteB64 = toBase64(quote);
  };
}

function praise(answer: any): void {
  for (const one of answer.verdict.checks) if (one.name !== 'ita' && one.name !== 'agreement') one.result = 'passed';
  answer.verdict.result = 'passed';
}

describe('what this browser finds by itself', () => {
  it('of a genuine KMS: everything holds, and server and browser agree', async () => {
    const checked = await check(kms);
    expect(checked.conclusion).toMatchObject({ trust: 'trusted', reason: { code: 'all_hold', release: 'mero-kms 2.3.74', profile: 'locked-read-only', ownNonce: false } });
    for (const name of ['freshness', 'dcap', 'event_log', 'compose_hash', 'measurements']) expect(result(checked, name)).toBe('passed');
    expect(checked.found.rows.every((row) => row.agreement !== 'disagree')).toBe(true);
    expect(checked.found.contradictions).toEqual([]);
    expect(checked.found.dcap).toMatchObject({ authentic: true, simulated: true });
  });

  it('of a genuine node: its transport key is bound', async () => {
    const checked = await check(node);
    expect(checked.conclusion.trust).toBe('trusted');
    expect(checked.found.transport).toMatchObject({ state: 'bound', of: 'node' });
  });

  it('of another image: which registers differ', async () => {
    const checked = await check(other);
    expect(checked.conclusion).toMatchObject({ trust: 'not_trusted', reason: { check: 'measurements', where: 'both' } });
    expect(checked.found.registers.some((one) => !one.match)).toBe(true);
  });

  it("under Intel's root: nothing that is simulated", async () => {
    const checked = await check(kms, undefined, { production: true });
    expect(result(checked, 'dcap')).toMatch(/^failed root_/);
    expect(checked.conclusion.trust).toBe('not_trusted');
  });
});

describe('evidence that was changed is not trusted', () => {
  it.each([
    ['the TCB of the module', 48],
    ['MRTD', 184],
    ['RTMR3', 520],
    ['the nonce', 568],
    ['the second half of report data', 600],
    ['the signature', 640],
    ['the attestation key', 710],
  ])('%s', async (_, at) => {
    expect((await check(kms, flip(at))).conclusion.trust).toBe('not_trusted');
  });

  it('collateral of another time', async () => {
    const late = await check(kms, undefined, { now: kms.now + 400 * 86_400_000 });
    expect(result(late, 'dcap')).toMatch(/^failed .*_expired$/);
  });
});

describe('a server that calls everything good is caught', () => {
  const lies: [string, Fixture, Change, string][] = [
    ['about another image', other, praise, 'failed'],
    [
      'with a recording',
      kms,
      (answer, request) => {
        praise(answer);
        request.nonce = toBase64(new Uint8Array(32));
      },
      'failed',
    ],
    [
      'with a quote that nobody signed',
      kms,
      (answer, request) => {
        flip(300)(answer, request);
        praise(answer);
      },
      'failed',
    ],
    ['about a TCB status', kms, (answer) => void (answer.verdict.dcap.tcbStatus = 'OutOfDate'), 'contradiction'],
    ['about advisories', kms, (answer) => void (answer.verdict.dcap.advisoryIds = ['INTEL-SA-00001']), 'contradiction'],
    ['about RTMR3', kms, (answer) => void (answer.verdict.eventLog.rtmr3 = '00'.repeat(48)), 'contradiction'],
    ['about the compose hash', kms, (answer) => void (answer.verdict.eventLog.composeHash = '00'.repeat(32)), 'contradiction'],
    ['by another release', kms, (_, request) => void (request.releaseTag = '2.3.73'), 'failed'],
    ['by another profile', kms, (_, request) => void (request.profile = 'debug'), 'failed'],
    ['as another kind of machine', kms, (_, request) => void (request.kind = 'node'), 'failed'],
    [
      'as another kind than the release that was named for what was pasted',
      kms,
      (answer, request) => void Object.assign(request, { url: undefined, attestation: answer.attestation, releaseTag: 'mero-tee-v2.3.74' }),
      'failed',
    ],
    [
      'with a changed event log',
      kms,
      (answer) => {
        const first = answer.attestation.eventLog.find((one: any) => one.imr === 3);
        Object.assign(first, { event_payload: '00', digest: '' });
        praise(answer);
      },
      'failed',
    ],
  ];
  it.each(lies)('%s', async (_, fixture, change, code) => {
    const { conclusion } = await check(fixture, change);
    expect(conclusion).toMatchObject({ trust: 'not_trusted', reason: { code } });
  });

  it('with a list that nobody signed', async () => {
    const forged = await check(other, (answer) => {
      praise(answer);
      const quote = fromBase64(answer.attestation.quoteB64, 100_000);
      const hex = (at: number) => [Buffer.from(quote.subarray(at, at + 48)).toString('hex')];
      const values = { allowed_mrtd: hex(184), allowed_rtmr0: hex(376), allowed_rtmr1: hex(424), allowed_rtmr2: hex(472), allowed_rtmr3: hex(520) };
      for (const document of answer.verdict.release.documents) {
        const list = JSON.parse(new TextDecoder().decode(fromBase64(document.files[document.asset], 1_000_000)));
        for (const profile of Object.values<any>(list.profiles)) Object.assign(profile, values);
        document.files[document.asset] = Buffer.from(JSON.stringify(list)).toString('base64');
      }
    });
    expect(result(forged, 'measurements')).toBe('failed list_not_genuine');
    expect(forged.conclusion.trust).toBe('not_trusted');
  });
});

describe('a genuine document that is not the one', () => {
  const policy = { tag: '2.3.74', role: 'kms', profile: 'debug', policy: { kms_allowed_mrtd: ['aa'.repeat(48)] } };
  const wanted = { version: '2.3.74', profile: 'debug', asset: 'kms-attestation-policy.debug.json' };
  const legacy = { version: '2.1.25', profile: 'locked-read-only', asset: 'kms-phala-attestation-policy.json' };
  const without = (name: keyof typeof policy) => ({ ...policy, [name]: undefined }) as unknown as JsonObject;

  it('is told from the one that is, also from those of the oldest releases', () => {
    expect(kmsPolicy(policy, wanted).registers.mrtd).toEqual(['aa'.repeat(48)]);
    expect(kmsPolicy({ release_tag: '2.1.25', schema_version: 2, status: 'Approved', policy: { allowed_mrtd: [] } }, legacy).tcbStatuses).toEqual(['uptodate']);
    expect(kmsPolicy({ ...policy, policy: { kms_allowed_tcb_statuses: [], allowed_tcb_statuses: ['UpToDate'] } }, wanted).tcbStatuses).toEqual([]);
  });

  it.each<[string, JsonObject, typeof wanted]>([
    ['of another release', { ...policy, tag: '2.3.73' }, wanted],
    ['of an unsaid release', without('tag'), wanted],
    ['of another release by its older field', { ...policy, release_tag: '2.3.73' }, wanted],
    ['of the oldest releases, for a newer one', { release_tag: '2.1.25', policy: {} }, { ...legacy, version: '2.3.74' }],
    ['for agents', { ...policy, role: 'agent' }, wanted],
    ['for nobody', without('role'), wanted],
    ['for another profile', { ...policy, profile: 'locked-read-only' }, wanted],
    ['for no profile', without('profile'), wanted],
    ['without a profile, for another than production', { tag: '2.1.25', policy: {} }, { ...legacy, profile: 'debug' }],
    ['of an unknown schema', { ...policy, schema_version: 3 }, wanted],
    ['that nobody approved', { ...policy, status: 'draft' }, wanted],
  ])('%s', (_, document, asked) => {
    expect(() => kmsPolicy(document, asked)).toThrow(MalformedError);
  });

  it('is a failure where the server gives it as that of the release', async () => {
    for (const fixture of [kms, node]) {
      const checked = await check(fixture, (answer, request) => {
        delete request.releaseTag;
        answer.verdict.release.version = '2.3.73';
        praise(answer);
      });
      expect(result(checked, 'measurements')).toBe('failed list_not_genuine');
      expect(checked.conclusion.trust).toBe('not_trusted');
    }
  });
});

describe('a transport key beside a quote that is not bound to it', () => {
  const key = '11'.repeat(32);
  it.each<[string, Fixture, object]>([
    ['of a node', node, { transportPublicKey: key }],
    ['of a key server', kms, { transportPublicKeyB64: Buffer.from(key, 'hex').toString('base64') }],
    ['that is none', node, { transportPublicKey: 'zz' }],
    ['and another beside it', node, { transportPublicKeyB64: Buffer.from(key, 'hex').toString('base64') }],
  ])('%s is refused, asked for or pasted', async (_, fixture, more) => {
    for (const pasted of [false, true]) {
      const checked = await check(fixture, (answer, request) => {
        Object.assign(answer.attestation, more);
        if (pasted) Object.assign(request, { url: undefined, attestation: answer.attestation });
      });
      expect(result(checked, 'transport_key')).toBe('failed transport_key_mismatch');
      expect(checked.conclusion.trust).toBe('not_trusted');
    }
  });
});

describe("Intel's token", () => {
  const claims = (change: (claims: any) => void): Change => (answer) => {
    const [head, payload, signature] = answer.ita_token.split('.');
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString());
    change(said);
    answer.ita_token = [head, Buffer.from(JSON.stringify(said)).toString('base64url'), signature].join('.');
  };
  const about: [string, Change][] = [
    ['with another register', claims(({ tdx }) => (tdx.tdx_rtmr2 = '00'.repeat(48)))],
    ['with other report data', claims(({ tdx }) => (tdx.tdx_report_data = '00'.repeat(64)))],
    ['without a register', claims(({ tdx }) => delete tdx.tdx_mrtd)],
    ['that says two things', claims((all) => (all.tdx_mrtd = '00'.repeat(48)))],
    ['that is none', (answer) => (answer.ita_token = 'a.b')],
    ['of something else than claims', (answer) => (answer.ita_token = 'e30.W10.')],
  ];

  it('is about the quote; its signature only the server checked', async () => {
    expect(result(await check(kms), 'ita')).toBe('not_possible signature_not_checked_here');
  });

  it.each(about)('%s speaks against the proof', async (_, change) => {
    const checked = await check(kms, change);
    expect(result(checked, 'ita')).toMatch(/^failed token_/);
    expect(checked.conclusion.trust).toBe('not_trusted');
  });

  it('says the status that the server says it does', async () => {
    const { found } = await check(kms, claims(({ tdx }) => (tdx.attester_tcb_status = 'OutOfDate')));
    expect(found.contradictions).toHaveLength(1);
    const spelled = await check(kms, claims(({ tdx }) => (tdx.attester_tcb_status = 'OK')));
    expect(spelled.found.contradictions).toEqual([]);
  });
});

describe('what the visitor is told', () => {
  it('of a nonce that this browser made, and of one that was given', async () => {
    const own = await check(kms, (_, request) => void (request.nonceIsOwn = true));
    expect(own.conclusion).toMatchObject({ trust: 'trusted', reason: { ownNonce: true } });
  });

  it('of an image whose operator can log in: never that it is trusted', async () => {
    const checked = await check(node);
    for (const profile of ['debug', 'debug-read-only']) {
      for (const shared of [undefined, new Date(node.now).toISOString()]) {
        const found = { ...checked.found, expectation: { ...checked.found.expectation!, profile } };
        const conclusion = conclude(node.request as VerifyRequest, readAnswer(node.answer as unknown as JsonObject), found, shared);
        expect(conclusion).toEqual({ trust: 'not_trusted', reason: { code: 'not_for_production', release: 'mero-tee 2.3.74', profile } });
      }
    }
  });

  it('by names that somebody else chose: none that objects have by themselves', () => {
    expect(textFor({ a: 1 }, 'a')).toBe(1);
    for (const name of ['constructor', 'toString', '__proto__', 'b']) expect(textFor({ a: 1 }, name)).toBeUndefined();
  });
});

describe('where too little is known, nobody can tell', () => {
  const gaps: [string, Change, string][] = [
    ['without a nonce', (_, request) => void delete request.nonce, 'freshness'],
    ['without collateral', (answer) => void (answer.collateral = null), 'dcap'],
    ['without a release', (answer) => void (answer.verdict.release = null), 'measurements'],
    ['without the documents of the release', (answer) => void (answer.verdict.release.documents = []), 'measurements'],
    [
      'without the bundle of a document',
      (answer) => {
        for (const one of answer.verdict.release.documents) delete one.files[`${one.asset}.bundle.json`];
      },
      'measurements',
    ],
    ["without the server's word", (answer) => void (answer.verdict.checks = []), 'freshness'],
  ];
  it.each(gaps)('%s', async (_, change, missing) => {
    const { conclusion } = await check(kms, change);
    expect(conclusion).toMatchObject({ trust: 'cannot_tell', reason: { code: 'missing', check: missing } });
  });

  it('in a report of somebody else, with or without a nonce', async () => {
    for (const change of [undefined, (_: any, request: VerifyRequest) => void delete request.nonce]) {
      const checked = await check(kms, change, { shared: new Date(kms.now).toISOString() });
      expect(checked.conclusion).toMatchObject({ trust: 'cannot_tell', reason: { code: 'shared' } });
      expect(result(checked, 'freshness')).toMatch(/^not_possible no/);
    }
  });
});

describe('reports', () => {
  const report = () => writeReport(new Date(kms.now).toISOString(), kms.request as VerifyRequest, kms.answer as unknown as JsonObject);

  it('are read as they were written, and links carry them whole', async () => {
    const { fragment, whole } = await fragmentOf(report());
    console.log(`a link with the evidence of a KMS: ${fragment.length} characters`);
    expect(whole).toBe(true);
    expect(await openFragment(fragment)).toEqual(readReport(report().text));
    expect(readReport(report().text).request).toEqual(kms.request);
  });

  it('that are too long for a link have one with their hash', async () => {
    const long = report();
    const noise = Array.from({ length: 4000 }, (_, i) => toBase64(crypto.getRandomValues(new Uint8Array(16))) + i).join('');
    const { fragment, whole } = await fragmentOf({ ...long, text: long.text + noise });
    expect(whole).toBe(false);
    expect(await openFragment(fragment)).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each(['v1.', 'v1.AAAA', 'v1.!!', 'v2.AAAA', 'sha256=12', ''])('are not made of the fragment "%s"', async (fragment) => {
    await expect(openFragment(fragment).then((found) => found ?? Promise.reject(new Error('none')))).rejects.toThrow();
  });

  it.each(['{}', '[]', '{"format":"mero-tee-report/2"}', '{"format":"mero-tee-report/1","checkedAt":"x","request":{},"answer":{}}'])('are not %s', (text) => {
    expect(() => readReport(text)).toThrow();
  });
});
