import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { newPage, startBrowser } from './browser.mjs';
import { CASES } from './cases.mjs';
import { startSite } from './site.mjs';

/**
 * The page in Chromium, against the real functions, a KMS as a process of its own and nodes on a simulated platform.
 * Further arguments choose cases by a part of their name. Pictures go to e2e/output, or where MERO_PICTURES says.
 */
const wanted = process.argv.slice(2);
const pictures = process.env.MERO_PICTURES ?? join(import.meta.dirname, 'output');
mkdirSync(pictures, { recursive: true });

const site = await startSite();
const browser = await startBrowser();
const failed = [];
let run = 0;
try {
  for (const [name, test] of CASES) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    run++;
    const start = performance.now();
    const pages = [];
    const open = async (options) => {
      const page = await newPage(browser, site.page, options);
      pages.push(page);
      return page;
    };
    try {
      await test({ site, open, pictures, browser });
      for (const page of pages) {
        if (page.strangers.length > 0) throw new Error(`asked strangers: ${page.strangers}`);
        if (page.complaints.length > 0) throw new Error(`the browser complained: ${page.complaints}`);
      }
      console.log(`  ✓ ${name} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      failed.push(name);
      console.log(`  ✗ ${name}\n${String(error?.stack ?? error).replace(/^/gm, '      ')}`);
      await pages.at(-1)?.screenshot({ path: join(pictures, `failed-${failed.length}.png`) }).catch(() => undefined);
    }
    for (const page of pages) await page.context().close();
  }
} finally {
  await browser.close();
  await site.stop();
}
console.log(`${run - failed.length} of ${run} cases`);
process.exitCode = failed.length === 0 && run > 0 ? 0 : 1;
