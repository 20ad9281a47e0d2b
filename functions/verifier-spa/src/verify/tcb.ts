import { t } from '../text';
import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, equal, fromHex, isZero, toHex } from './bytes';
import { Refusal } from './failure';
import { Fields, parseObject } from './json';
import type { PckExtension } from './pck';
import type { QeReport, TdReport } from './quote';
import type { Validity } from './x509';

const MAX_DOCUMENT = 1024 * 1024;
const COMPONENTS = 16;
const MAX_SVN = 255;
const MAX_PCE_SVN = 65_535;

const PLATFORM_STATUSES = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const;
const QE_STATUSES = ['UpToDate', 'OutOfDate', 'Revoked', 'ConfigurationNeeded', 'OutOfDateConfigurationNeeded'] as const;
const ALL_STATUSES = [...PLATFORM_STATUSES, 'TDRelaunchAdvised', 'TDRelaunchAdvisedConfigurationNeeded'] as const;

/** How far a platform is patched, in Intel's words. */
export type TcbStatus = (typeof ALL_STATUSES)[number];

export interface PlatformLevel {
  sgx: number[];
  pce: number;
  tdx: number[];
  status: TcbStatus;
  date: number;
  advisories: string[];
}

export interface IsvLevel {
  svn: number;
  status: TcbStatus;
  date: number;
  advisories: string[];
}

interface Module {
  mrSigner: Bytes;
  attributes: Bytes;
}

export interface TcbInfo {
  validity: Validity;
  fmspc: Bytes;
  pceId: Bytes;
  evaluationNumber: number;
  levels: PlatformLevel[];
  module: Module;
  identities: ReadonlyMap<string, Module & { levels: IsvLevel[] }>;
}

export interface QeIdentity {
  validity: Validity;
  miscSelect: Bytes;
  miscSelectMask: Bytes;
  attributes: Bytes;
  attributesMask: Bytes;
  mrSigner: Bytes;
  isvProdId: number;
  levels: IsvLevel[];
}

/** What a better status would need. */
export interface Shortfall {
  what: string;
  remedy: 'module' | 'firmware' | 'qe' | 'configuration' | 'software' | 'relaunch';
}

export interface Evaluation {
  status: TcbStatus;
  date: number;
  advisories: string[];
  shortfalls: Shortfall[];
}

/** Called only on text whose signature holds. */
export function parseTcbInfo(text: string): TcbInfo {
  const root = new Fields(parseObject(text, MAX_DOCUMENT, 16));
  if (root.number('version') !== 3 || root.text('id') !== 'TDX') {
    throw new Refusal(2, 'tcb_info_wrong_type', t.refused.tcbInfoOfAnother);
  }
  if (root.number('tcbType') !== 0) throw new MalformedError(malformed.tcb.otherType);
  const levels = root.objects('tcbLevels').map(platformLevel).sort((a, b) => compareLevels(b, a));
  if (levels.some((level, i) => i > 0 && compareLevels(levels[i - 1] as PlatformLevel, level) === 0)) {
    throw new MalformedError(malformed.tcb.levelTwice);
  }
  return {
    validity: { from: root.time('issueDate'), until: root.time('nextUpdate') },
    fmspc: fromHex(root.text('fmspc'), 6),
    pceId: fromHex(root.text('pceId'), 2),
    evaluationNumber: root.number('tcbEvaluationDataNumber'),
    levels,
    module: module(root.object_('tdxModule')),
    identities: root.has('tdxModuleIdentities') ? identities(root.objects('tdxModuleIdentities')) : new Map(),
  };
}

/** Called only on text whose signature holds. */
export function parseQeIdentity(text: string): QeIdentity {
  const root = new Fields(parseObject(text, MAX_DOCUMENT, 16));
  if (root.number('version') !== 2) throw new MalformedError(malformed.tcb.qeVersion);
  if (root.text('id') !== 'TD_QE') throw new Refusal(3, 'qe_identity_wrong_type', t.refused.qeIdentityOfAnother);
  root.number('tcbEvaluationDataNumber'); // has to have its form
  const levels = isvLevels(root);
  if (levels.some((level) => !QE_STATUSES.some((one) => one === level.status))) {
    throw new MalformedError(malformed.tcb.qeStatus);
  }
  return {
    validity: { from: root.time('issueDate'), until: root.time('nextUpdate') },
    miscSelect: fromHex(root.text('miscselect'), 4),
    miscSelectMask: fromHex(root.text('miscselectMask'), 4),
    attributes: fromHex(root.text('attributes'), 16),
    attributesMask: fromHex(root.text('attributesMask'), 16),
    mrSigner: fromHex(root.text('mrsigner'), 32),
    isvProdId: root.number('isvprodid', 65_535),
    levels,
  };
}

