import { MalformedError, fromBase64, toBase64 } from './verify/bytes';
import { field } from './verify/bindings';
import { type JsonObject, parseObject } from './verify/json';
import { type Report, readReport } from './report';

const MAX_TEXT = 8 * 1024 * 1024;

/** What somebody pasted: a report, or evidence; undefined if it is neither. */
export function readPasted(text: string): { report: Report } | { evidence: JsonObject } | undefined {
  try {
    const object = parseObject(text, MAX_TEXT);
    if ('format' in object) return { report: readReport(text) };
    const quote = field(object, 'quoteB64') ?? field(object, 'quote_b64');
    return typeof quote === 'string' ? { evidence: object } : undefined;
  } catch (e) {
    if (e instanceof MalformedError) return undefined;
    throw e;
  }
}

export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** 32 bytes that nobody has seen before, in base64. */
export function newNonce(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(32)));
}

export function isNonce(text: string): boolean {
  try {
    return fromBase64(text, 32).length === 32;
  } catch {
    return false;
  }
}

/** What kind of machine evidence is of, as far as it shows: only key servers answer with an event log. */
export function kindOf(evidence: JsonObject): 'kms' | 'node' {
  const isKms = ['eventLog', 'event_log', 'eventLogB64', 'transportPublicKeyB64', 'vmConfig'].some((name) => field(evidence, name) !== undefined);
  return isKms ? 'kms' : 'node';
}
