import { useCallback, useEffect, useRef, useState } from 'react';
import { useSurroundings } from '../App';
import { ApiError, type CheckName, type Outcome, type VerifyRequest } from '../api/types';
import { expectationsOf } from '../expectations';
import { type Report, writeReport } from '../report';
import { type Conclusion, conclude } from '../verify/conclusion';
import { type Recheck, recheck } from '../verify/recheck';

const SLOW = 6_000;

export interface Finished {
  report: Report;
  found: Recheck;
  conclusion: Conclusion;
  shared: boolean;
}

export type CheckState =
  | { phase: 'idle' }
  | { phase: 'asking'; request: VerifyRequest; slow: boolean }
  | { phase: 'rechecking'; request: VerifyRequest; done: { name: CheckName; result: Outcome }[] }
  | { phase: 'finished'; result: Finished }
  | { phase: 'failed'; error: unknown };

/** One check from the question to the conclusion; a new one ends the one before. */
export function useCheck() {
  const { config, client } = useSurroundings();
  const [state, setState] = useState<CheckState>({ phase: 'idle' });
  const running = useRef<AbortController>(undefined);
  const [expectations] = useState(() => expectationsOf(client));

  const start = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    return controller.signal;
  }, []);

  const judge = useCallback(
    async (report: Report, shared: boolean, signal: AbortSignal) => {
      const { request, answer, checkedAt } = report;
      const done: { name: CheckName; result: Outcome }[] = [];
      setState({ phase: 'rechecking', request, done: [] });
      const found = await recheck(request, answer, {
        root: config.root,
        sigstore: await config.sigstore(),
        // A report that is dated in the future is no reason to judge by then.
        now: shared ? Math.min(Date.parse(checkedAt), Date.now()) : Date.now(),
        shared,
        expectations,
        onProgress: (name, result) => {
          done.push({ name, result });
          if (!signal.aborted) setState({ phase: 'rechecking', request, done: [...done] });
        },
      });
      if (signal.aborted) return;
      const conclusion = conclude(request, answer, found, shared ? checkedAt : undefined);
      setState({ phase: 'finished', result: { report, found, conclusion, shared } });
    },
    [config, expectations],
  );

  const guarded = useCallback((signal: AbortSignal, work: () => Promise<void>) => {
    work().catch((error: unknown) => {
      if (!signal.aborted && !(error instanceof ApiError && error.code === 'cancelled')) setState({ phase: 'failed', error });
    });
  }, []);

  const ask = useCallback(
    (request: VerifyRequest) => {
      const signal = start();
      setState({ phase: 'asking', request, slow: false });
      const timer = setTimeout(() => {
        setState((now) => (now.phase === 'asking' && !signal.aborted ? { ...now, slow: true } : now));
      }, SLOW);
      guarded(signal, async () => {
        try {
          const { raw } = await client.verify(request, signal);
          const report = writeReport(new Date().toISOString(), request, raw);
          await judge(report, false, signal);
        } finally {
          clearTimeout(timer);
        }
      });
    },
    [client, guarded, judge, start],
  );

  const open = useCallback(
    (report: Report) => {
      const signal = start();
      guarded(signal, () => judge(report, true, signal));
    },
    [guarded, judge, start],
  );

  const cancel = useCallback(() => {
    running.current?.abort();
    setState({ phase: 'idle' });
  }, []);

  useEffect(() => () => running.current?.abort(), []);
  return { state, ask, open, cancel };
}
