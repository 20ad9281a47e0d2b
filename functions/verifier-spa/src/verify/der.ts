import { forms } from '../text/forms';
import { type Bytes, MalformedError, toHex } from './bytes';

export const SEQUENCE = 0x30;
export const SET = 0x31;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OID = 0x06;
export const ENUMERATED = 0x0a;
export const BOOLEAN = 0x01;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** One element: its tag, its content, and all of it with tag and length. */
export interface Element {
  tag: number;
  content: Bytes;
  whole: Bytes;
}

/** Reads DER (X.690): definite lengths in their shortest form; nothing may be left over where an end is asked for. */
export class Der {
  private at = 0;

  constructor(private readonly bytes: Bytes) {}

  /** The one element that these bytes are. */
  static only(bytes: Bytes, tag: number): Element {
    const der = new Der(bytes);
    const element = der.next(tag);
    der.end();
    return element;
  }

  hasNext(): boolean {
    return this.at < this.bytes.length;
  }

  nextIs(tag: number): boolean {
    return this.bytes[this.at] === tag;
  }

  next(tag?: number): Element {
    const start = this.at;
    const found = this.byte();
    if (tag !== undefined && found !== tag) {
      throw new MalformedError(forms.der.otherTag(found.toString(16), tag.toString(16)));
    }
    if ((found & 0x1f) === 0x1f) throw new MalformedError(forms.der.longTag);
    const length = this.length();
    if (length > this.bytes.length - this.at) throw new MalformedError(forms.der.pastEnd);
    const content = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return { tag: found, content, whole: this.bytes.subarray(start, this.at) };
  }

  /** The elements inside the next one. */
  inside(tag: number): Der {
    return new Der(this.next(tag).content);
  }

  oid(): string {
    return toHex(this.next(OID).content);
  }

  /** A whole number of at most `max` bytes as hex without leading zeros; negative ones are refused. */
  unsigned(max: number): string {
    return unsigned(this.next(INTEGER), max);
  }

  /** The content of a bit string of whole bytes. */
  bits(): Bytes {
    const { content } = this.next(BIT_STRING);
    if (content[0] !== 0) throw new MalformedError(forms.der.bitString);
    return content.subarray(1);
  }

  /** A point in time, in milliseconds. */
  time(): number {
    const { tag, content } = this.next();
    const text = String.fromCharCode(...content.subarray(0, 20));
    const form = tag === UTC_TIME ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
    const match = tag === UTC_TIME || tag === GENERALIZED_TIME ? form.exec(text) : null;
    if (match === null) throw new MalformedError(forms.der.noTime);
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
    const full = tag === GENERALIZED_TIME ? year : year < 50 ? 2000 + year : 1900 + year;
    const at = Date.UTC(full, month - 1, day, hour, minute, second);
    const back = new Date(at);
    if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
      throw new MalformedError(forms.der.noSuchTime);
    }
    return at;
  }

  end(): void {
    if (this.hasNext()) throw new MalformedError(forms.der.afterEnd);
  }

  private length(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new MalformedError(forms.der.strangeLength);
    let length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + this.byte();
    if (length < 0x80 || length < 256 ** (count - 1)) throw new MalformedError(forms.der.longLength);
    return length;
  }

  private byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new MalformedError(forms.der.tooShort);
    return byte;
  }
}

export function unsigned(element: Element, max: number): string {
  const { content } = element;
  const [first, second] = content;
  if (first === undefined || content.length > max + 1) throw new MalformedError(forms.der.numberSize);
  if (first > 0x7f) throw new MalformedError(forms.der.negative);
  if (first === 0 && second !== undefined && second < 0x80) throw new MalformedError(forms.der.longNumber);
  return toHex(first === 0 ? content.subarray(1) : content);
}
