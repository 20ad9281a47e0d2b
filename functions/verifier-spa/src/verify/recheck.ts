import type { Answer, CheckName, Outcome, ServerCheck, ServerRelease, VerifyRequest } from '../api/types';
import { bareVersion } from '../releases';
import { t } from '../text';
import { malformed } from '../text/malformed';
import { type TransportBinding, field, transportBinding } from './bindings';
import { MalformedError, equal, fromBase64, toHex } from './bytes';
import { type DcapVerdict, verifyQuote } from './dcap';
import { type Proof, expectedOf, proofOf, publishedDocuments } from './documents';
import { type Replay, findEventLog, replay } from './eventlog';
import { type JsonObject, isObject } from './json';
import { type Expected, type RegisterResult, type Role, compareRegisters, registerValues } from './policy';
import { MAX_QUOTE, type Quote, parseQuote } from './quote';
import type { Root } from './roots';
import type { SigstoreRoot } from './sigstore';
import { type UnprovenToken, isSameStatus, readToken } from './token';

/** One check as this browser made it. */
export interface BrowserCheck {
  name: CheckName;
  result: Outcome;
  code: string;
  detail: string;
}

/** Whether server and browser say the same of one check. */
export type Agreement = 'agree' | 'disagree' | 'server_only' | 'browser_only' | 'neither';

export interface Row {
  name: CheckName;
  server: ServerCheck | undefined;
  browser: BrowserCheck | undefined;
  agreement: Agreement;
}

/** A release's expectations in one profile, and whether they are those that the server says it used. */
export interface ReleaseExpectation {
  role: Role;
  version: string;
  profile: string;
  expected: Expected;
  /** SHA-256 of the documents that it was read from. */
  sha256: string[];
  /** Whether this browser found it signed by the workflow of releases. */
  proof: Proof;
}

/** Everything that this browser found out by itself. */
export interface Recheck {
  checks: BrowserCheck[];
  rows: Row[];
  quote: Quote | undefined;
  dcap: DcapVerdict | undefined;
  replay: Replay | undefined;
  transport: TransportBinding;
  registers: RegisterResult[];
  expectation: ReleaseExpectation | undefined;
  /** Values that the server says and that are not so. */
  contradictions: string[];
}

export interface RecheckOptions {
  root: Root;
  sigstore: SigstoreRoot;
  /** In milliseconds: when the quote is to be judged. */
  now: number;
  /** Whether somebody else asked, so that only they know whether the nonce was fresh. */
  shared?: boolean;
  /** What a release accepts; throws if it cannot be had. */
  expectations: (role: Role, version: string, profile: string) => Promise<ReleaseExpectation>;
  onProgress?: (name: CheckName, result: Outcome) => void;
}

/**
 * Makes every check again that can be made from the evidence itself. Of the server's answer only the evidence and the
 * collateral are used, and the name of the release; what it concluded is compared in the end.
 */
export async function recheck(request: VerifyRequest, answer: Answer, options: RecheckOptions): Promise<Recheck> {
  return new Recheckery(request, answer, options).run();
}

class Recheckery {
  private readonly checks: BrowserCheck[] = [];
  private readonly contradictions: string[] = [];
  private readonly evidence: JsonObject;

  constructor(
    private readonly request: VerifyRequest,
    private readonly answer: Answer,
    private readonly options: RecheckOptions,
  ) {
    // What was pasted is judged as it was pasted, whatever the server makes of it.
    this.evidence = request.attestation ?? answer.attestation;
  }

  async run(): Promise<Recheck> {
    const quote = this.quote();
    const dcap = await this.dcap(quote);
    const replayed = await this.eventLog(quote, dcap);
    const expectation = await this.expectation(dcap);
    const registers = this.measurements(quote, dcap, expectation);
    this.composeHash(replayed, expectation);
    const transport = await this.transport(quote);
    this.authority(quote);
    this.compare(quote, dcap, replayed);
    const rows = rowsOf(this.answer.verdict.checks, this.checks);
    const { checks, contradictions } = this;
    return { checks, rows, quote, dcap, replay: replayed, transport, registers, expectation, contradictions };
  }

  private add(name: CheckName, result: Outcome, code: string, detail: string): void {
    this.checks.push({ name, result, code, detail });
    this.options.onProgress?.(name, result);
  }

