import { ProgressBar } from 'react-aria-components';
import { t } from '../../text';
import { Mark, toneOf } from '../../ui/parts';
import type { CheckState } from '../../ui/useCheck';

/** What is being done; said aloud as it changes. */
export function Progress({ state }: { state: CheckState }) {
  const busy = state.phase === 'asking' || state.phase === 'rechecking';
  return (
    <div role="status" className={busy ? 'progress card' : 'unseen'}>
      {state.phase === 'asking' ? (
        <>
          <Bar label={state.request.url === undefined ? t.progress.send : t.progress.ask} />
          {state.slow ? <p className="help">{t.progress.slow}</p> : null}
        </>
      ) : null}
      {state.phase === 'rechecking' ? (
        <>
          <Bar label={t.progress.again} />
          <ul className="done">
            {state.done.map(({ name, result }) => (
              <li key={name}>
                <Mark tone={toneOf(result)}>{t.checks[name][0]}</Mark>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {state.phase === 'finished' ? `${t.verdict.label}: ${t.verdict[state.result.conclusion.trust]}` : null}
    </div>
  );
}

function Bar({ label }: { label: string }) {
  return (
    <ProgressBar isIndeterminate aria-label={label}>
      <span>{label}…</span>
      <div className="bar">
        <div />
      </div>
    </ProgressBar>
  );
}
