import type { Client } from './api/client';
import { t } from './text';
import { kmsPolicy, nodePolicy } from './verify/policy';
import type { ReleaseExpectation } from './verify/recheck';

const UNPROVEN = { state: 'not_possible', detail: t.found.listUnsigned } as const;

/** What a release accepts, from the functions; each list is fetched once while the page is open. */
export function expectationsOf(client: Client) {
  const known = new Map<string, Promise<ReleaseExpectation>>();
  return (role: 'kms' | 'node', version: string, profile: string): Promise<ReleaseExpectation> => {
    const key = `${role} ${version} ${profile}`;
    const found = known.get(key) ?? fetchExpectation(client, role, version, profile);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
}

async function fetchExpectation(client: Client, role: 'kms' | 'node', version: string, profile: string): Promise<ReleaseExpectation> {
  if (role === 'kms') {
    const { document, sha256, asset = '' } = await client.policy(`mero-kms-v${version}`, profile);
    return { role, version, profile, expected: kmsPolicy(document, { version, profile, asset }), sha256: [sha256], proof: UNPROVEN };
  }
  // Its profiles alone are served, so that its hash is not that of the published file.
  const { document } = await client.nodePolicy(`mero-tee-v${version}`);
  return { role, version, profile, expected: nodePolicy(document, profile), sha256: [], proof: UNPROVEN };
}
