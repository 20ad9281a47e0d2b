import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startBrowser() {
  return chromium.launch({ executablePath: process.env.MERO_CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** A page of its own, which keeps what it asked for and complained of. */
export async function newPage(browser, base, { width = 1280, theme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, baseURL: base, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.strangers = [];
  page.complaints = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && origin !== base) page.strangers.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  return page;
}

/** What axe finds against the page as it is. */
export async function violations(page) {
  // Through the debugger: the page's own policy would refuse it.
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} – ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/** How far the content is wider than the window. */
export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

export async function verdict(page) {
  const banner = page.getByTestId('verdict');
  await banner.waitFor();
  return { trust: await banner.getAttribute('data-trust'), text: await banner.innerText() };
}

export async function ask(page, path, url) {
  await page.goto(path);
  await page.getByRole('textbox', { name: 'Address of the' }).fill(url);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  return verdict(page);
}
