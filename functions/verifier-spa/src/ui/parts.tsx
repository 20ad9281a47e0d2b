import { type ReactNode, useId, useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { t } from '../text';
import { Chevron, Copy, Cross, Dash, Tick } from './icons';

/** A part of a page; on paper it is left out if it is for the screen alone. */
export function Card({ title, help, children, wide, onScreen }: { title: string; help?: string; children: ReactNode; wide?: boolean; onScreen?: boolean }) {
  const id = useId();
  return (
    <section className={`card${wide === true ? ' wide' : ''}${onScreen === true ? ' on-screen' : ''}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {help === undefined ? null : <p className="help">{help}</p>}
      {children}
    </section>
  );
}

export type Tone = 'good' | 'bad' | 'unknown';

/** A word with a sign: never a colour alone. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`mark ${tone}`}>
      {tone === 'good' ? <Tick /> : tone === 'bad' ? <Cross /> : <Dash />}
      <span>{children}</span>
    </span>
  );
}

export function toneOf(result: 'passed' | 'failed' | 'not_possible' | 'not_reached' | undefined): Tone {
  return result === 'passed' ? 'good' : result === 'failed' ? 'bad' : 'unknown';
}

/** A long value in digits, which breaks where it must and can be copied. */
export function Hex({ value, label }: { value: string; label: string }) {
  return (
    <span className="hex">
      <code>{value}</code>
      <CopyButton text={value} label={label} small />
    </span>
  );
}

export function CopyButton({ text, label, small, children }: { text: string; label: string; small?: boolean; children?: ReactNode }) {
  const [state, setState] = useState<'' | 'done' | 'failed'>('');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState('done'),
      () => setState('failed'),
    );
    setTimeout(() => setState(''), 2500);
  };
  return (
    <>
      <Button className={small === true ? 'quiet small' : 'secondary'} onPress={copy} aria-label={`${t.copy.do}: ${label}`}>
        {state === 'done' ? <Tick /> : <Copy />}
        {small === true ? null : <span>{state === 'done' ? t.copy.done : (children ?? t.copy.do)}</span>}
      </Button>
      <span role="status" className={state === 'failed' ? 'help' : 'unseen'}>
        {state === 'done' ? t.copy.done : state === 'failed' ? t.copy.failed : ''}
      </span>
    </>
  );
}

/** A way to somebody else's page, for people alone: nothing is asked of it. */
export function External({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} rel="noreferrer noopener external" target="_blank">
      {children}
      <span className="unseen"> ({t.newTab})</span>
    </a>
  );
}

export function More({ title, children, open }: { title: ReactNode; children: ReactNode; open?: boolean }) {
  return (
    <Disclosure className="more" defaultExpanded={open ?? false}>
      <Heading level={3}>
        <Button slot="trigger" className="quiet">
          <Chevron />
          <span>{title}</span>
        </Button>
      </Heading>
      <DisclosurePanel>{children}</DisclosurePanel>
    </Disclosure>
  );
}

/** Names and values, one below the other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
