import type { ServerRelease } from '../api/types';
import { t } from '../text';
import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, fromBase64, fromUtf8, sha256, toHex } from './bytes';
import { isObject, parseObject } from './json';
import { type SigstoreRoot, WORKFLOWS, verifySignature } from './sigstore';
import { type Expected, PRODUCTION, kmsPolicy, nodePolicy } from './policy';

const MAX_DOCUMENT = 1024 * 1024;
const PUBLISHED_MRTDS = 'published-mrtds.json';
const POLICY = /^kms(?:-phala)?-attestation-policy(?:\.[a-z-]+)?\.json$/;
const COMPATIBILITY_MAP = /^kms(?:-phala)?-compatibility-map\.json$/;

/** A document of a release as it was published, its signature files beside it. */
export interface PublishedDocument {
  asset: string;
  content: Bytes;
  sha256: string;
  files: ReadonlyMap<string, Bytes>;
}

/** The documents that an answer carries; none in answers of older verifiers. */
export async function publishedDocuments(release: ServerRelease): Promise<PublishedDocument[]> {
  const documents: PublishedDocument[] = [];
  for (const { asset, files } of release.documents) {
    const all = new Map<string, Bytes>();
    for (const [name, text] of Object.entries(files)) all.set(name, fromBase64(text, MAX_DOCUMENT));
    const content = all.get(asset);
    if (content === undefined) continue;
    documents.push({ asset, content, sha256: toHex(await sha256(content)), files: all });
  }
  return documents;
}

/** Whether the workflow of releases signed them, as far as that can be told here. */
export type Proof = { state: 'proven' } | { state: 'refused' | 'not_possible'; detail: string };

export async function proofOf(documents: PublishedDocument[], role: 'kms' | 'node', root: SigstoreRoot): Promise<Proof> {
  for (const { asset, content, files } of documents) {
    const bundle = files.get(`${asset}.bundle.json`);
    if (bundle === undefined) {
      return { state: 'not_possible', detail: t.found.noBundle(asset) };
    }
    const workflow = role === 'node' ? WORKFLOWS.node : asset.startsWith('kms-phala-') ? WORKFLOWS.phala : WORKFLOWS.cluster;
    try {
      await verifySignature(content, fromUtf8(bundle), root, workflow);
    } catch (e) {
      if (!(e instanceof MalformedError)) throw e;
      return { state: 'refused', detail: `${asset}: ${e.message}` };
    }
  }
  return documents.length > 0 ? { state: 'proven' } : { state: 'not_possible', detail: t.found.noDocuments };
}

/** What they accept of a machine in that role and profile; undefined if none of them is the one that says it. */
export function expectedOf(documents: PublishedDocument[], { role, version }: ServerRelease, profile: string): Expected | undefined {
  if (role === 'node') {
    const published = documents.find((one) => one.asset === PUBLISHED_MRTDS);
    return published === undefined ? undefined : nodePolicy(tagged(published, version), profile);
  }
  const policies = documents.filter((one) => POLICY.test(one.asset));
  const policy = policies.find((one) => isOf(one, profile)) ?? policies[0];
  if (policy === undefined) return undefined;
  const expected = kmsPolicy(contentOf(policy), { version, profile, asset: policy.asset });
  const map = documents.find((one) => COMPATIBILITY_MAP.test(one.asset));
  return expected.composeHashes.length > 0 || map === undefined ? expected : { ...expected, composeHashes: mapped(map, version, profile) };
}

function contentOf({ content }: PublishedDocument) {
  return parseObject(fromUtf8(content), MAX_DOCUMENT);
}

/** A genuine document of another release is the wrong one, and so is one that does not say of which it is. */
function tagged(document: PublishedDocument, version: string) {
  const object = contentOf(document);
  if (object.tag !== version) throw new MalformedError(malformed.release.documentOfAnother(document.asset, String(object.tag), version));
  return object;
}

/** The oldest releases have a policy for production alone, which may not say so. */
function isOf(document: PublishedDocument, profile: string): boolean {
  return (contentOf(document).profile ?? PRODUCTION) === profile;
}

function mapped(map: PublishedDocument, version: string, profile: string): string[] {
  const { compatibility } = tagged(map, version);
  const profiles = isObject(compatibility) ? compatibility.profiles : undefined;
  const entry = isObject(profiles) ? profiles[profile] : undefined;
  const hash = isObject(entry) ? entry.event_payload : undefined;
  return typeof hash === 'string' && /^[0-9a-f]{64}$/i.test(hash) ? [hash.toLowerCase()] : [];
}
