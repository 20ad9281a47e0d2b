import { forms } from '../text/forms';
import { MalformedError } from '../verify/bytes';
import { type Json, type JsonObject, isObject } from '../verify/json';
import { type Answer, ApiError, CHECKS, type ServerCheck, type ServerRelease, type ServerVerdict } from './types';

/**
 * Reads an answer of the verifier, or of a report that somebody shared: anything in it may be a lie, so its form is
 * checked before a page shows it.
 */
export function readAnswer(raw: JsonObject): Answer {
  try {
    const { attestation, collateral, ita_token, verdict } = raw;
    if (!isObject(attestation) || !isObject(verdict)) throw new MalformedError(forms.answer.incomplete);
    return {
      attestation,
      ita_token: text(ita_token) ?? null,
      verdict: readVerdict(verdict),
      collateral: isObject(collateral) ? collateral : null,
    };
  } catch (e) {
    if (e instanceof MalformedError) throw new ApiError('verifier_failed', 0, forms.answer.notOfVerifierFor(e.message));
    throw e;
  }
}

function readVerdict(raw: JsonObject): ServerVerdict {
  const verdicts = isObject(raw.verdicts) ? raw.verdicts : {};
  const result = choice(raw.result, ['passed', 'failed', 'incomplete'] as const);
  const log = isObject(raw.eventLog) ? raw.eventLog : undefined;
  return {
    result: result ?? 'incomplete',
    checks: list(raw.checks).map(readCheck),
    verdicts: {
      dcap: text(verdicts.dcap) ?? null,
      ita: text(verdicts.ita) ?? null,
      agree: typeof verdicts.agree === 'boolean' ? verdicts.agree : null,
    },
    dcap: readDcap(isObject(raw.dcap) ? raw.dcap : {}),
    release: isObject(raw.release) ? readRelease(raw.release) : null,
    eventLog:
      log === undefined
        ? null
        : { composeHash: text(log.composeHash) ?? null, rtmr3: text(log.rtmr3) ?? '' },
  };
}

function readCheck(raw: JsonObject): ServerCheck {
  const name = choice(raw.name, CHECKS);
  const result = choice(raw.result, ['passed', 'failed', 'not_possible'] as const);
  if (name === undefined || result === undefined) throw new MalformedError(forms.answer.check);
  const code = text(raw.code);
  return { name, result, ...(code === undefined ? {} : { code }), detail: text(raw.detail) ?? '' };
}

function readDcap(raw: JsonObject): ServerVerdict['dcap'] {
  const steps = list(raw.steps).map((step) => ({
    step: typeof step.step === 'number' ? step.step : 0,
    outcome: choice(step.outcome, ['passed', 'failed', 'not_reached'] as const) ?? ('not_reached' as const),
  }));
  const dcap: ServerVerdict['dcap'] = { steps };
  if (isObject(raw.root)) {
    dcap.root = { sha256: text(raw.root.sha256) ?? '' };
  }
  for (const name of ['fmspc', 'tcbStatus'] as const) {
    const value = text(raw[name]);
    if (value !== undefined) dcap[name] = value;
  }
  if (Array.isArray(raw.advisoryIds)) dcap.advisoryIds = raw.advisoryIds.filter((id) => typeof id === 'string');
  return dcap;
}

function readRelease(raw: JsonObject): ServerRelease {
  const role = choice(raw.role, ['kms', 'node'] as const);
  const version = text(raw.version);
  const profiles = Array.isArray(raw.profiles) ? raw.profiles.filter((one) => typeof one === 'string') : [];
  if (role === undefined || version === undefined || !/^[0-9.]{1,40}$/.test(version)) {
    throw new MalformedError(forms.answer.release);
  }
  return {
    version,
    role,
    profiles,
    foundBy: text(raw.foundBy) ?? '',
    documents: list(raw.documents).map((one) => ({
      asset: text(one.asset) ?? '',
      sha256: text(one.sha256) ?? '',
      signedBy: text(one.signedBy) ?? '',
      files: readFiles(one.files),
    })),
  };
}

function readFiles(value: Json | undefined): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function choice<T extends string>(value: Json | undefined, known: readonly T[]): T | undefined {
  return known.find((one) => one === value);
}
