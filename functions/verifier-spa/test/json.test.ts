import { describe, expect, it } from 'vitest';
import { MalformedError, fromBase64, fromHex } from '../src/verify/bytes';
import { parseJson } from '../src/verify/json';

describe('JSON', () => {
  it('is read as JSON.parse reads it', () => {
    for (const text of ['null', '[]', '{}', ' {"a" : [1, -2.5e3, "\\u00e9\\n"], "b":{"c":true}} ', '"😀"', '0.1']) {
      expect(JSON.stringify(parseJson(text, 1000))).toBe(JSON.stringify(JSON.parse(text)));
    }
  });

  it.each([
    ['{"a":1,"a":2}', 'a key twice'],
    ['{"a":1} x', 'something after its end'],
    ['[1,]', 'a comma at the end'],
    ['[01]', 'a leading zero'],
    ['"\\ud800"', 'half a character'],
    ['1e999', 'a number out of range'],
    ['[[[[[[[[', 'no end'],
    ['', 'nothing'],
    ['\u00a0{}', 'another white space'],
    [`${'['.repeat(40)}${']'.repeat(40)}`, 'too many levels'],
    [`"${'x'.repeat(2000)}"`, 'too many characters'],
  ])('%s is refused for %s', (text) => {
    expect(() => parseJson(text, 1000)).toThrow(MalformedError);
  });

  it('takes a key that objects have by themselves for a key', () => {
    expect(parseJson('{"__proto__":1,"constructor":2}', 100)).toMatchObject({ constructor: 2 });
    expect(Object.keys(parseJson('{"__proto__":1}', 100) as object)).toEqual(['__proto__']);
  });
});

describe('hex and base64', () => {
  it('have one spelling', () => {
    expect(() => fromHex('0')).toThrow(MalformedError);
    expect(() => fromHex('0g')).toThrow(MalformedError);
    expect(() => fromBase64('AB==', 10)).toThrow(MalformedError);
    expect(() => fromBase64('AA', 10)).toThrow(MalformedError);
    expect(() => fromBase64('AAAA AAAA', 10)).toThrow(MalformedError);
    expect(() => fromBase64('A'.repeat(400), 32)).toThrow(MalformedError);
    expect(fromBase64('AA==', 1)).toEqual(new Uint8Array(1));
  });
});
