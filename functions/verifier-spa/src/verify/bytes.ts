import { forms } from '../text/forms';

/** Bytes as everything here passes them on. Text forms are read strictly: a second spelling of the same bytes is refused. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What an outsider sent does not have its form. The message is for people. */
export class MalformedError extends Error {}

const HEX = /^(?:[0-9a-fA-F]{2})*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function isHex(text: string): boolean {
  return HEX.test(text);
}

export function fromHex(text: string, size?: number): Bytes {
  if (!isHex(text)) throw new MalformedError(forms.bytes.notHex);
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  if (size !== undefined && bytes.length !== size) throw new MalformedError(forms.bytes.hexSize(bytes.length, size));
  return bytes;
}

/** Base64 with its padding, of at most `max` bytes: bounded before it is decoded. */
export function fromBase64(text: string, max: number): Bytes {
  if (text.length > Math.ceil(max / 3) * 4) throw new MalformedError(forms.bytes.base64TooLarge(max));
  if (!BASE64.test(text)) throw new MalformedError(forms.bytes.notBase64);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  if (toBase64(bytes) !== text) throw new MalformedError(forms.bytes.base64AfterEnd);
  return bytes;
}

/** Base64 as PEM has it: over several lines. */
export function fromPem(text: string, max: number): Bytes {
  return fromBase64(text.replace(/[ \t\r\n]/g, ''), max);
}

export function toBase64(bytes: Uint8Array): string {
  let raw = '';
  for (let i = 0; i < bytes.length; i += 8192) raw += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(raw);
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Text in UTF-8; a byte order mark is a character like others. */
export function fromUtf8(bytes: Bytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedError(forms.bytes.notUtf8);
  }
}

export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export async function sha384(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
}

/** A cursor over a range of bytes; little-endian. Sizes are compared by subtraction, before anything is taken. */
export class Reader {
  private readonly view: DataView;
  private at: number;

  constructor(
    private readonly bytes: Bytes,
    start = 0,
    private readonly end = bytes.length,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = start;
  }

  get offset(): number {
    return this.at;
  }

  get remaining(): number {
    return this.end - this.at;
  }

  take(size: number, what: string): Bytes {
    const at = this.skip(size, what);
    return this.bytes.subarray(at, at + size);
  }

  u16(what: string): number {
    return this.view.getUint16(this.skip(2, what), true);
  }

  u32(what: string): number {
    return this.view.getUint32(this.skip(4, what), true);
  }

  sub(size: number, what: string): Reader {
    const at = this.skip(size, what);
    return new Reader(this.bytes, at, at + size);
  }

  private skip(size: number, what: string): number {
    if (size > this.remaining) {
      throw new MalformedError(forms.bytes.tooFew(what, size, this.at, this.remaining));
    }
    const at = this.at;
    this.at += size;
    return at;
  }
}
