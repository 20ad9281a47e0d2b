import { type ComponentType, Suspense, createContext, lazy, useContext } from 'react';
import { Client } from './api/client';
import type { Config } from './config';
import type { Path } from './paths';
import { Landing } from './pages/Landing';
import { t } from './text';
import { Boundary } from './ui/Boundary';
import { Layout } from './ui/Layout';
import { Router, usePlace } from './ui/router';

/** The heavier pages come when they are opened. */
const Verify = lazy(() => import('./pages/Verify'));
const PAGES: Record<Path, ComponentType> = {
  '/': Landing,
  '/kms': () => <Verify key="kms" kind="kms" />,
  '/mero-tee': () => <Verify key="node" kind="node" />,
  '/compare': lazy(() => import('./pages/Compare')),
  '/registers': lazy(() => import('./pages/Registers')),
  '/generate': lazy(() => import('./pages/Generate')),
  '/report': lazy(() => import('./pages/Report')),
};

const Surroundings = createContext<{ config: Config; client: Client } | null>(null);

/** What every page can ask for. */
export function useSurroundings(): { config: Config; client: Client } {
  const found = useContext(Surroundings);
  if (found === null) throw new Error('outside of the page');
  return found;
}

export function App({ config }: { config: Config }) {
  return (
    <Surroundings value={{ config, client: new Client(config.functions) }}>
      <Router>
        <Layout config={config}>
          <Suspense fallback={<p className="help">{t.loading}</p>}>
            <Page />
          </Suspense>
        </Layout>
      </Router>
    </Surroundings>
  );
}

function Page() {
  const { path } = usePlace();
  const Chosen = PAGES[path];
  return (
    <Boundary key={path}>
      <Chosen />
    </Boundary>
  );
}
