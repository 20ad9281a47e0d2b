import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, overflow, verdict, violations } from './browser.mjs';
import { post, startRelay, verifyReport } from './site.mjs';

const PATHS = ['/', '/kms', '/mero-tee', '/compare', '/registers', '/generate', '/report'];

/** Evidence as somebody would fetch it. */
async function kmsEvidence(site, nonce) {
  return post(`${site.kms}/attest`, { nonceB64: nonce });
}

function nonce() {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
}

/** One byte of a quote changed. */
function tampered(evidence, at) {
  const quote = Buffer.from(evidence.quoteB64, 'base64');
  quote[at] ^= 1;
  return { ...evidence, quoteB64: quote.toString('base64') };
}

async function paste(page, path, evidence, given) {
  await page.goto(path);
  await page.getByRole('tab', { name: 'Paste evidence' }).click();
  await page.getByRole('textbox', { name: 'What it answered' }).fill(JSON.stringify(evidence));
  if (given !== undefined) await page.getByRole('textbox', { name: 'Nonce' }).fill(given);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  return verdict(page);
}

/** A verifier that answers what `change` makes of an honest answer. */
async function lying(page, change) {
  await page.route('**/api/verify', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const changed = (await change(answer, route.request().postDataJSON())) ?? answer;
    await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(changed) });
  });
}

/** Says of everything that it is good. */
function praise(answer, release) {
  for (const check of answer.verdict.checks) {
    if (!['ita', 'agreement'].includes(check.name)) Object.assign(check, { result: 'passed', detail: 'believe me' });
  }
  answer.verdict.result = 'passed';
  if (release !== undefined) answer.verdict.release = release;
}

/** Opens everything that is folded. */
async function openAll(page) {
  const folded = page.locator('.more button[aria-expanded=false]');
  while ((await folded.count()) > 0) await folded.first().click();
}

async function errorOf(page) {
  const box = page.locator('.problem[data-code]');
  await box.waitFor();
  return { code: await box.getAttribute('data-code'), text: await box.innerText() };
}

async function askAndFail(page, path, url) {
  await page.goto(path);
  await page.getByRole('textbox', { name: 'Address of the' }).fill(url);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  return errorOf(page);
}

