import type { ServerRelease } from '../api/types';
import { type Bytes, MalformedError, fromBase64, sha256, toHex } from './bytes';
import { isObject, parseObject } from './json';
import { type SigstoreRoot, WORKFLOWS, verifySignature } from './sigstore';
import { type Expected, kmsPolicy, nodePolicy } from './policy';

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
      return { state: 'not_possible', detail: `${asset} came without the bundle that proves its signature` };
    }
    const workflow = role === 'node' ? WORKFLOWS.node : asset.startsWith('kms-phala-') ? WORKFLOWS.phala : WORKFLOWS.cluster;
    try {
      await verifySignature(content, new TextDecoder().decode(bundle), root, workflow);
    } catch (e) {
      if (!(e instanceof MalformedError)) throw e;
      return { state: 'refused', detail: `${asset}: ${e.message}` };
    }
  }
  return documents.length > 0 ? { state: 'proven' } : { state: 'not_possible', detail: 'no document of the release came with the answer' };
}

/** What they accept of a machine in that role and profile; undefined if they do not say. */
export function expectedOf(documents: PublishedDocument[], release: ServerRelease, profile: string): Expected | undefined {
  if (release.role === 'node') {
    const published = documents.find((one) => one.asset === PUBLISHED_MRTDS);
    return published === undefined ? undefined : nodePolicy(tagged(published, release.version), profile);
  }
  const policy = documents.find((one) => POLICY.test(one.asset) && isOf(one, profile));
  if (policy === undefined) return undefined;
  const expected = kmsPolicy(tagged(policy, release.version));
  const map = documents.find((one) => COMPATIBILITY_MAP.test(one.asset));
  return expected.composeHashes.length > 0 || map === undefined
    ? expected
    : { ...expected, composeHashes: mapped(map, release.version, profile) };
}

/** A genuine document of another release is the wrong one. */
function tagged(document: PublishedDocument, version: string) {
  const object = parseObject(new TextDecoder('utf-8', { fatal: true }).decode(document.content), MAX_DOCUMENT);
  if (object.tag !== undefined && object.tag !== version) throw new MalformedError(`${document.asset} is of release ${String(object.tag)}`);
  return object;
}

/** Profiles have policies of their own; the oldest releases have one for production alone. */
function isOf({ asset, content }: PublishedDocument, profile: string): boolean {
  const object = parseObject(new TextDecoder().decode(content), MAX_DOCUMENT);
  if (object.profile !== undefined) return object.profile === profile;
  return asset.includes(`.${profile}.`) || profile === 'locked-read-only';
}

function mapped(map: PublishedDocument, version: string, profile: string): string[] {
  const { compatibility } = tagged(map, version);
  const profiles = isObject(compatibility) ? compatibility.profiles : undefined;
  const entry = isObject(profiles) ? profiles[profile] : undefined;
  const hash = isObject(entry) ? entry.event_payload : undefined;
  return typeof hash === 'string' && /^[0-9a-f]{64}$/i.test(hash) ? [hash.toLowerCase()] : [];
}