  private quote(): Quote | undefined {
    try {
      const quote = parseQuote(quoteBytes(this.evidence));
      this.freshness(quote);
      return quote;
    } catch (e) {
      if (!(e instanceof MalformedError)) throw e;
      this.add('dcap', 'failed', 'quote_malformed', e.message);
      return undefined;
    }
  }

  private freshness(quote: Quote): void {
    const { nonce } = this.request;
    if (nonce === undefined) {
      this.add('freshness', 'not_possible', 'no_nonce', t.found.noNonce);
      return;
    }
    if (!equal(quote.report.reportData.subarray(0, 32), fromBase64(nonce, 32))) {
      this.add('freshness', 'failed', 'nonce_mismatch', t.found.otherNonce);
    } else if (this.options.shared === true) {
      this.add('freshness', 'not_possible', 'nonce_of_report', t.found.reportsNonce);
    } else {
      this.add('freshness', 'passed', '', t.found.nonce);
    }
  }

  private async dcap(quote: Quote | undefined): Promise<DcapVerdict | undefined> {
    if (quote === undefined) return undefined;
    const { collateral } = this.answer;
    if (collateral === null) {
      this.add('dcap', 'not_possible', 'no_collateral', t.found.noCollateral);
      return undefined;
    }
    const verdict = await verifyQuote(quote, collateral, this.options.root, this.options.now);
    if (verdict.authentic) {
      this.add('dcap', 'passed', '', t.found.dcap(verdict.evaluation.status));
    } else {
      this.add('dcap', 'failed', verdict.code, verdict.detail);
    }
    return verdict;
  }

  private async eventLog(quote: Quote | undefined, dcap: DcapVerdict | undefined): Promise<Replay | undefined> {
    if (quote === undefined) return undefined;
    try {
      const log = await findEventLog(this.evidence);
      if (log === undefined) {
        this.add('event_log', 'not_possible', 'no_event_log', t.found.noEventLog);
        return undefined;
      }
      const replayed = await replay(log, quote.report.rtmr);
      if (replayed.problem !== undefined) {
        this.add('event_log', 'failed', replayed.problem.code, replayed.problem.detail);
      } else if (dcap?.authentic === true) {
        const proven = replayed.registers.filter((one) => one.outcome === 'equal').map((one) => `RTMR${one.register}`);
        this.add('event_log', 'passed', '', t.found.eventLog(replayed.events, proven.join(', ')));
      } else {
        this.add('event_log', 'not_possible', 'quote_not_verified', t.found.logOfUnverified);
      }
      return replayed;
    } catch (e) {
      if (!(e instanceof MalformedError)) throw e;
      this.add('event_log', 'failed', 'event_log_malformed', e.message);
      return undefined;
    }
  }

  private async expectation(dcap: DcapVerdict | undefined): Promise<ReleaseExpectation | undefined> {
    const { release } = this.answer.verdict;
    if (dcap?.authentic !== true) {
      this.add('measurements', 'not_possible', 'quote_not_verified', t.found.unverified);
      return undefined;
    }
    if (release === null || release.profiles[0] === undefined) {
      this.add('measurements', 'not_possible', 'no_release_named', t.found.noRelease);
      return undefined;
    }
    const other = this.otherThanAsked(release.version, release.role, release.profiles);
    if (other !== undefined) {
      this.add('measurements', 'failed', 'another_release', other);
      return undefined;
    }
    try {
      return await this.expected(release, release.profiles[0]);
    } catch (e) {
      const why = e instanceof Error ? e.message : '';
      if (e instanceof MalformedError) {
        this.add('measurements', 'failed', 'list_not_genuine', t.found.notItsList(why));
        return undefined;
      }
      this.add('measurements', 'not_possible', 'release_not_had', t.found.listNotHad(why));
      return undefined;
    }
  }

  /** From the documents in the answer, or, where there are none, from the functions. */
  private async expected(release: ServerRelease, profile: string): Promise<ReleaseExpectation> {
    const documents = await publishedDocuments(release);
    const expected = expectedOf(documents, release, profile);
    if (expected === undefined) return this.options.expectations(release.role, release.version, profile);
    const { role, version } = release;
    const proof = await proofOf(documents, role, this.options.sigstore);
    return { role, version, profile, expected, sha256: documents.map((one) => one.sha256), proof };
  }

