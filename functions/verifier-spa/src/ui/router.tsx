import { type MouseEvent, type ReactNode, createContext, useContext, useEffect, useState } from 'react';
import { PATHS, type Path } from '../paths';

const BASE = import.meta.env.BASE_URL.replace(/\/$/, '');

export interface Place {
  path: Path;
  query: URLSearchParams;
  fragment: string;
}

const PlaceContext = createContext<Place>({ path: '/', query: new URLSearchParams(), fragment: '' });

/** Anything that is no page goes to the landing page. */
function here(): Place {
  const below = location.pathname.startsWith(`${BASE}/`) ? location.pathname.slice(BASE.length) : location.pathname;
  const name = below.replace(/\/(index\.html)?$/, '') || '/';
  const path = PATHS.find((one) => one === name) ?? '/';
  return { path, query: new URLSearchParams(location.search), fragment: location.hash.slice(1) };
}

export function Router({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const changed = () => setPlace(here());
    addEventListener('popstate', changed);
    addEventListener('hashchange', changed);
    return () => {
      removeEventListener('popstate', changed);
      removeEventListener('hashchange', changed);
    };
  }, []);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

export function usePlace(): Place {
  return useContext(PlaceContext);
}

export function href(path: Path, query?: Record<string, string>, fragment?: string): string {
  const search = new URLSearchParams(query).toString();
  return `${BASE}${path}${search === '' ? '' : `?${search}`}${fragment === undefined ? '' : `#${fragment}`}`;
}

export function go(path: Path, query?: Record<string, string>): void {
  history.pushState(null, '', href(path, query));
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}

interface LinkProps {
  to: Path;
  query?: Record<string, string>;
  className?: string;
  children: ReactNode;
}

/** A link to another page that does not load everything again. */
export function Link({ to, query, className, children }: LinkProps) {
  const { path } = usePlace();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    go(to, query);
  };
  return (
    <a className={className} href={href(to, query)} onClick={follow} aria-current={path === to ? 'page' : undefined}>
      {children}
    </a>
  );
}
