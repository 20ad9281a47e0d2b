import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, equal, fromBase64, fromHex, fromUtf8, sha256, toHex, utf8 } from './bytes';
import { Der, SEQUENCE } from './der';
import { isAuthority, namesUse, pathLength } from './extensions';
import { type FulcioCertificate, derOfPem, ecdsa, parseFulcio, parseKey, purposes } from './fulcio';
import { Fields, parseObject } from './json';
import { type Log, requirePublished } from './timestamps';

const MAX_BUNDLE = 128 * 1024;
const MAX_ROOT = 1024 * 1024;
const CODE_SIGNING = '2b06010505070303';
const CLAIM = '2b0601040183bf3001';
const ISSUER = 'https://token.actions.githubusercontent.com';
const REPOSITORY = 'calimero-network/mero-tee';
const REF = 'refs/heads/master';
/** A repository of the same name that somebody makes later has another. */
const REPOSITORY_ID = '1171521817';

/** By whom a document must be signed: a workflow, exactly (policy-and-releases.md, "Signatures"). */
export interface Workflow {
  file: string;
  name: string;
  trigger: string | undefined;
}

export const WORKFLOWS = {
  node: { file: 'release-node-image-gcp.yaml', name: 'Release mero-tee', trigger: undefined },
  phala: { file: 'release-kms-phala.yaml', name: 'Release mero-kms', trigger: 'push' },
  cluster: { file: 'release-kms.yaml', name: 'Release mero-kms', trigger: 'push' },
} as const satisfies Record<string, Workflow>;

interface Authority {
  chain: FulcioCertificate[];
  from: number;
  until: number;
}

/** Sigstore's authorities and logs, as its trusted_root.json has them. */
export interface SigstoreRoot {
  authorities: Authority[];
  /** Of signatures. */
  logs: Log[];
  /** Of certificates. */
  certificateLogs: Log[];
}

/** Reads a trusted root; keys of kinds that are not known here are left out, so that they prove nothing. */
export async function sigstoreRoot(json: string): Promise<SigstoreRoot> {
  const root = new Fields(parseObject(json, MAX_ROOT));
  const authorities = root.objects('certificateAuthorities').map((one) => ({
    chain: one
      .object_('certChain')
      .objects('certificates')
      .map((entry) => parseFulcio(fromBase64(entry.text('rawBytes'), MAX_BUNDLE))),
    ...period(one.object_('validFor')),
  }));
  return { authorities, logs: await logsOf(root, 'tlogs'), certificateLogs: await logsOf(root, 'ctlogs') };
}

async function logsOf(root: Fields, name: string): Promise<Log[]> {
  const logs: Log[] = [];
  for (const log of root.objects(name)) {
    const info = fromBase64(log.object_('publicKey').text('rawBytes'), MAX_BUNDLE);
    try {
      const key = parseKey(Der.only(info, SEQUENCE));
      logs.push({ id: toHex(await sha256(info)), key, ...period(log.object_('publicKey').object_('validFor')) });
    } catch (e) {
      if (!(e instanceof MalformedError)) throw e;
    }
  }
  return logs;
}

function period(validFor: Fields): { from: number; until: number } {
  return { from: validFor.instant('start'), until: validFor.has('end') ? validFor.instant('end') : Number.POSITIVE_INFINITY };
}

/**
 * Whether that workflow signed those bytes, by cosign's older bundle: the log's promise, what the log has, the
 * certificate, its chain and its publication as of the time of the log, the claims, the signature.
 *
 * @throws MalformedError saying what is wrong
 */
export async function verifySignature(artifact: Bytes, bundleText: string, root: SigstoreRoot, workflow: Workflow): Promise<void> {
  const bundle = new Fields(parseObject(bundleText, MAX_BUNDLE)).only('base64Signature', 'cert', 'rekorBundle');
  const signature = fromBase64(bundle.text('base64Signature'), 256);
  const der = derOfPem(ascii(fromBase64(bundle.text('cert'), MAX_BUNDLE)));
  const rekor = bundle.object_('rekorBundle').only('SignedEntryTimestamp', 'Payload');
  const at = await promised(rekor, root);
  recorded(rekor.object_('Payload').text('body'), await sha256(artifact), signature, der);
  const certificate = parseFulcio(der);
  if (at < certificate.from || at > certificate.until) throw new MalformedError(malformed.sigstore.certificateTime);
  const fit = !isAuthority(certificate.extensions) && namesUse(certificate.extensions, 0) === true && purposes(certificate).join() === CODE_SIGNING;
  if (!fit) throw new MalformedError(malformed.sigstore.unfit);
  const issuer = await requireChain(certificate, root, at);
  await requirePublished(certificate, issuer, root.certificateLogs, at);
  requireClaims(certificate, workflow);
  const hash = certificate.key.curve.name === 'P-384' ? 'SHA-384' : 'SHA-256';
  if (!(await ecdsa(certificate.key, hash, artifact, signature))) throw new MalformedError(malformed.sigstore.signature);
}