/** The last part of step 5: it is the enclave that Intel describes, and this is where it stands. */
export function qeLevel(report: QeReport, identity: QeIdentity): IsvLevel {
  if (((report.attributes[0] ?? 0) & 2) !== 0) throw new Refusal(5, 'qe_debug', t.refused.qeDebug);
  requireMasked(report.miscSelect, identity.miscSelect, identity.miscSelectMask, 'qe_miscselect_mismatch', 'MISCSELECT');
  requireMasked(report.attributes, identity.attributes, identity.attributesMask, 'qe_attributes_mismatch', 'ATTRIBUTES');
  if (!equal(report.mrSigner, identity.mrSigner)) {
    throw new Refusal(5, 'qe_mrsigner_mismatch', t.refused.qeOther('MRSIGNER'));
  }
  if (report.isvProdId !== identity.isvProdId) {
    throw new Refusal(5, 'qe_isvprodid_mismatch', t.refused.qeOther('ISV PRODID'));
  }
  const level = identity.levels.find((one) => one.svn <= report.isvSvn);
  if (level === undefined) throw new Refusal(5, 'qe_no_tcb_level', t.refused.qeNoLevel);
  return level;
}

/** Steps 7 to 9: platform, TDX module and quoting enclave converge as in Intel's library. */
export function evaluate(
  report: TdReport,
  pck: PckExtension,
  info: TcbInfo,
  qe: { level: IsvLevel; svn: number; levels: IsvLevel[] },
): Evaluation {
  if (!equal(pck.fmspc, info.fmspc)) {
    throw new Refusal(7, 'fmspc_mismatch', t.refused.otherFmspc);
  }
  if (!equal(pck.pceId, info.pceId)) throw new Refusal(7, 'pceid_mismatch', t.refused.otherPceId);
  const launch = pass(report.teeTcbSvn, pck, info, qe);
  requireModule(report, info);
  const current = report.running === undefined ? undefined : pass(report.running.teeTcbSvn2, pck, info, qe);
  const status = current === undefined ? launch.status : relaunch(launch.status, current.status);
  if (status === 'Revoked') throw new Refusal(9, 'tcb_revoked', t.refused.tcbRevoked);
  const used = [launch.level, qe.level, ...(launch.module === undefined ? [] : [launch.module])];
  return {
    status,
    date: Math.min(...used.map((level) => level.date)),
    advisories: [...new Set(used.flatMap((level) => level.advisories))].sort(),
    shortfalls: status === 'UpToDate' ? [] : explain(status, launch.shortfalls),
  };
}

interface Pass {
  status: TcbStatus;
  level: PlatformLevel;
  module: IsvLevel | undefined;
  shortfalls: Shortfall[];
}

function pass(
  svn: Bytes,
  pck: PckExtension,
  info: TcbInfo,
  qe: { level: IsvLevel; svn: number; levels: IsvLevel[] },
): Pass {
  const level = info.levels.find((one) => missing(one, svn, pck).length === 0);
  if (level === undefined) {
    const lowest = info.levels.at(-1) as PlatformLevel;
    throw new Refusal(7, 'no_tcb_level', t.refused.noTcbLevel(missing(lowest, svn, pck)[0]?.what ?? ''));
  }
  const [isvSvn = 0, version = 0] = svn;
  const best = info.levels.find((one) => one.status === 'UpToDate') ?? (info.levels[0] as PlatformLevel);
  const shortfalls = level.status === 'UpToDate' ? [] : missing(best, svn, pck);
  const found = version > 0 ? moduleLevel(info, version, isvSvn) : undefined;
  if (found !== undefined) shortfalls.push(...short(found.levels, isvSvn, t.found.moduleSvn(found.id), 'module'));
  shortfalls.push(...short(qe.levels, qe.svn, t.found.qeSvn, 'qe'));
  const components = [qe.level.status, ...(found === undefined ? [] : [found.level.status])];
  return { status: converge(level.status, components), level, module: found?.level, shortfalls };
}

