import { malformed } from '../text/malformed';
import { MalformedError, fromBase64, fromUtf8, toHex } from './bytes';
import { type JsonObject, isObject, parseObject } from './json';
import { registerValues } from './policy';
import type { TdReport } from './quote';

const MAX_TOKEN = 64 * 1024;

/** What Intel Trust Authority's token says of a quote. Nothing of it is proven. */
export interface UnprovenToken {
  /** As Intel's lists spell it; undefined if the token says none. */
  status: string | undefined;
  /** Names of the claims that are missing or not those of the quote; none if the token is about it. */
  differing: string[];
}

/**
 * Reads a token (JWT, verifier-api.md, "Intel Trust Authority") beside a quote. Its signature is not verified: whose
 * keys those are only Intel's own site says, which this page does not ask.
 */
export function readToken(text: string, report: TdReport): UnprovenToken {
  const claims = claimsOf(text);
  const expected = { ...registerValues(report), report_data: toHex(report.reportData) };
  const differing = Object.entries(expected)
    .filter(([name, value]) => {
      const said = claimed(claims, `tdx_${name}`);
      return said.length === 0 || said.some((one) => typeof one !== 'string' || one.toLowerCase() !== value);
    })
    .map(([name]) => name.toUpperCase());
  const [status] = claimed(claims, 'attester_tcb_status');
  return { status: typeof status === 'string' ? status : undefined, differing };
}

function claimsOf(text: string): JsonObject {
  const [, payload = '', ...rest] = text.split('.');
  if (rest.length !== 1 || payload.length > MAX_TOKEN) throw new MalformedError(malformed.token.none);
  const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
  return parseObject(fromUtf8(fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='), MAX_TOKEN)), MAX_TOKEN);
}

/** At the top as in the first version of the service, under `tdx` as in the second, or both. */
function claimed(claims: JsonObject, name: string) {
  return [claims, claims.tdx].filter(isObject).flatMap((place) => (name in place ? [place[name]] : []));
}

/** Whether two spellings are of one status: the service's first version said OK and OUT_OF_DATE. */
export function isSameStatus(a: string, b: string): boolean {
  const plain = (text: string) => (text === 'OK' ? 'uptodate' : text.replaceAll('_', '').toLowerCase());
  return plain(a) === plain(b);
}
