import type { JsonObject } from '../verify/json';

export type Outcome = 'passed' | 'failed' | 'not_possible';

export const CHECKS = [
  'freshness',
  'dcap',
  'ita',
  'agreement',
  'event_log',
  'compose_hash',
  'measurements',
  'transport_key',
  'agent_keys',
] as const;
export type CheckName = (typeof CHECKS)[number];

export interface ServerCheck {
  name: CheckName;
  result: Outcome;
  code?: string;
  detail: string;
}

export interface ServerRelease {
  version: string;
  role: 'kms' | 'node';
  profiles: string[];
  foundBy: string;
  documents: { asset: string; sha256: string; signedBy: string; files: Record<string, string> }[];
}

export interface ServerVerdict {
  result: 'passed' | 'failed' | 'incomplete';
  checks: ServerCheck[];
  verdicts: { dcap: string | null; ita: string | null; agree: boolean | null };
  dcap: {
    steps: { step: number; outcome: 'passed' | 'failed' | 'not_reached' }[];
    root?: { sha256: string };
    fmspc?: string;
    tcbStatus?: string;
    advisoryIds?: string[];
  };
  release: ServerRelease | null;
  eventLog: { composeHash: string | null; rtmr3: string } | null;
}

/** What POST /api/verify answers, as far as the page reads it; the raw JSON is kept and shown beside. */
export interface Answer {
  attestation: JsonObject;
  ita_token: string | null;
  verdict: ServerVerdict;
  collateral: JsonObject | null;
}

export type Kind = 'kms' | 'node';

/** What the visitor asked for. */
export interface VerifyRequest {
  kind: Kind;
  url?: string;
  attestation?: JsonObject;
  /** Base64 of the 32 bytes that the quote must hold; made by this browser unless the visitor gave it. */
  nonce?: string;
  /** Whether this browser made the nonce for this very check, so that nobody can have known it before. */
  nonceIsOwn?: boolean;
  releaseTag?: string;
  profile?: string;
}

/** An error of the functions (docs/errors-functions.md), or of the way to them. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
