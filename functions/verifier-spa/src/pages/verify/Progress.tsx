import { ProgressBar } from 'react-aria-components';
import type { CheckName, Outcome } from '../../api/types';
import { t } from '../../text';
import { Mark, toneOf } from '../../ui/parts';
import type { CheckState } from '../../ui/useCheck';

/** What the browser checks itself; the server answers all at once. */
const MADE_HERE: CheckName[] = ['freshness', 'dcap', 'event_log', 'measurements', 'compose_hash', 'transport_key'];

/** What is being done; said aloud as it changes. */
export function Progress({ state }: { state: CheckState }) {
  const busy = state.phase === 'asking' || state.phase === 'rechecking';
  return (
    <div role="status" className={busy ? 'progress card' : 'unseen'}>
      {state.phase === 'asking' ? (
        <>
          <Bar label={state.request.url === undefined ? t.progress.send : t.progress.ask} />
          <p className="help">{t.progress.then}</p>
          <Made done={[]} />
          {state.slow ? <p className="help">{t.progress.slow}</p> : null}
        </>
      ) : null}
      {state.phase === 'rechecking' ? (
        <>
          <Bar label={t.progress.again} />
          <Made done={state.done} />
        </>
      ) : null}
      {state.phase === 'finished' ? `${t.verdict.label}: ${t.verdict[state.result.conclusion.trust]}` : null}
    </div>
  );
}

/** The checks in their order: those that are made with how they ended, the others as still to be made. */
function Made({ done }: { done: { name: CheckName; result: Outcome }[] }) {
  return (
    <ul className="done">
      {MADE_HERE.map((name) => {
        const made = done.find((one) => one.name === name);
        return (
          <li key={name} className={made === undefined ? 'waiting' : ''} aria-hidden={made === undefined}>
            {made === undefined ? t.checks[name][0] : <Mark tone={toneOf(made.result)}>{t.checks[name][0]}</Mark>}
          </li>
        );
      })}
    </ul>
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
