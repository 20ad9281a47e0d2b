import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { MalformedError } from '../src/verify/bytes';
import { type DcapVerdict, verifyQuote } from '../src/verify/dcap';
import type { JsonObject } from '../src/verify/json';
import { parseQuote } from '../src/verify/quote';
import type { Root } from '../src/verify/roots';

const FOLDER = process.env.MERO_CORPUS ?? fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));

/** Whether real attestation data is there; if not, says so once for each test file. */
export function hasCorpus(what: string): boolean {
  if (existsSync(join(FOLDER, 'EXPECTED.json'))) return true;
  console.warn(`skipped: ${what}: no corpus in ${FOLDER}; set MERO_CORPUS to its folder`);
  return false;
}

export function bytesOf(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(FOLDER, path)));
}

export function jsonOf<T = JsonObject>(path: string): T {
  return JSON.parse(readFileSync(join(FOLDER, path), 'utf8')) as T;
}

export function textOf(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8');
}

/** The verdict in a word: the status, or `reject` with the code. */
export async function verdictOf(quote: Uint8Array<ArrayBuffer>, bundle: JsonObject, root: Root, now: number): Promise<DcapVerdict | string> {
  try {
    return await verifyQuote(parseQuote(quote), bundle, root, now * 1000);
  } catch (e) {
    if (e instanceof MalformedError) return e.message;
    throw e;
  }
}
