import { forms } from './text/forms';
import { type JsonObject, parseObject } from './verify/json';
import { type Root, intelRoot, simulatedRoot } from './verify/roots';
import type { SigstoreRoot } from './verify/sigstore';

const MAX_CONFIG = 64 * 1024;

/** What the page's host says, and what the build says, which goes first. */
export interface Config {
  /** Base URL of the functions, without a slash at its end; empty for the page's own origin. */
  functions: string;
  root: Root;
  /** Read when it is needed: whom to believe about signatures of releases. */
  sigstore: () => Promise<SigstoreRoot>;
}

export async function loadConfig(): Promise<Config> {
  const file = await readFile();
  const functions = __FUNCTIONS__ !== '' ? __FUNCTIONS__ : functionsOf(file);
  narrowPolicy(functions);
  // The one place that chooses roots. A production build has no other branch: the constant is false there.
  const root = __SIMULATED__ && typeof file.simulatedRoot === 'string' ? await simulatedRoot(file.simulatedRoot) : await intelRoot();
  const simulated = __SIMULATED__ && typeof file.simulatedSigstore === 'string' ? file.simulatedSigstore : undefined;
  return { functions, root, sigstore: () => readSigstore(simulated) };
}

async function readSigstore(simulated: string | undefined): Promise<SigstoreRoot> {
  const { publicGood, sigstoreRoot } = await import('./sigstore');
  return sigstoreRoot(simulated ?? publicGood);
}

async function readFile(): Promise<JsonObject> {
  const response = await fetch(`${import.meta.env.BASE_URL}config.json`, { cache: 'no-cache', credentials: 'omit' });
  if (!response.ok) return {};
  return parseObject(await response.text(), MAX_CONFIG);
}

function functionsOf(file: JsonObject): string {
  if (typeof file.functions !== 'string' || file.functions === '') return '';
  const url = new URL(file.functions, location.origin);
  if (!['https:', 'http:'].includes(url.protocol)) throw new Error(forms.config.functions);
  return url.origin === location.origin && url.pathname === '/' ? '' : url.href.replace(/\/+$/, '');
}

/** From here on requests go to the functions alone: a second policy can only take away. */
function narrowPolicy(functions: string): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = `connect-src 'self' ${functions === '' ? '' : new URL(functions).origin}`.trim();
  document.head.append(meta);
}