/** Components 0 and 1 speak of the TDX module, which has an identity of its own from version 1. */
function missing(level: PlatformLevel, svn: Bytes, pck: PckExtension): Shortfall[] {
  const all: Shortfall[] = [];
  const add = (what: string, found: number, needed: number) => {
    if (found < needed) all.push({ what: t.found.short(what, found, needed), remedy: 'firmware' });
  };
  level.sgx.forEach((needed, i) => add(t.found.sgxComponent(i), pck.components[i] ?? 0, needed));
  add(t.found.pceSvn, pck.pceSvn, level.pce);
  const first = (svn[1] ?? 0) > 0 ? 2 : 0;
  level.tdx.forEach((needed, i) => i >= first && add(t.found.tdxComponent(i), svn[i] ?? 0, needed));
  return all;
}

function short(levels: IsvLevel[], svn: number, what: string, remedy: Shortfall['remedy']): Shortfall[] {
  const good = levels.filter((level) => level.status === 'UpToDate').map((level) => level.svn);
  const needed = good.length > 0 ? Math.min(...good) : (levels[0]?.svn ?? 0);
  return svn < needed ? [{ what: t.found.short(what, svn, needed), remedy }] : [];
}

function moduleLevel(info: TcbInfo, version: number, svn: number) {
  const { id, identity } = moduleIdentity(info, version);
  const level = identity.levels.find((one) => one.svn <= svn);
  if (level === undefined || !['UpToDate', 'OutOfDate', 'Revoked'].includes(level.status)) {
    throw new Refusal(8, 'tdx_module_no_tcb_level', t.refused.moduleNoLevel(id, svn));
  }
  return { id, level, levels: identity.levels };
}

function moduleIdentity(info: TcbInfo, version: number) {
  const id = `TDX_${version.toString(16).toUpperCase().padStart(2, '0')}`;
  const identity = info.identities.get(id);
  if (identity === undefined) throw new Refusal(8, 'tdx_module_unknown', t.refused.moduleUnknown(id));
  return { id, identity };
}

/** Step 8: the module that was there at launch is the one that Intel describes. */
function requireModule(report: TdReport, info: TcbInfo): void {
  const version = report.teeTcbSvn[1] ?? 0;
  const expected = version > 0 ? moduleIdentity(info, version).identity : info.module;
  if (!equal(report.mrSignerSeam, expected.mrSigner)) {
    throw new Refusal(8, 'tdx_module_signer_mismatch', t.refused.moduleOtherSigner);
  }
  if (!isZero(report.seamAttributes) || !equal(report.seamAttributes, expected.attributes)) {
    throw new Refusal(8, 'tdx_module_attributes_mismatch', t.refused.moduleOtherAttributes);
  }
}

/** Step 9: a platform's status made worse by its components', never better. */
function converge(platform: TcbStatus, components: TcbStatus[]): TcbStatus {
  if (platform === 'Revoked' || components.includes('Revoked')) return 'Revoked';
  if (!components.includes('OutOfDate')) return platform;
  if (platform === 'UpToDate' || platform === 'SWHardeningNeeded') return 'OutOfDate';
  if (platform === 'ConfigurationNeeded' || platform === 'ConfigurationAndSWHardeningNeeded') {
    return 'OutOfDateConfigurationNeeded';
  }
  return platform;
}

function relaunch(launch: TcbStatus, current: TcbStatus): TcbStatus {
  if (current === 'Revoked') return 'Revoked';
  const then = launch === 'OutOfDate' || launch === 'OutOfDateConfigurationNeeded';
  const good = ['UpToDate', 'SWHardeningNeeded', 'ConfigurationNeeded', 'ConfigurationAndSWHardeningNeeded'];
  if (!then || !good.includes(current)) return launch;
  return needsConfiguration(launch) || needsConfiguration(current)
    ? 'TDRelaunchAdvisedConfigurationNeeded'
    : 'TDRelaunchAdvised';
}

function needsConfiguration(status: TcbStatus): boolean {
  return status.includes('Configuration');
}