  /** A server that was asked for one release must not judge by another. */
  private otherThanAsked(version: string, role: Role, profiles: string[]): string | undefined {
    const { releaseTag, profile, kind } = this.request;
    const named = releaseTag === undefined ? undefined : FAMILIES.find((one) => releaseTag.startsWith(`${family(one)}-v`));
    const asked = this.request.url === undefined ? named : kind;
    if (asked !== undefined && role !== asked) return t.found.otherRole(role);
    if (releaseTag !== undefined && bareVersion(releaseTag) !== version) {
      return t.found.otherRelease(version, releaseTag);
    }
    if (profile !== undefined && !profiles.every((one) => one === profile)) {
      return t.found.otherProfile(profiles.join(', '), profile);
    }
    return undefined;
  }

  private measurements(
    quote: Quote | undefined,
    dcap: DcapVerdict | undefined,
    expectation: ReleaseExpectation | undefined,
  ): RegisterResult[] {
    if (quote === undefined || expectation === undefined || dcap?.authentic !== true) return [];
    const { expected, version, profile, role, sha256 } = expectation;
    const results = compareRegisters(registerValues(quote.report), expected);
    const documents = this.answer.verdict.release?.documents ?? [];
    if (!sha256.every((hash) => documents.length === 0 || documents.some((one) => one.sha256 === hash))) {
      this.contradictions.push(t.lies.list);
    }
    if (expectation.proof.state === 'refused') {
      this.add('measurements', 'failed', 'list_not_genuine', t.found.notItsList(expectation.proof.detail));
      return results;
    }
    const wrong = results.filter((one) => !one.match).map((one) => one.name.toUpperCase());
    const status = dcap.evaluation.status;
    const name = `${family(role)} ${version}, ${profile}`;
    if (wrong.length > 0) {
      this.add('measurements', 'failed', 'measurement_policy_rejected', t.found.registersDiffer(wrong.join(', '), name));
    } else if (!expected.tcbStatuses.includes(status.toLowerCase())) {
      this.add('measurements', 'failed', 'tcb_status_rejected', t.found.statusRefused(status, name));
    } else if (expectation.proof.state === 'not_possible') {
      this.add('measurements', 'not_possible', 'list_not_proven', t.found.listNotProven(expectation.proof.detail));
    } else {
      this.add('measurements', 'passed', '', t.found.registers(name));
    }
    return results;
  }

  private composeHash(replayed: Replay | undefined, expectation: ReleaseExpectation | undefined): void {
    const measured = replayed?.facts.get('compose-hash');
    if (measured === undefined) {
      this.add('compose_hash', 'not_possible', 'none_measured', t.found.noComposeHash);
    } else if (expectation === undefined || expectation.expected.composeHashes.length === 0) {
      this.add('compose_hash', 'not_possible', 'release_names_none', t.found.noComposeHashToHold);
    } else if (expectation.expected.composeHashes.includes(toHex(measured))) {
      this.add('compose_hash', 'passed', '', t.found.composeHash(toHex(measured)));
    } else {
      this.add('compose_hash', 'failed', 'compose_hash_differs', t.found.otherComposeHash(toHex(measured)));
    }
  }

  private async transport(quote: Quote | undefined): Promise<TransportBinding> {
    const binding =
      quote === undefined ? ({ state: 'none' } as const) : await transportBinding(this.evidence, quote.report.reportData);
    if (binding.state === 'none') {
      this.add('transport_key', 'not_possible', 'no_transport_key', t.found.noKey);
    } else if (binding.state === 'bound') {
      this.add(
        'transport_key',
        binding.of === 'kms' ? 'passed' : 'not_possible',
        binding.of === 'kms' ? '' : 'sealed_request_unknown',
        t.found.keyBound,
      );
    } else {
      this.add('transport_key', 'failed', 'transport_key_mismatch', t.found.keyNotBound);
    }
    return binding;
  }

