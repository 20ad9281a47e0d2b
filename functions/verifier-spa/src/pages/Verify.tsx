import { useEffect, useRef, useState } from 'react';
import type { Kind, VerifyRequest } from '../api/types';
import type { JsonObject } from '../verify/json';
import { ErrorBox } from '../ui/ErrorBox';
import { usePlace } from '../ui/router';
import { useCheck } from '../ui/useCheck';
import { take } from './handover';
import { Progress } from './verify/Progress';
import { Results } from './verify/Results';
import { VerifyForm } from './verify/VerifyForm';

/** `/kms` and `/mero-tee`: ask or paste, see the checks run, read the verdict. */
export default function Verify({ kind }: { kind: Kind }) {
  const { query } = usePlace();
  const { state, ask, cancel } = useCheck();
  const [pasted] = useState<JsonObject | undefined>(() => {
    const left = take();
    return left !== undefined && 'evidence' in left ? left.evidence : undefined;
  });
  const url = query.get(`${kind}_url`) ?? undefined;
  const started = useRef(false);
  const again = useRef<VerifyRequest>(undefined);
  const check = (request: VerifyRequest) => {
    again.current = request;
    ask(request);
  };
  return (
    <>
      <VerifyForm
        kind={kind}
        url={url}
        releaseTag={query.get('release_tag') ?? undefined}
        profile={query.get('profile') ?? undefined}
        pasted={pasted}
        busy={state.phase === 'asking' || state.phase === 'rechecking'}
        onSubmit={check}
        onCancel={cancel}
        startAtOnce={url !== undefined && !started.current}
        onStarted={() => {
          started.current = true;
        }}
      />
      <Progress state={state} />
      {state.phase === 'failed' ? <ErrorBox error={state.error} /> : null}
      {state.phase === 'finished' ? <ScrolledTo key={state.result.report.checkedAt} result={state.result} /> : null}
    </>
  );
}

function ScrolledTo({ result }: { result: Parameters<typeof Results>[0]['result'] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'start' }), []);
  return (
    <div ref={place} className="results">
      <Results result={result} />
    </div>
  );
}
