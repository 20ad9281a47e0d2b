import { type JsonObject, isObject } from './verify/json';

/** A version as people write it: bare, or after the name of its family. */
export function bareVersion(text: string): string {
  return text.trim().replace(/^mero-(kms|tee)-v/, '');
}

export function isVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(bareVersion(text));
}

export interface ReleaseEntry {
  version: string;
  publishedAt: string | undefined;
  kms: boolean;
  node: boolean;
  /** Whether the functions verified it; undefined if nobody knows. */
  verified: boolean | undefined;
}

/** The list of GET /api/releases, newest first, one entry for both families of a version. */
export function readReleases(answer: JsonObject): ReleaseEntry[] {
  const entries = new Map<string, ReleaseEntry>();
  for (const raw of Array.isArray(answer.releases) ? answer.releases : []) {
    if (!isObject(raw)) continue;
    const tag = typeof raw.tag === 'string' ? raw.tag : '';
    const match = /^mero-(kms|tee)-v(\d+\.\d+\.\d+)$/.exec(tag);
    const version = match?.[2];
    if (version === undefined) continue;
    const published = [raw.publishedAt, raw.published_at].find((at) => typeof at === 'string');
    const verified = typeof raw.verified === 'boolean' ? raw.verified : undefined;
    const entry = entries.get(version) ?? { version, publishedAt: published, kms: false, node: false, verified };
    // Of both families the worse word counts.
    if (entry.verified !== false) entry.verified = verified === true ? entry.verified : verified;
    if (match?.[1] === 'kms') entry.kms = true;
    else entry.node = true;
    entries.set(version, entry);
  }
  return [...entries.values()];
}
