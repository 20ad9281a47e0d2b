import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const FIRST_LOAD = 150_000;
const ROOT = join(import.meta.dirname, '..');
let folder = '';

function build(...args: string[]): string {
  const out = mkdtempSync(join(tmpdir(), 'page-'));
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error', '--emptyOutDir', '--outDir', out, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return out;
}

const text = (path: string) => readFileSync(join(folder, path), 'utf8');
const scripts = () => readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));

describe('the page as it is published', () => {
  beforeAll(() => {
    folder = build();
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('loads at most 150 kB first', () => {
    const loaded = [...text('index.html').matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1] as string);
    const sizes = ['index.html', ...loaded].map((path) => gzipSync(readFileSync(join(folder, path))).length);
    const total = sizes.reduce((a, b) => a + b, 0);
    console.log(`first load: ${total} bytes of ${FIRST_LOAD}, gzip`);
    expect(loaded.length).toBeGreaterThanOrEqual(2);
    expect(total).toBeLessThanOrEqual(FIRST_LOAD);
  });

  it("knows Intel's root and no way to another", () => {
    const all = scripts().map((name) => text(`assets/${name}`)).join('\n');
    expect(all).toContain('MIICjzCCAjSgAwIBAgIUImUM1lqdNInzg7SVUr9QGzknBqwwCgYIKoZIzj0EAwIw');
    expect(all).not.toContain('simulatedRoot');
    expect(all).not.toContain('simulatedSigstore');
  });

  it('asks no third party: nothing inline, no address but those of links', () => {
    const html = text('index.html');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    for (const name of scripts()) {
      const addresses = [...text(`assets/${name}`).matchAll(/https:\/\/([a-z0-9.-]*[a-z])/g)].map((match) => match[1]);
      const allowed = ['www.intel.com', 'portal.trustauthority.intel.com', 'react.dev', 'kms.example.org', 'github.com', 'token.actions.githubusercontent.com', 'reactjs.org'];
      // Of Sigstore's hosts only the names are there, in its list of keys.
      expect(addresses.filter((address) => !allowed.includes(address as string) && !address?.endsWith('.sigstore.dev'))).toEqual([]);
    }
  });

  it('has the hashes of its files, and one hash of those', () => {
    const sums = text('SHA256SUMS');
    const entries = sums.trimEnd().split('\n').map((line) => line.split('  ') as [string, string]);
    expect(entries.map(([, path]) => path)).toEqual(expect.arrayContaining(['index.html', 'kms/index.html', 'report/index.html']));
    expect(entries.some(([, path]) => path === 'config.json')).toBe(false);
    for (const [sum, path] of entries) {
      expect(createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')).toBe(sum);
    }
    expect(text('bundle.sha256').trim()).toBe(createHash('sha256').update(sums).digest('hex'));
  });

  it('is the same, however often it is built', () => {
    const again = build();
    try {
      expect(readFileSync(join(again, 'bundle.sha256'), 'utf8')).toBe(text('bundle.sha256'));
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
  });
});
