import { readAnswer } from './api/answer';
import type { Answer, VerifyRequest } from './api/types';
import { forms } from './text/forms';
import { MalformedError, fromBase64, sha256, toBase64, toHex, utf8 } from './verify/bytes';
import { type JsonObject, isObject, parseObject } from './verify/json';

/** The form of a report (docs/verify-report.md). */
export const FORMAT = 'mero-tee-report/1';

const MAX_REPORT = 8 * 1024 * 1024;
/** Longer links are cut by many of the programs that people send them with. */
const MAX_LINK = 60_000;
const WITH_EVIDENCE = 'v1.';
const WITH_HASH = 'sha256=';

/** A check as it was made, with all that is needed to make it again. */
export interface Report {
  checkedAt: string;
  request: VerifyRequest;
  answer: Answer;
  /** The report itself, as it was written or read. */
  text: string;
}

/** Writes one; `request` is the body that the functions were asked with. */
export function writeReport(checkedAt: string, request: VerifyRequest, raw: JsonObject): Report {
  const { kind, url, nonce, releaseTag, profile } = request;
  const body: JsonObject = {};
  if (url !== undefined) body[`${kind}_url`] = url;
  if (nonce !== undefined) body.nonce_b64 = nonce;
  if (releaseTag !== undefined) body.release_tag = releaseTag;
  if (profile !== undefined) body.profile = profile;
  const text = `${JSON.stringify({ format: FORMAT, checkedAt, request: body, answer: raw }, null, 1)}\n`;
  return { checkedAt, request, answer: readAnswer(raw), text };
}

export function readReport(text: string): Report {
  const raw = parseObject(text, MAX_REPORT);
  const { format, checkedAt, request, answer } = raw;
  if (format !== FORMAT || typeof checkedAt !== 'string' || Number.isNaN(Date.parse(checkedAt))) {
    throw new MalformedError(forms.report.none);
  }
  if (!isObject(request) || !isObject(answer)) throw new MalformedError(forms.report.incomplete);
  return { checkedAt, request: readRequest(request), answer: readAnswer(answer), text };
}

function readRequest(raw: JsonObject): VerifyRequest {
  const text = (name: string) => (typeof raw[name] === 'string' ? raw[name] : undefined);
  const kms = text('kms_url');
  const url = kms ?? text('node_url');
  const request: VerifyRequest = { kind: kms === undefined && url !== undefined ? 'node' : 'kms' };
  if (url !== undefined) request.url = url;
  const nonce = text('nonce_b64');
  if (nonce !== undefined) {
    if (fromBase64(nonce, 32).length !== 32) throw new MalformedError(forms.report.nonceSize);
    request.nonce = nonce;
  }
  const tag = text('release_tag');
  if (tag !== undefined) request.releaseTag = tag;
  const profile = text('profile');
  if (profile !== undefined) request.profile = profile;
  return request;
}

/** The fragment of a link to it: the evidence itself, or its hash where that is too long for links. */
export async function fragmentOf(report: Report): Promise<{ fragment: string; whole: boolean }> {
  const packed = await through(utf8(report.text), new CompressionStream('deflate-raw'), MAX_REPORT);
  const fragment = WITH_EVIDENCE + toBase64(packed).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return fragment.length <= MAX_LINK
    ? { fragment, whole: true }
    : { fragment: WITH_HASH + toHex(await sha256(utf8(report.text))), whole: false };
}

/** What a link carries; undefined if it is none of these. */
export async function openFragment(fragment: string): Promise<Report | { sha256: string } | undefined> {
  if (fragment.startsWith(WITH_HASH) && /^[0-9a-f]{64}$/.test(fragment.slice(WITH_HASH.length))) {
    return { sha256: fragment.slice(WITH_HASH.length) };
  }
  if (!fragment.startsWith(WITH_EVIDENCE)) return undefined;
  const plain = fragment.slice(WITH_EVIDENCE.length).replaceAll('-', '+').replaceAll('_', '/');
  const packed = fromBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='), MAX_REPORT);
  const text = await through(packed, new DecompressionStream('deflate-raw'), MAX_REPORT);
  return readReport(new TextDecoder().decode(text));
}

/** Bounded: a few bytes can unpack to a great many. */
async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, max: number) {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > max) throw new MalformedError(forms.report.linkTooLarge);
      parts.push(value);
    }
  } catch (e) {
    void reader.cancel().catch(() => undefined);
    throw e instanceof MalformedError ? e : new MalformedError(forms.report.linkBroken);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
