import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { post, startSite } from './site.mjs';

/** Writes answers of the functions about the simulated platform for the unit tests: test/fixtures. */
const folder = join(import.meta.dirname, '..', 'test', 'fixtures');
mkdirSync(folder, { recursive: true });
const site = await startSite();
try {
  const config = await (await fetch(`${site.page}/config.json`)).json();
  for (const [name, kind, url] of [['kms', 'kms', site.kms], ['node', 'node', site.node], ['other-image', 'node', site.foreignNode]]) {
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
    const body = { [`${kind}_url`]: url, nonce_b64: nonce, release_tag: site.release };
    const answer = await post(`${site.page}/api/verify`, body);
    const request = { kind, url, nonce, releaseTag: site.release };
    const fixture = { now: Date.now(), root: config.simulatedRoot, sigstore: config.simulatedSigstore, request, answer };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(fixture)}\n`);
    console.log(name, answer.verdict.result, readFileSync(join(folder, `${name}.json`)).length);
  }
} finally {
  await site.stop();
}
