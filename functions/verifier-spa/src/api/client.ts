import { forms } from '../text/forms';
import { MalformedError, toHex } from '../verify/bytes';
import { type Json, type JsonObject, isObject, parseJson } from '../verify/json';
import { readAnswer } from './answer';
import { type Answer, ApiError, type VerifyRequest } from './types';

const MAX_ANSWER = 8 * 1024 * 1024;
const VERIFY_TIMEOUT = 60_000;
const READ_TIMEOUT = 20_000;

/** A document as it was served, byte for byte. */
export interface Served {
  document: JsonObject;
  sha256: string;
  asset: string | undefined;
}

/** The functions, at one base URL. */
export class Client {
  constructor(private readonly base: string) {}

  /** Asks for a verification; also gives the answer's JSON as it came. */
  async verify(request: VerifyRequest, signal?: AbortSignal): Promise<{ answer: Answer; raw: JsonObject }> {
    const { kind, url, attestation, nonce, releaseTag, profile } = request;
    const body: JsonObject = attestation === undefined ? { [`${kind}_url`]: url ?? '' } : { attestation };
    if (nonce !== undefined) body.nonce_b64 = nonce;
    if (releaseTag !== undefined) body.release_tag = releaseTag;
    if (profile !== undefined) body.profile = profile;
    const response = await this.send('/api/verify', body, VERIFY_TIMEOUT, signal);
    const raw = await object(response);
    if (!response.ok) throw refusal(response.status, raw);
    return { answer: readAnswer(raw), raw };
  }

  async policy(tag: string, profile: string): Promise<Served> {
    return this.read(`/api/policy?tag=${encodeURIComponent(tag)}&profile=${encodeURIComponent(profile)}`);
  }

  async nodePolicy(tag: string): Promise<Served> {
    return this.read(`/api/node-policy?tag=${encodeURIComponent(tag)}`);
  }

  async releases(): Promise<JsonObject> {
    return (await this.read('/api/releases')).document;
  }

  async merodConfig(tag: string, kmsUrl: string, profile: string, format: 'toml' | 'json'): Promise<{ text: string; asset: string }> {
    const body = { tag, kms_url: kmsUrl, profile, format };
    const response = await this.send('/api/policy/merod-config', body, READ_TIMEOUT);
    if (!response.ok) throw refusal(response.status, await object(response));
    const text = await bounded(response);
    return {
      text: format === 'json' ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text,
      asset: response.headers.get('X-Mero-Asset') ?? '',
    };
  }

  private async read(path: string): Promise<Served> {
    const response = await this.send(path, undefined, READ_TIMEOUT);
    if (!response.ok) throw refusal(response.status, await object(response));
    const text = await bounded(response);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return {
      document: asObject(parseAnswer(text)),
      sha256: toHex(new Uint8Array(digest)),
      asset: response.headers.get('X-Mero-Asset') ?? undefined,
    };
  }

  private async send(path: string, body: JsonObject | undefined, timeout: number, signal?: AbortSignal): Promise<Response> {
    const signals = [AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])];
    const common = { signal: AbortSignal.any(signals), credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' } as const;
    try {
      return await (body === undefined
        ? fetch(this.base + path, common)
        : fetch(this.base + path, {
            ...common,
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          }));
    } catch (e) {
      if (signal?.aborted === true) throw new ApiError('cancelled', 0, forms.answer.cancelled);
      const late = e instanceof DOMException && e.name === 'TimeoutError';
      if (late) throw new ApiError('verifier_timed_out', 0, forms.answer.late);
      throw new ApiError(navigator.onLine ? 'verifier_unreachable' : 'offline', 0, forms.answer.unreachable);
    }
  }
}

function refusal(status: number, body: JsonObject): ApiError {
  const code = typeof body.code === 'string' ? body.code : 'verifier_failed';
  const message = typeof body.error === 'string' ? body.error : forms.answer.status(status);
  return new ApiError(code, status, message);
}

async function object(response: Response): Promise<JsonObject> {
  return asObject(parseAnswer(await bounded(response)));
}

function parseAnswer(text: string): Json {
  try {
    return parseJson(text, MAX_ANSWER);
  } catch (e) {
    if (e instanceof MalformedError) throw new ApiError('verifier_failed', 0, forms.answer.notOfVerifier);
    throw e;
  }
}

function asObject(value: Json): JsonObject {
  if (!isObject(value)) throw new ApiError('verifier_failed', 0, forms.answer.notOfVerifier);
  return value;
}

/** A body, cut off where it is larger than any honest one. */
async function bounded(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MAX_ANSWER) throw new ApiError('verifier_failed', 0, forms.answer.tooLarge);
      parts.push(value);
    }
  } catch (e) {
    void reader.cancel().catch(() => undefined);
    if (e instanceof ApiError) throw e;
    const late = e instanceof DOMException && (e.name === 'TimeoutError' || e.name === 'AbortError');
    throw new ApiError(late ? 'verifier_timed_out' : 'verifier_unreachable', 0, forms.answer.brokeOff);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(all);
}
