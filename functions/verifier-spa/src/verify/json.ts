import { forms } from '../text/forms';
import { MalformedError } from './bytes';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * JSON as signed documents are to be read: one value and nothing after it, no key twice (two readers could take two
 * different ones), nested and sized within bounds, no half of a surrogate pair.
 */
export function parseJson(text: string, maxSize: number, maxDepth = 32): Json {
  if (text.length > maxSize) throw new MalformedError(forms.json.tooLarge(maxSize));
  const parser = new Parser(text, maxDepth);
  return parser.document();
}

export function parseObject(text: string, maxSize: number, maxDepth = 32): JsonObject {
  const value = parseJson(text, maxSize, maxDepth);
  if (!isObject(value)) throw new MalformedError(forms.json.noObject);
  return value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
  ) {}

  document(): Json {
    const value = this.value(0);
    this.space();
    if (this.at !== this.text.length) this.fail(forms.json.afterEnd);
    return value;
  }

  private value(depth: number): Json {
    if (depth > this.maxDepth) this.fail(forms.json.tooDeep);
    this.space();
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default: {
        const number = Number(this.token(NUMBER, forms.json.value));
        if (!Number.isFinite(number)) this.fail(forms.json.numberRange);
        return number;
      }
    }
  }

  private object(depth: number): JsonObject {
    const object: JsonObject = Object.create(null) as JsonObject;
    this.at++;
    if (this.skip('}')) return object;
    do {
      this.space();
      const key = this.string();
      if (key in object) this.fail(forms.json.twice(key));
      if (!this.skip(':')) this.fail(forms.json.noColon);
      object[key] = this.value(depth + 1);
    } while (this.skip(','));
    if (!this.skip('}')) this.fail(forms.json.objectNoEnd);
    return object;
  }

  private array(depth: number): Json[] {
    const array: Json[] = [];
    this.at++;
    if (this.skip(']')) return array;
    do array.push(this.value(depth + 1));
    while (this.skip(','));
    if (!this.skip(']')) this.fail(forms.json.listNoEnd);
    return array;
  }

  private string(): string {
    const text = JSON.parse(this.token(TEXT, forms.json.text)) as string;
    if (!text.isWellFormed()) this.fail(forms.json.halfCharacter);
    return text;
  }

  private word<T extends Json>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail(forms.json.noValue);
    this.at += word.length;
    return value;
  }

  private token(form: RegExp, what: string): string {
    form.lastIndex = this.at;
    const match = form.exec(this.text);
    if (match === null) return this.fail(forms.json.missing(what));
    this.at += match[0].length;
    return match[0];
  }

  private space(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }

  private skip(sign: string): boolean {
    this.space();
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private fail(what: string): never {
    throw new MalformedError(forms.json.at(what, this.at));
  }
}

/** Fields of a document, each of the type that it must have. */
export class Fields {
  constructor(private readonly object: JsonObject) {}

  static of(value: Json | undefined, what: string): Fields {
    if (!isObject(value)) throw new MalformedError(forms.json.notObject(what));
    return new Fields(value);
  }

  has(name: string): boolean {
    return name in this.object;
  }

  /** Refuses fields of other names: what they would change is not known. */
  only(...names: string[]): this {
    const other = Object.keys(this.object).find((name) => !names.includes(name));
    if (other !== undefined) throw new MalformedError(forms.json.unknown(other));
    return this;
  }

  text(name: string): string {
    const value = this.object[name];
    if (typeof value !== 'string') throw new MalformedError(forms.json.noText(name));
    return value;
  }

  number(name: string, max = 0x7fffffff): number {
    const value = this.object[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
      throw new MalformedError(forms.json.noNumber(max, name));
    }
    return value;
  }

  object_(name: string): Fields {
    return Fields.of(this.object[name], `"${name}"`);
  }

  objects(name: string): Fields[] {
    const value = this.object[name];
    if (!Array.isArray(value) || value.length === 0) throw new MalformedError(forms.json.noList(name));
    return value.map((entry) => Fields.of(entry, forms.json.entryOf(name)));
  }

  texts(name: string): string[] {
    if (!this.has(name)) return [];
    const value = this.object[name];
    if (!Array.isArray(value)) throw new MalformedError(forms.json.notList(name));
    return value.map((entry) => {
      if (typeof entry !== 'string') throw new MalformedError(forms.json.notTexts(name));
      return entry;
    });
  }

  /** To the second, as Intel writes it, and only times that exist. */
  time(name: string): number {
    const text = this.text(name);
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(at) || new Date(at).toISOString() !== text.replace('Z', '.000Z')) throw new MalformedError(forms.json.noTime(name));
    return at;
  }

  /** In any part of a second, as Sigstore writes it. */
  instant(name: string): number {
    const text = this.text(name);
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(at)) throw new MalformedError(forms.json.noTime(name));
    return at;
  }
}
