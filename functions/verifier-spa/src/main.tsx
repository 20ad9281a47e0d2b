import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { loadConfig } from './config';
import { t } from './text';
import './styles/page.css';

const page = document.getElementById('page') as HTMLElement;
const root = createRoot(page);

if (globalThis.crypto?.subtle === undefined) {
  root.render(<p className="fatal">{t.insecure}</p>);
} else {
  loadConfig().then(
    (config) =>
      root.render(
        <StrictMode>
          <App config={config} />
        </StrictMode>,
      ),
    (e: unknown) =>
      root.render(
        <p className="fatal" role="alert">
          {t.notStarted}: {e instanceof Error ? e.message : ''}
        </p>,
      ),
  );
}