function explain(status: TcbStatus, svns: Shortfall[]): Shortfall[] {
  const all: Shortfall[] = status.startsWith('TDRelaunch')
    ? [
        { what: t.found.launchedBefore, remedy: 'relaunch' },
        ...svns.map((one): Shortfall => ({ what: t.found.atLaunch(one.what), remedy: 'relaunch' })),
      ]
    : [...svns];
  if (status.includes('SWHardening')) {
    all.push({ what: t.found.needsMitigation, remedy: 'software' });
  }
  if (needsConfiguration(status)) {
    all.push({ what: t.found.needsConfiguration, remedy: 'configuration' });
  }
  return all;
}

/** Step 10: attributes under which nothing that a TD says can be trusted. */
export function requireAttributes(report: TdReport): void {
  const bits = new DataView(report.tdAttributes.buffer, report.tdAttributes.byteOffset, 8).getBigUint64(0, true);
  const has = (bit: bigint) => ((bits >> bit) & 1n) === 1n;
  if (has(0n)) throw new Refusal(10, 'td_debug', t.refused.debug);
  const known = (1n << 28n) | (1n << 30n) | (1n << 31n) | (1n << 63n);
  if ((bits & ~known) !== 0n) {
    throw new Refusal(10, 'td_reserved_attributes', t.refused.reservedAttributes(toHex(report.tdAttributes)));
  }
  if (!has(28n)) throw new Refusal(10, 'td_sept_ve_disable_off', t.refused.septVeDisableOff);
  if (report.running !== undefined && !isZero(report.running.mrServiceTd)) {
    throw new Refusal(10, 'td_service_td', t.refused.serviceTd);
  }
}

function platformLevel(node: Fields): PlatformLevel {
  const tcb = node.object_('tcb');
  return {
    sgx: components(tcb, 'sgxtcbcomponents'),
    pce: tcb.number('pcesvn', MAX_PCE_SVN),
    tdx: components(tcb, 'tdxtcbcomponents'),
    status: status(node, PLATFORM_STATUSES),
    date: node.time('tcbDate'),
    advisories: node.texts('advisoryIDs'),
  };
}

function components(tcb: Fields, name: string): number[] {
  const list = tcb.objects(name);
  if (list.length !== COMPONENTS) throw new MalformedError(malformed.tcb.components(name, list.length));
  return list.map((entry) => entry.number('svn', MAX_SVN));
}

function compareLevels(a: PlatformLevel, b: PlatformLevel): number {
  return compareLists(a.sgx, b.sgx) || a.pce - b.pce || compareLists(a.tdx, b.tdx);
}

function compareLists(a: number[], b: number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

function module(node: Fields): Module {
  fromHex(node.text('attributesMask'), 8); // has to have its form; Intel's library does not use it
  return { mrSigner: fromHex(node.text('mrsigner'), 48), attributes: fromHex(node.text('attributes'), 8) };
}

function identities(nodes: Fields[]) {
  const all = new Map<string, Module & { levels: IsvLevel[] }>();
  for (const node of nodes) {
    const id = node.text('id').toUpperCase();
    if (all.has(id)) throw new MalformedError(malformed.tcb.moduleTwice(id));
    all.set(id, { ...module(node), levels: isvLevels(node) });
  }
  return all;
}

function isvLevels(parent: Fields): IsvLevel[] {
  const levels = parent.objects('tcbLevels').map((node) => ({
    svn: node.object_('tcb').number('isvsvn', 65_535),
    status: status(node, ALL_STATUSES),
    date: node.time('tcbDate'),
    advisories: node.texts('advisoryIDs'),
  }));
  levels.sort((a, b) => b.svn - a.svn);
  if (levels.some((level, i) => i > 0 && levels[i - 1]?.svn === level.svn)) {
    throw new MalformedError(malformed.tcb.isvLevelTwice);
  }
  return levels;
}

function status(node: Fields, known: readonly TcbStatus[]): TcbStatus {
  const text = node.text('tcbStatus');
  const found = known.find((one) => one === text);
  if (found === undefined) throw new MalformedError(malformed.tcb.unknownStatus(text));
  return found;
}

function requireMasked(value: Bytes, expected: Bytes, mask: Bytes, code: string, what: string): void {
  if (value.some((byte, i) => (byte & (mask[i] ?? 0)) !== ((expected[i] ?? 0) & (mask[i] ?? 0)))) {
    throw new Refusal(5, code, t.refused.qeOther(what));
  }
}
