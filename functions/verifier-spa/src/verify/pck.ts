import { malformed } from '../text/malformed';
import { type Bytes, MalformedError } from './bytes';
import { Der, ENUMERATED, OCTET_STRING, SEQUENCE, unsigned } from './der';
import type { Certificate } from './x509';

const SGX = '2a864886f84d010d01';
const COMPONENTS = 16;

/** Which platform a PCK certificate is of, and how far it is patched (Intel, "SGX PCK Certificate Profile"). */
export interface PckExtension {
  components: number[];
  pceSvn: number;
  pceId: Bytes;
  fmspc: Bytes;
}

export function pckExtension(leaf: Certificate): PckExtension {
  const value = leaf.extensions.get(SGX);
  if (value === undefined) throw new MalformedError(malformed.pck.noExtension);
  const entries = new Map<string, Der>();
  const list = new Der(Der.only(value, SEQUENCE).content);
  while (list.hasNext()) {
    const entry = list.inside(SEQUENCE);
    const oid = entry.oid();
    if (entries.has(oid)) throw new MalformedError(malformed.pck.entryTwice);
    entries.set(oid, entry);
  }
  const find = (suffix: string) => {
    const entry = entries.get(SGX + suffix);
    if (entry === undefined) throw new MalformedError(malformed.pck.entryMissing(Number.parseInt(suffix, 16)));
    return entry;
  };
  octets(find('01'), 16);
  const svns = readSvns(find('02').inside(SEQUENCE));
  const type = find('05').next(ENUMERATED);
  if (Number.parseInt(unsigned(type, 1) || '0', 16) > 2) throw new MalformedError(malformed.pck.strangeType);
  return { ...svns, pceId: octets(find('03'), 2), fmspc: octets(find('04'), 6) };
}

function readSvns(list: Der): { components: number[]; pceSvn: number } {
  const svns = new Map<number, number>();
  let cpuSvn = false;
  while (list.hasNext()) {
    const entry = list.inside(SEQUENCE);
    const oid = entry.oid();
    if (!oid.startsWith(`${SGX}02`) || oid.length !== SGX.length + 4) throw new MalformedError(malformed.pck.strangeEntry);
    const index = Number.parseInt(oid.slice(-2), 16);
    if (index === COMPONENTS + 2) {
      octets(entry, 16);
      cpuSvn = true;
    } else {
      if (svns.has(index)) throw new MalformedError(malformed.pck.componentTwice(index));
      svns.set(index, Number.parseInt(entry.unsigned(2) || '0', 16));
    }
    entry.end();
  }
  const svn = (index: number) => {
    const value = svns.get(index);
    if (value === undefined) throw new MalformedError(malformed.pck.componentMissing(index));
    return value;
  };
  if (!cpuSvn || svns.size !== COMPONENTS + 1) throw new MalformedError(malformed.pck.components);
  const components = Array.from({ length: COMPONENTS }, (_, i) => svn(i + 1));
  if (components.some((one) => one > 255)) throw new MalformedError(malformed.pck.componentTooLarge);
  return { components, pceSvn: svn(COMPONENTS + 1) };
}

function octets(entry: Der, size: number): Bytes {
  const { content } = entry.next(OCTET_STRING);
  if (content.length !== size) throw new MalformedError(malformed.pck.size(content.length, size));
  return content;
}