/** The log's promise that it took the entry in, and when. */
async function promised(rekor: Fields, root: SigstoreRoot): Promise<number> {
  const payload = rekor.object_('Payload').only('body', 'integratedTime', 'logIndex', 'logID');
  const id = payload.text('logID');
  const [body, time, index] = [payload.text('body'), payload.number('integratedTime', 253_402_300_799), payload.number('logIndex', Number.MAX_SAFE_INTEGER)];
  fromBase64(body, MAX_BUNDLE);
  fromHex(id, 32);
  const at = time * 1000;
  const log = root.logs.find((one) => one.id === id && one.from <= at && at <= one.until);
  if (log === undefined) throw new MalformedError(malformed.sigstore.otherLog);
  const message = `{"body":"${body}","integratedTime":${time},"logID":"${id}","logIndex":${index}}`;
  if (!(await ecdsa(log.key, 'SHA-256', utf8(message), fromBase64(rekor.text('SignedEntryTimestamp'), 256)))) {
    throw new MalformedError(malformed.sigstore.noPromise);
  }
  return at;
}

/** What the log has must be this file, this signature and this certificate. */
function recorded(body: string, digest: Bytes, signature: Bytes, certificate: Bytes): void {
  const entry = new Fields(parseObject(ascii(fromBase64(body, MAX_BUNDLE)), MAX_BUNDLE)).only('apiVersion', 'kind', 'spec');
  if (entry.text('kind') !== 'hashedrekord' || entry.text('apiVersion') !== '0.0.1') throw new MalformedError(malformed.sigstore.otherEntry);
  const spec = entry.object_('spec').only('data', 'signature');
  const hash = spec.object_('data').only('hash').object_('hash').only('algorithm', 'value');
  const signed = spec.object_('signature').only('content', 'publicKey');
  const key = signed.object_('publicKey').only('content');
  const same =
    hash.text('algorithm') === 'sha256' &&
    hash.text('value') === toHex(digest) &&
    equal(fromBase64(signed.text('content'), 256), signature) &&
    equal(derOfPem(ascii(fromBase64(key.text('content'), MAX_BUNDLE))), certificate);
  if (!same) throw new MalformedError(malformed.sigstore.otherRecord);
}

async function requireChain(certificate: FulcioCertificate, root: SigstoreRoot, at: number): Promise<FulcioCertificate> {
  for (const { chain, from, until } of root.authorities) {
    const first = chain[0];
    if (first === undefined || at < from || at > until || !(await issued(first, certificate))) continue;
    if (chain.some((one, below) => at < one.from || at > one.until || !mayIssue(one, below))) continue;
    let whole = true;
    for (let i = 0; i + 1 < chain.length; i++) whole &&= await issued(chain[i + 1] as FulcioCertificate, chain[i] as FulcioCertificate);
    if (whole) return first;
  }
  throw new MalformedError(malformed.sigstore.otherAuthority);
}

/** Whether it may sign certificates of signers, that many authorities being between. */
function mayIssue(authority: FulcioCertificate, below: number): boolean {
  const { extensions } = authority;
  const uses = purposes(authority);
  const fit = isAuthority(extensions) && namesUse(extensions, 5) === true && (pathLength(extensions) ?? below) >= below;
  return fit && (uses.length === 0 || uses.includes(CODE_SIGNING));
}

async function issued(authority: FulcioCertificate, certificate: FulcioCertificate): Promise<boolean> {
  return equal(certificate.issuer, authority.subject) && ecdsa(authority.key, certificate.hash, certificate.signed, certificate.signature);
}

/** Every claim is compared exactly; one that is there in the older and the newer form must say the same in both. */
function requireClaims({ extensions }: FulcioCertificate, { file, name, trigger }: Workflow): void {
  const bare = (number: number) => textOf(extensions.get(CLAIM + hexByte(number)));
  const wrapped = (number: number) => {
    const value = extensions.get(CLAIM + hexByte(number));
    return value === undefined ? undefined : textOf(Der.only(value, 0x0c).content);
  };
  const require = (what: string, expected: string, ...found: (string | undefined)[]) => {
    const there = found.filter((one) => one !== undefined);
    if (there.length === 0 || there.some((one) => one !== expected)) throw new MalformedError(malformed.sigstore.signedByOther(what));
  };
  require(malformed.sigstore.issuer, ISSUER, bare(1), wrapped(8));
  require(malformed.sigstore.repository, REPOSITORY, bare(5), wrapped(12)?.replace('https://github.com/', ''));
  if (extensions.has(CLAIM + hexByte(15))) require(malformed.sigstore.repositoryNumber, REPOSITORY_ID, wrapped(15));
  require(malformed.sigstore.workflow, name, bare(4));
  require(malformed.sigstore.ref, REF, bare(6), wrapped(14));
  require(malformed.sigstore.trigger, trigger ?? bare(2) ?? wrapped(20) ?? '', bare(2), wrapped(20));
  require(malformed.sigstore.commit, bare(3) ?? wrapped(13) ?? '', bare(3), wrapped(13));
  const san = extensions.get('551d11');
  if (san === undefined) throw new MalformedError(malformed.sigstore.noName);
  const names = new Der(Der.only(san, SEQUENCE).content);
  const uri = names.next(0x86).content;
  names.end();
  require(malformed.sigstore.identity, `https://github.com/${REPOSITORY}/.github/workflows/${file}@${REF}`, textOf(uri));
}

function textOf(bytes: Bytes | undefined): string | undefined {
  return bytes === undefined ? undefined : fromUtf8(bytes);
}

function hexByte(number: number): string {
  return number.toString(16).padStart(2, '0');
}

function ascii(bytes: Bytes): string {
  return new TextDecoder('latin1').decode(bytes);
}