  /** The token's signature needs keys that only Intel's site vouches for; what it claims is compared all the same. */
  private authority(quote: Quote | undefined): void {
    const { ita_token, verdict } = this.answer;
    if (quote === undefined || ita_token === null) return;
    let token: UnprovenToken;
    try {
      token = readToken(ita_token, quote.report);
    } catch (e) {
      if (!(e instanceof MalformedError)) throw e;
      this.add('ita', 'failed', 'token_malformed', t.found.noToken(e.message));
      return;
    }
    if (token.differing.length > 0) {
      this.add('ita', 'failed', 'token_measurements_differ', t.found.otherToken(token.differing.join(', ')));
      return;
    }
    this.add('ita', 'not_possible', 'signature_not_checked_here', t.found.tokenUnsigned);
    const said = verdict.verdicts.ita;
    if (said !== null && !isSameStatus(said, token.status ?? '')) {
      this.contradictions.push(t.lies.value(t.lies.token, said, token.status ?? ''));
    }
  }

  /** Where the server says a value that can be computed here, it must be that value. */
  private compare(quote: Quote | undefined, dcap: DcapVerdict | undefined, replayed: Replay | undefined): void {
    const { verdict, attestation } = this.answer;
    if (this.request.attestation !== undefined && quote !== undefined && !sameQuote(attestation, this.evidence)) {
      this.contradictions.push(t.lies.quote);
    }
    if (dcap?.authentic === true) {
      const pairs: [string, string | undefined, string][] = [
        [t.lies.status, verdict.dcap.tcbStatus, dcap.evaluation.status],
        [t.cards.fmspc, verdict.dcap.fmspc?.toLowerCase(), dcap.fmspc],
        [t.cards.root, verdict.dcap.root?.sha256, dcap.root],
        [t.cards.advisories, verdict.dcap.advisoryIds?.toSorted().join(', '), dcap.evaluation.advisories.join(', ')],
      ];
      for (const [what, said, found] of pairs) {
        if (said !== undefined && said !== found) this.contradictions.push(t.lies.value(what, said, found));
      }
    }
    const rtmr3 = replayed?.values[3];
    if (verdict.eventLog !== null && rtmr3 !== undefined && verdict.eventLog.rtmr3 !== toHex(rtmr3)) {
      this.contradictions.push(t.lies.rtmr3);
    }
    const compose = replayed?.facts.get('compose-hash');
    if (verdict.eventLog?.composeHash && compose !== undefined && verdict.eventLog.composeHash !== toHex(compose)) {
      this.contradictions.push(t.lies.composeHash);
    }
  }
}

const FAMILIES: readonly Role[] = ['kms', 'node'];

export function family(role: Role): string {
  return role === 'kms' ? 'mero-kms' : 'mero-tee';
}

/** The one quote in evidence, at the top or under `data`. */
export function quoteBytes(evidence: JsonObject) {
  const texts = new Set<string>();
  for (const place of [evidence, evidence.data]) {
    if (!isObject(place)) continue;
    for (const name of ['quoteB64', 'quote_b64']) {
      const value = place[name];
      if (typeof value === 'string') texts.add(value);
    }
  }
  const [only, ...more] = texts;
  if (only === undefined) throw new MalformedError(malformed.quote.none);
  if (more.length > 0) throw new MalformedError(malformed.quote.several);
  return fromBase64(only, MAX_QUOTE);
}

function sameQuote(a: JsonObject, b: JsonObject): boolean {
  const of = (evidence: JsonObject) => field(evidence, 'quoteB64') ?? field(evidence, 'quote_b64');
  return of(a) === of(b);
}

function rowsOf(server: ServerCheck[], browser: BrowserCheck[]): Row[] {
  const names = new Set<CheckName>([...server.map((one) => one.name), ...browser.map((one) => one.name)]);
  return [...names].map((name) => {
    const ours = browser.find((one) => one.name === name);
    const theirs = server.find((one) => one.name === name);
    return { name, server: theirs, browser: ours, agreement: agreementOf(theirs?.result, ours?.result) };
  });
}

function agreementOf(server: Outcome | undefined, browser: Outcome | undefined): Agreement {
  const says = (one: Outcome | undefined) => one === 'passed' || one === 'failed';
  if (says(server) && says(browser)) return server === browser ? 'agree' : 'disagree';
  if (says(server)) return 'server_only';
  if (says(browser)) return 'browser_only';
  return 'neither';
}
