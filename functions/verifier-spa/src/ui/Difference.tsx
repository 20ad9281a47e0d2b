import { Fragment } from 'react';

/** One long value with the digits marked that another has differently. */
export function Difference({ value, other }: { value: string; other: string }) {
  return (
    <code className="difference">
      {runs(value, other).map(({ text, differs }, i) => (
        <Fragment key={i}>{differs ? <mark>{text}</mark> : text}</Fragment>
      ))}
    </code>
  );
}

export function digitsThatDiffer(a: string, b: string): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) count++;
  return count;
}

/** The value that differs in the fewest digits. */
export function nearest(value: string, among: readonly string[]): string | undefined {
  return among.toSorted((a, b) => digitsThatDiffer(value, a) - digitsThatDiffer(value, b))[0];
}

function runs(value: string, other: string): { text: string; differs: boolean }[] {
  const all: { text: string; differs: boolean }[] = [];
  for (let i = 0; i < value.length; i++) {
    const differs = value[i] !== other[i];
    const last = all.at(-1);
    if (last?.differs === differs) last.text += value[i];
    else all.push({ text: value[i] ?? '', differs });
  }
  return all;
}