export const CASES = [
  [
    'the landing page says SIMULATED and leads to every page',
    async ({ open }) => {
      const page = await open();
      await page.goto('/'); // once, so that the second time measures the page and not the browser's start
      await page.goto('/', { waitUntil: 'commit' });
      await page.getByRole('heading', { level: 1, name: 'Check it yourself' }).waitFor();
      const shown = await page.evaluate(() => performance.now());
      console.log(`    usable after ${Math.round(shown)} ms`); // said, not required: machines differ
      assert.match(await page.getByTestId('simulated').innerText(), /SIMULATED/);
      for (const [name, heading] of [
        ['Key server', 'Check a key server'],
        ['Node', 'Check a node'],
        ['Compare', 'Compare'],
        ['Registers', 'What the registers mean'],
        ['Configuration', 'Configuration for merod'],
      ]) {
        await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        assert.match(await page.getByTestId('simulated').innerText(), /SIMULATED/);
      }
      await page.goto('/no-such-page');
      await page.getByRole('heading', { level: 1, name: 'Check it yourself' }).waitFor();
      for (const [theme, colour] of [['dark', 'rgb(14, 21, 20)'], ['light', 'rgb(247, 248, 248)'], ['dark', 'rgb(14, 21, 20)']]) {
        await page.getByRole('combobox', { name: 'Colours' }).selectOption(theme);
        await page.reload();
        await page.getByRole('heading', { level: 1 }).waitFor();
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), colour);
      }
    },
  ],
  [
    'a genuine KMS is trusted, and every check is made twice',
    async ({ open, site }) => {
      const page = await open();
      const sent = page.waitForRequest('**/api/verify');
      const { trust, text } = await ask(page, '/kms', site.kms);
      assert.equal(trust, 'trusted');
      assert.match(text, new RegExp(`mero-kms ${site.release} \\(locked-read-only\\)`));
      const body = (await sent).postDataJSON();
      assert.equal(Buffer.from(body.nonce_b64, 'base64').length, 32);
      for (const name of ['freshness', 'dcap', 'event_log', 'compose_hash', 'measurements']) {
        assert.equal(await page.locator(`tr[data-check=${name}]`).getAttribute('data-agreement'), 'agree', name);
      }
      assert.equal(await page.locator('[data-register][data-match=true]').count(), 5);
      const events = await page.getByTestId('chain').locator('li[data-event]').evaluateAll((all) => all.map((one) => one.dataset.event));
      assert.ok(events.includes('compose-hash') && events.includes('system-ready'), String(events));
      assert.match(await page.getByTestId('chain').innerText(), /The log leads exactly there/);
      await page.getByRole('button', { name: 'compose-hash' }).click();
      await page.locator('li[data-event=compose-hash]').getByText('Digest').waitFor();
    },
  ],
  [
    'two checks never use the same nonce',
    async ({ open, site }) => {
      const page = await open();
      const nonces = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/api/verify')) nonces.push(request.postDataJSON().nonce_b64);
      });
      await ask(page, '/kms', site.kms);
      await ask(page, '/kms', site.kms);
      assert.equal(new Set(nonces).size, 2);
    },
  ],
  [
    'a genuine node is trusted; its key is bound, and whether its address holds it stays open',
    async ({ open, site }) => {
      const page = await open();
      const { trust, text } = await ask(page, '/mero-tee', site.node);
      assert.equal(trust, 'trusted');
      assert.match(text, new RegExp(`mero-tee ${site.release}`));
      assert.match(text, /bound to the transport key [0-9a-f]{8}…/);
      assert.match(text, /could not be tried/);
      assert.equal(await page.getByTestId('chain').count(), 0);
    },
  ],
  [
    'an address in the link starts the check at once',
    async ({ open, site }) => {
      const page = await open();
      await page.goto(`/mero-tee?node_url=${encodeURIComponent(site.node)}&release_tag=mero-tee-v${site.release}&profile=locked-read-only`);
      assert.equal((await verdict(page)).trust, 'trusted');
    },
  ],
  [
    'another image is not trusted, and each register that differs is shown digit by digit',
    async ({ open, site }) => {
      const page = await open();
      await page.goto(`/mero-tee?release_tag=${site.release}`);
      await page.getByRole('textbox', { name: 'Address of the' }).fill(site.foreignNode);
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      const { trust, text } = await verdict(page);
      assert.equal(trust, 'not_trusted');
      assert.match(text, /does not run what was released/);
      assert.ok((await page.locator('[data-register][data-match=false] mark').count()) > 0);
    },
  ],
  [
    'a machine with debugging is not trusted',
    async ({ open, site }) => {
      const { trust, text } = await ask(await open(), '/mero-tee', site.debugNode);
      assert.equal(trust, 'not_trusted');
      assert.match(text, /debugging/);
    },
  ],
  [
    'a machine without updates is not trusted by a release that demands them, and is told what to update',
    async ({ open, site }) => {
      const page = await open();
      await page.goto(`/mero-tee?node_url=${encodeURIComponent(site.outdatedNode)}&release_tag=${site.release}`);
      assert.equal((await verdict(page)).trust, 'not_trusted');
      const card = page.getByRole('region', { name: 'Quote attestation' });
      assert.match(await card.innerText(), /OutOfDate[\s\S]*missing/);
      assert.equal(await card.getByRole('link', { name: 'INTEL-SA-00837' }).getAttribute('href'), 'https://www.intel.com/content/www/us/en/security-center/advisory/intel-sa-00837.html');
    },
  ],
  [
    'pasted evidence with its nonce is trusted; without, nobody can tell its age',
    async ({ open, site }) => {
      const given = nonce();
      const evidence = await kmsEvidence(site, given);
      const page = await open();
      assert.equal((await paste(page, '/kms', evidence, given)).trust, 'trusted');
      const without = await paste(page, '/kms', evidence);
      assert.equal(without.trust, 'cannot_tell');
      assert.match(without.text, /how old/);
    },
  ],
  [
    'a nonce made here is shown with the command that sends it',
    async ({ open, site }) => {
      const page = await open();
      await page.goto('/kms');
      await page.getByRole('tab', { name: 'Paste evidence' }).click();
      await page.getByRole('button', { name: 'Make one' }).click();
      const given = await page.getByRole('textbox', { name: 'Nonce' }).inputValue();
      const command = await page.locator('.command pre').innerText();
      assert.ok(command.includes(given));
      await page.getByRole('textbox', { name: 'What it answered' }).fill(JSON.stringify(await kmsEvidence(site, given)));
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      assert.equal((await verdict(page)).trust, 'trusted');
    },
  ],
  [
    'tampered evidence is not trusted: quote, nonce, event log',
    async ({ open, site }) => {
      const given = nonce();
      const evidence = await kmsEvidence(site, given);
      const page = await open();
      for (const at of [200, 400, 700]) {
        assert.equal((await paste(page, '/kms', tampered(evidence, at), given)).trust, 'not_trusted', `byte ${at}`);
      }
      await page.goto('/kms');
      await page.getByRole('tab', { name: 'Paste evidence' }).click();
      await page.getByRole('textbox', { name: 'What it answered' }).fill(JSON.stringify(evidence));
      await page.getByRole('textbox', { name: 'Nonce' }).fill(nonce());
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      assert.equal((await errorOf(page)).code, 'nonce_mismatch');
      const log = structuredClone(evidence);
      const entry = log.eventLog.find((one) => one.event === 'compose-hash');
      entry.event_payload = '00'.repeat(32);
      entry.digest = '';
      assert.equal((await paste(page, '/kms', log, given)).trust, 'not_trusted');
    },
  ],
  [
    'evidence and reports that are pasted on the landing page go where they belong',
    async ({ open, site }) => {
      const page = await open();
      await page.goto('/');
      await page.getByRole('textbox', { name: 'Evidence or report' }).fill('{"nothing": 1}');
      await page.getByRole('button', { name: 'Check it' }).click();
      await page.getByText('This is not JSON with a quote').waitFor();
      await page.getByRole('textbox', { name: 'Evidence or report' }).fill(JSON.stringify(await kmsEvidence(site, nonce())));
      await page.getByRole('button', { name: 'Check it' }).click();
      await page.getByRole('heading', { level: 1, name: 'Check a key server' }).waitFor();
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      assert.equal((await verdict(page)).trust, 'cannot_tell');
    },
  ],
  [
    'a verifier that calls another image good is caught',
    async ({ open, site }) => {
      const good = await post(`${site.page}/api/verify`, { node_url: site.node });
      const page = await open();
      await lying(page, (answer) => praise(answer, good.verdict.release));
      const { trust, text } = await ask(page, '/mero-tee', site.foreignNode);
      assert.equal(trust, 'not_trusted');
      assert.match(text, /Do not believe this verifier/);
      assert.equal(await page.locator('tr[data-check=measurements]').getAttribute('data-agreement'), 'disagree');
    },
  ],
  [
    'a verifier that calls a debug machine good is caught',
    async ({ open, site }) => {
      const good = await post(`${site.page}/api/verify`, { node_url: site.node });
      const page = await open();
      await lying(page, (answer) => {
        praise(answer, good.verdict.release);
        answer.collateral ??= good.collateral;
      });
      const { trust, text } = await ask(page, '/mero-tee', site.debugNode);
      assert.equal(trust, 'not_trusted');
      assert.match(text, /Do not believe this verifier/);
    },
  ],
  [
    'a verifier that answers with a recording is caught',
    async ({ open, site }) => {
      const recorded = await post(`${site.page}/api/verify`, { kms_url: site.kms });
      const page = await open();
      await lying(page, (_, body) => ({ ...recorded, nonce_b64: body.nonce_b64 }));
      const { trust, text } = await ask(page, '/kms', site.kms);
      assert.equal(trust, 'not_trusted');
      assert.match(text, /Do not believe this verifier/);
      assert.equal(await page.locator('tr[data-check=freshness]').getAttribute('data-agreement'), 'disagree');
    },
  ],
  [
    'a verifier that invents what the release accepts is caught',
    async ({ open, site }) => {
      const page = await open();
      const good = await post(`${site.page}/api/verify`, { node_url: site.node });
      await lying(page, (answer) => {
        const release = structuredClone(good.verdict.release);
        const document = release.documents.find((one) => one.asset === 'published-mrtds.json');
        const quote = Buffer.from(answer.attestation.quoteB64, 'base64');
        const list = JSON.parse(Buffer.from(document.files['published-mrtds.json'], 'base64').toString());
        const value = (at) => [quote.subarray(at, at + 48).toString('hex')];
        Object.assign(list.profiles['locked-read-only'], { allowed_mrtd: value(184), allowed_rtmr0: value(376), allowed_rtmr1: value(424), allowed_rtmr2: value(472), allowed_rtmr3: value(520) });
        const forged = Buffer.from(JSON.stringify(list));
        document.files['published-mrtds.json'] = forged.toString('base64');
        praise(answer, release);
        return crypto.subtle.digest('SHA-256', forged).then((hash) => {
          document.sha256 = Buffer.from(hash).toString('hex');
          return answer;
        });
      });
      const { trust, text } = await ask(page, '/mero-tee', site.foreignNode);
      assert.equal(trust, 'not_trusted');
      assert.match(text, /is not genuine/);
    },
  ],
  [
    'a verifier that says another TCB status, RTMR3 or root than is so is caught',
    async ({ open, site }) => {
      for (const change of [
        (answer) => void (answer.verdict.dcap.tcbStatus = 'SWHardeningNeeded'),
        (answer) => void (answer.verdict.eventLog.rtmr3 = '00'.repeat(48)),
        (answer) => void (answer.verdict.dcap.root.sha256 = '00'.repeat(32)),
      ]) {
        const page = await open();
        await lying(page, change);
        const { trust, text } = await ask(page, '/kms', site.kms);
        assert.equal(trust, 'not_trusted');
        assert.match(text, /is not so/);
        await page.getByTestId('contradictions').waitFor();
      }
    },
  ],
  [
    'answers with names that objects have by themselves, and addresses of script, break nothing and lead nowhere',
    async ({ open, site }) => {
      for (const name of ['__proto__', 'constructor', 'javascript:alert(1)//<img src=x onerror=alert(1)>']) {
        const page = await open();
        await lying(page, (answer) => {
          const { verdict } = answer;
          Object.assign(verdict.checks.find((one) => one.name === 'measurements'), { result: 'failed', code: name, detail: name });
          Object.assign(verdict.release, { foundBy: name });
          Object.assign(verdict.release.documents[0], { signedBy: name });
          Object.assign(verdict.dcap, { tcbStatus: name, advisoryIds: [name, 'INTEL-SA-00837'] });
          verdict.verdicts = { dcap: name, ita: name, agree: true };
        });
        const { trust } = await ask(page, '/kms', site.kms);
        assert.equal(trust, 'not_trusted');
        assert.equal(await page.getByText('This page broke').count(), 0);
        assert.equal(await page.locator('main img').count(), 0);
        const links = await page.locator('a').evaluateAll((all) => all.map((one) => new URL(one.href).protocol));
        assert.deepEqual([...new Set(links)].filter((one) => !one.startsWith('http')), []);
        await page.route('**/api/verify', (route) => route.fulfill({ status: 400, contentType: 'application/json', body: JSON.stringify({ error: name, code: name }) }));
        assert.equal((await askAndFail(page, '/kms', site.kms)).code, name);
      }
    },
  ],
  [
    'the page may ask its own origin alone, and run nothing but its files',
    async ({ open, site }) => {
      const page = await open();
      await page.goto('/');
      await page.getByRole('heading', { level: 1 }).waitFor();
      // Of the policy alone: what a page is refused is said before anything is sent.
      const refused = await page.evaluate(async (stranger) => {
        const directives = [];
        const refused = new Promise((resolve) => document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }));
        await fetch(stranger).catch(() => undefined);
        directives.push(await refused);
        const script = document.createElement('script');
        try {
          script.text = 'globalThis.ran = true';
        } catch {
          directives.push('assigned');
        }
        try {
          globalThis.trustedTypes.createPolicy('any', {});
        } catch {
          directives.push('policy');
        }
        document.body.append(script);
        return { directives, ran: globalThis.ran };
      }, site.kms);
      assert.equal(refused.ran, undefined);
      for (const one of ['connect-src', 'assigned', 'policy']) assert.ok(refused.directives.includes(one), `${one}: ${refused.directives}`);
      page.complaints.length = 0; // the browser's own words about it
    },
  ],
  [
    'functions may be elsewhere, as config.json says, and the page may then ask there and nowhere else',
    async ({ open, site }) => {
      const elsewhere = 'https://functions.example.org';
      const page = await open();
      await page.route(`${elsewhere}/**`, async (route) => {
        const { origin: _, ...headers } = route.request().headers();
        await route.fulfill({ response: await route.fetch({ url: route.request().url().replace(elsewhere, site.page), headers }), headers: { 'access-control-allow-origin': '*' } });
      });
      // As from a host that sends no policy of its own: the page's own has to do.
      await page.route(/\/(mero-tee)?$/, async (route) => {
        const response = await route.fetch();
        const { 'content-security-policy': _, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
      const say = (functions) =>
        page.route('**/config.json', async (route) => {
          const config = await (await route.fetch()).json();
          await route.fulfill({ json: { ...config, functions } });
        });
      await say(elsewhere);
      assert.equal((await ask(page, '/mero-tee', site.node)).trust, 'trusted');
      assert.deepEqual([...new Set(page.strangers.map((url) => new URL(url).origin))], [elsewhere]);
      const blocked = await page.evaluate(async (stranger) => {
        const seen = new Promise((resolve) => document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)));
        await fetch(stranger).catch(() => undefined);
        return seen;
      }, site.kms);
      assert.equal(blocked, 'connect-src');
      await page.unroute('**/config.json');
      await say('javascript:alert(1)');
      await page.goto('/');
      await page.getByText('This page could not start').waitFor();
      page.strangers.length = page.complaints.length = 0;
    },
  ],
  [
    'a verifier that judges by another release than was asked for is caught',
    async ({ open, site }) => {
      const good = await post(`${site.page}/api/verify`, { node_url: site.node });
      const page = await open();
      await lying(page, (answer) => praise(answer, good.verdict.release));
      await page.goto(`/mero-tee?release_tag=${site.olderRelease}`);
      await page.getByRole('textbox', { name: 'Address of the' }).fill(site.node);
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      assert.equal((await verdict(page)).trust, 'not_trusted');
    },
  ],
  [
    'whoever hands on the question and the answer is not taken for the machine',
    async ({ open, site }) => {
      const relay = await startRelay(site.kms);
      try {
        const page = await open();
        const { trust, text } = await ask(page, '/kms', relay.url);
        const host = new URL(relay.url).host;
        assert.equal(trust, 'trusted'); // the machine is; and the words do not say that the address is
        assert.ok(text.includes(`That ${host} is this machine`), text);
        assert.match(text, /can pass your question on to another machine/);
        assert.doesNotMatch(text, new RegExp(`${host} is (genuine|trusted)`));
      } finally {
        relay.stop();
      }
    },
  ],
  [
    'a slow verifier: the wait is explained, and can be ended',
    async ({ open, site }) => {
      const page = await open();
      await page.route('**/api/verify', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 30_000).unref());
        await route.abort().catch(() => undefined);
      });
      await page.goto('/kms');
      await page.getByRole('textbox', { name: 'Address of the' }).fill(site.kms);
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByRole('progressbar').waitFor();
      await page.getByText('This takes longer than usual').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('progressbar').waitFor({ state: 'detached' });
      assert.equal(await page.getByTestId('verdict').count(), 0);
      await page.unroute('**/api/verify');
    },
  ],
  [
    'offline, without a verifier, and with one that answers nonsense: what to try is said',
    async ({ open, site }) => {
      const page = await open();
      await page.goto('/kms');
      await page.getByRole('textbox', { name: 'Address of the' }).fill(site.kms);
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      assert.equal((await errorOf(page)).code, 'offline');
      await page.context().setOffline(false);
      await page.route('**/api/verify', (route) => route.abort());
      assert.equal((await askAndFail(page, '/kms', site.kms)).code, 'verifier_unreachable');
      await page.unroute('**/api/verify');
      for (const body of ['<html>', '{}', '{"attestation":{},"verdict":{"checks":[{"name":"x"}]}}', `"${'x'.repeat(100)}`]) {
        await page.route('**/api/verify', (route) => route.fulfill({ status: 200, contentType: 'application/json', body }));
        assert.equal((await askAndFail(page, '/kms', site.kms)).code, 'verifier_failed', body);
        await page.unroute('**/api/verify');
      }
    },
  ],
  [
    'hosts that are not allowed, not there, or not what they should be; releases that are not there',
    async ({ open, site }) => {
      const page = await open();
      const cases = [
        ['/kms', 'https://kms.example.org', 'host_not_allowed', /paste what it answers/],
        ['/kms', 'http://127.0.0.1:1', 'peer_unreachable', /Check that it runs/],
        ['/kms', site.page, 'peer_refused', /Check the address/],
        ['/mero-tee', site.kms, 'peer_refused', /Check the address/],
      ];
      for (const [path, url, code, advice] of cases) {
        const error = await askAndFail(page, path, url);
        assert.equal(error.code, code);
        assert.match(error.text, advice, error.code);
        assert.doesNotMatch(error.text, /The verifier refused this/, error.code);
      }
      await page.goto(`/kms?kms_url=${encodeURIComponent(site.kms)}&release_tag=9.9.9`);
      const { trust, text } = await verdict(page);
      assert.equal(trust, 'cannot_tell');
      assert.match(text, /there is no such release[\s\S]*leave both empty/);
      assert.doesNotMatch(text, /genuine key server/); // what it runs is not known
    },
  ],
  [
    "without Intel's lists nobody can tell",
    async ({ open, site }) => {
      const page = await open();
      await lying(page, (answer) => {
        answer.collateral = null;
        const dcap = answer.verdict.checks.find((one) => one.name === 'dcap');
        Object.assign(dcap, { result: 'not_possible', code: 'collateral_unreachable', detail: "Intel's servers do not answer" });
        answer.verdict.result = 'incomplete';
      });
      const { trust, text } = await ask(page, '/kms', site.kms);
      assert.equal(trust, 'cannot_tell');
      assert.match(text, /Intel did not give the lists[\s\S]*Try again/);
    },
  ],
  [
    'a form that is not right says so where it is',
    async ({ open }) => {
      const page = await open();
      await page.goto('/kms');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText('Fill this in.').waitFor();
      await page.getByRole('textbox', { name: 'Address of the' }).fill('kms.example.org');
      await page.getByRole('textbox', { name: 'Release' }).fill('latest');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText('begins with https://').waitFor();
      await page.getByText('Write a version such as').waitFor();
    },
  ],
  [
    'a link carries the evidence, is checked again without a server, and says what it cannot know',
    async ({ open, site }) => {
      const page = await open();
      await ask(page, '/kms', site.kms);
      await page.getByRole('button', { name: 'Copy link with the evidence' }).click();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(link, /\/report#v1\./);
      const reader = await open();
      await reader.route('**/api/**', (route) => route.abort());
      await reader.goto(link);
      const { trust, text } = await verdict(reader);
      assert.equal(trust, 'cannot_tell');
      assert.match(text, /genuine and fits its release[\s\S]*only its maker knows/);
      await reader.getByRole('link', { name: 'Check again, now' }).waitFor();
      const broken = await open();
      await broken.goto(link.slice(0, -40));
      await broken.getByText('This is not a report').waitFor();
    },
  ],
  [
    'a report is confirmed by mero-tee verify-report without any server, and a changed one is not believed',
    async ({ open, site }) => {
      const page = await open();
      await ask(page, '/kms', site.kms);
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download report' }).click();
      const report = JSON.parse(readFileSync(await (await saving).path(), 'utf8'));
      assert.equal(report.format, 'mero-tee-report/1');
      assert.equal(report.request.kms_url, site.kms);
      assert.equal(report.request.nonce_b64, report.answer.nonce_b64);
      const said = await verifyReport(site, report);
      assert.match(said, /CONFIRMED: a KMS of release/);
      const quote = Buffer.from(report.answer.attestation.quoteB64, 'base64');
      quote[380] ^= 1;
      report.answer.attestation.quoteB64 = quote.toString('base64');
      await page.goto('/report');
      await page.getByRole('textbox', { name: 'Open a report' }).fill(JSON.stringify(report));
      assert.equal((await verdict(page)).trust, 'not_trusted');
    },
  ],
  [
    'two releases, or a machine and a release, are compared register by register',
    async ({ open, site }) => {
      const page = await open();
      await page.goto('/compare');
      await page.getByRole('textbox', { name: 'First release' }).fill(site.olderRelease);
      await page.getByRole('textbox', { name: 'Second release' }).fill(site.release);
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      assert.ok(Number(await page.getByTestId('compared').getAttribute('data-different')) > 0);
      assert.ok((await page.locator('[data-list][data-same=false] mark').count()) > 0);
      await page.getByRole('tab', { name: 'A machine and a release' }).click();
      await page.getByRole('textbox', { name: 'Evidence or report' }).fill(JSON.stringify(await kmsEvidence(site, nonce())));
      await page.getByRole('textbox', { name: 'Release' }).fill(site.release);
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByText('The registers are those of this release.').waitFor();
      await page.getByRole('textbox', { name: 'Evidence or report' }).fill(site.foreignNode);
      await page.getByRole('combobox', { name: 'Kind' }).selectOption('node');
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByText('registers are not of this release.').waitFor();
    },
  ],
  [
    "merod's configuration is made of a verified release",
    async ({ open, site }) => {
      const page = await open();
      await page.goto('/generate');
      await page.getByRole('textbox', { name: 'Release' }).fill(site.release);
      await page.getByRole('textbox', { name: 'Address of the key server' }).fill('https://kms.example.org');
      await page.getByRole('button', { name: 'Make it' }).click();
      const toml = await page.getByTestId('merod-config').innerText();
      assert.match(toml, /allowed_mrtd = \["[0-9a-f]{96}"\]/);
      assert.match(toml, /url = "https:\/\/kms\.example\.org\/"/);
      await page.getByRole('textbox', { name: 'Address of the key server' }).fill('http://kms.example.org');
      await page.getByRole('button', { name: 'Make it' }).click();
      assert.equal((await errorOf(page)).code, 'invalid_kms_url');
    },
  ],
  [
    'with the keyboard alone: to the form, to the verdict, into the proof',
    async ({ open, site }) => {
      const page = await open();
      await page.goto('/kms');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab'); // the selected tab
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'tab');
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Paste evidence');
      await page.keyboard.press('ArrowLeft');
      for (let i = 0; i < 4 && (await page.evaluate(() => document.activeElement.tagName)) !== 'INPUT'; i++) await page.keyboard.press('Tab');
      await page.keyboard.type(site.kms);
      await page.keyboard.press('Enter');
      assert.equal((await verdict(page)).trust, 'trusted');
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab');
        const [text, outlined] = await page.evaluate(() => {
          const style = getComputedStyle(document.activeElement);
          return [document.activeElement.textContent, style.outlineStyle !== 'none'];
        });
        assert.ok(outlined, `no focus to be seen on "${text}"`);
        if (text.startsWith('The ten steps')) break;
      }
      await page.keyboard.press('Enter');
      await page.getByText('quote signature', { exact: true }).waitFor();
    },
  ],
  [
    'axe finds nothing: each page, both themes, the verdicts too',
    async ({ open, site }) => {
      const found = [];
      for (const theme of ['light', 'dark']) {
        const page = await open({ theme });
        for (const path of PATHS) {
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          found.push(...(await violations(page)).map((one) => `${theme} ${path} ${one}`));
        }
        for (const [path, url] of [['/kms', site.kms], ['/mero-tee', site.foreignNode]]) {
          await ask(page, path, url);
          await openAll(page);
          found.push(...(await violations(page)).map((one) => `${theme} ${path} verdict ${one}`));
        }
        await askAndFail(page, '/kms', 'http://127.0.0.1:1');
        found.push(...(await violations(page)).map((one) => `${theme} error ${one}`));
      }
      assert.deepEqual(found, []);
    },
  ],
  [
    'nothing is wider than a telephone or lost on a large screen; pictures are kept',
    async ({ open, site, pictures }) => {
      const wide = [];
      for (const [width, theme] of [[360, 'dark'], [1440, 'light']]) {
        const page = await open({ width, theme });
        for (const path of PATHS) {
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          if ((await overflow(page)) > 0) wide.push(`${path} ${width}`);
        }
        for (const [name, path, url] of [['kms', '/kms', site.kms], ['node', '/mero-tee', site.node], ['other-image', `/mero-tee?release_tag=${site.release}`, site.foreignNode]]) {
          await ask(page, path, url);
          await openAll(page);
          if ((await overflow(page)) > 0) wide.push(`${name} ${width}`);
          await ask(page, path, url);
          await page.evaluate(() => document.querySelector('.results')?.scrollIntoView());
          await page.screenshot({ path: join(pictures, `${name}-${width}.png`) });
        }
        await page.goto('/');
        await page.getByRole('heading', { level: 2, name: 'How it works' }).waitFor();
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: join(pictures, `landing-${width}.png`) });
      }
      assert.deepEqual(wide, []);
    },
  ],
  [
    'printed, a report has the verdict and the proof, and no forms',
    async ({ open, site, pictures }) => {
      const page = await open({ theme: 'dark' });
      await ask(page, '/kms', site.kms);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(20, 32, 31)'); // dark, also where screens are
      assert.equal(await page.locator('form').first().isVisible(), false);
      assert.equal(await page.getByTestId('verdict').isVisible(), true);
      assert.equal(await page.getByTestId('chain').isVisible(), true);
      assert.match(await page.getByTestId('chain').innerText(), /compose-hash[\s\S]*Digest\s+[0-9a-f]{96}/); // unfolded
      assert.equal(await page.getByText('quote signature', { exact: true }).isVisible(), true);
      assert.equal(await page.getByRole('region', { name: 'Raw data' }).isVisible(), false);
      const pdf = await page.pdf({ format: 'A4' });
      assert.ok(pdf.length > 10_000);
      await page.screenshot({ path: join(pictures, 'printed.png'), fullPage: true });
    },
  ],
];
