import { useEffect, useRef } from 'react';
import { ApiError } from '../api/types';
import { t, textFor } from '../text';
import { Cross } from './icons';

/** What went wrong, in words for people, and what to try. */
export function ErrorBox({ error }: { error: unknown }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const code = error instanceof ApiError ? error.code : 'verifier_failed';
  const [what, advice] = textFor(t.errors.codes, code) ?? t.errors.other;
  const detail = error instanceof ApiError && error.status > 0 ? error.message : undefined;
  return (
    <div className="problem" role="alert" ref={box} tabIndex={-1} data-code={code}>
      <Cross />
      <div>
        <h2>{what}</h2>
        <p>{advice}</p>
        {detail === undefined ? null : (
          <p className="help">
            {t.errors.detail}: <span>{detail}</span> <code>{code}</code>
          </p>
        )}
      </div>
    </div>
  );
}
