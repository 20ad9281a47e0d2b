import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';
import { bundleHash } from './build/bundle-hash.ts';
import { PATHS } from './src/paths.ts';
import { en } from './src/text/en.ts';

/**
 * MERO_FUNCTIONS_URL: where the functions are, if not below the page's own origin nor said by config.json.
 * MERO_PAGE_BASE: the path that the page is served below, `/` if not set.
 * The mode `demonstration` makes a page that believes the simulated root that its host names, and says SIMULATED.
 */
export default defineConfig(({ mode }) => {
  const functions = functionsUrl(process.env.MERO_FUNCTIONS_URL ?? '');
  return {
    base: process.env.MERO_PAGE_BASE ?? '/',
    define: {
      __FUNCTIONS__: JSON.stringify(functions),
      __SIMULATED__: JSON.stringify(mode === 'demonstration'),
    },
    plugins: [react(), policy(functions), words(), bundleHash(PATHS.map((path) => path.slice(1)).filter((path) => path !== ''))],
    build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
    test: { include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], environment: 'node', testTimeout: 30_000 },
  };
});

function functionsUrl(text: string): string {
  if (text === '') return '';
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '' || url.username !== '') throw new Error('MERO_FUNCTIONS_URL is not a base URL');
  return url.href.replace(/\/+$/, '');
}

/**
 * Nothing but its own files, and requests to the functions alone. Where config.json is to say where they are, any place
 * is allowed at first, and only that one as soon as it is read (src/config.ts).
 */
function policy(functions: string): Plugin {
  const functionsSource = functions === '' ? 'https: http://127.0.0.1:* http://localhost:*' : new URL(functions).origin;
  const csp = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${functionsSource}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return {
    name: 'content-security-policy',
    transformIndexHtml: {
      order: 'pre',
      handler: (html, context) => html.replace('%CSP%', context.server === undefined ? csp : "default-src * 'unsafe-inline' data:"),
    },
  };
}

/** What index.html says, from where all texts are. */
function words(): Plugin {
  const said = { BRAND: en.brand, DESCRIPTION: en.description, NO_SCRIPT: en.noScript };
  return {
    name: 'words',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/%(BRAND|DESCRIPTION|NO_SCRIPT)%/g, (_, name: keyof typeof said) => said[name]),
    },
  };
}
