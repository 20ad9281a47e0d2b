import { en } from './en';

/** The texts of the language in use. */
export const t = en;

/** A text by a name that somebody else chose: one that objects have by themselves is none. */
export function textFor<T>(texts: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export function dateText(at: number | string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : DATE.format(date);
}

export function timeText(at: number | string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : `${TIME.format(date)} UTC`;
}

/** A sentence with its long values cut: they are shown whole elsewhere. */
export function brief(detail: string): string {
  return detail.replace(/\b[0-9a-f]{32,}\b/g, short);
}

/** Both ends of a long value, to tell it by. */
export function short(hex: string): string {
  return `${hex.slice(0, 8)}…${hex.slice(-8)}`;
}
