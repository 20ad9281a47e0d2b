import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Config } from '../config';
import type { Path } from '../paths';
import { t } from '../text';
import { Link, usePlace } from './router';
import { Hex } from './parts';
import { ShieldCheck } from './icons';

const PAGES = ['/kms', '/mero-tee', '/compare', '/registers', '/generate'] as const satisfies readonly Path[];
const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const KEPT = 'theme';

export function Layout({ config, children }: { config: Config; children: ReactNode }) {
  const { path } = usePlace();
  return (
    <>
      <a className="skip" href="#content">
        {t.skip}
      </a>
      {__SIMULATED__ ? (
        <section className="simulated" aria-label={t.simulated.strip} data-testid="simulated">
          <strong>{t.simulated.strip}</strong> <span>{t.simulated.text}</span>
        </section>
      ) : null}
      <header>
        <div className="inner">
          <Link to="/" className="brand">
            <ShieldCheck />
            <span>{t.brand}</span>
          </Link>
          <nav aria-label={t.nav.label}>
            {PAGES.map((one) => (
              <Link key={one} to={one}>
                {t.nav[one]}
              </Link>
            ))}
          </nav>
          <ThemeChoice />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Title key={path} path={path} />
        {children}
      </main>
      <Footer config={config} />
    </>
  );
}

/** The heading takes the focus after a change of page, so that readers and keyboards start there. */
function Title({ path }: { path: Path }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = path === '/' ? t.brand : `${t.titles[path]} – ${t.brand}`;
    if (performance.now() > 3000 || document.activeElement?.tagName === 'A') heading.current?.focus();
  }, [path]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {t.titles[path]}
    </h1>
  );
}

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(() => THEMES.find((one) => one === kept()) ?? 'system');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const choose = (text: string) => {
    const chosen = THEMES.find((one) => one === text) ?? 'system';
    setTheme(chosen);
    try {
      localStorage.setItem(KEPT, chosen);
    } catch {
      // Not kept, then.
    }
  };
  return (
    <select className="theme" aria-label={t.theme.label} value={theme} onChange={(event) => choose(event.target.value)}>
      {THEMES.map((one) => (
        <option key={one} value={one}>
          {t.theme[one]}
        </option>
      ))}
    </select>
  );
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function Footer({ config }: { config: Config }) {
  const [hash, setHash] = useState<string>();
  useEffect(() => {
    fetch(`${import.meta.env.BASE_URL}bundle.sha256`, { credentials: 'omit' })
      .then(async (response) => (response.ok ? (await response.text()).trim() : ''))
      .then((text) => setHash(/^[0-9a-f]{64}$/.test(text) ? text : ''))
      .catch(() => setHash(''));
  }, []);
  return (
    <footer>
      <div className="inner">
        <p>{t.footer.privacy}</p>
        <p>
          {t.footer.root} {config.root.simulated ? t.footer.pretend : t.footer.intel}.
        </p>
        <p title={t.footer.bundleHelp}>
          {t.footer.bundle}: {hash ? <Hex value={hash} label={t.footer.bundle} /> : t.footer.unknown}
        </p>
      </div>
    </footer>
  );
}
