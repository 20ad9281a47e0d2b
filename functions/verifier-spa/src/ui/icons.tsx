import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export function ShieldCheck() {
  return (
    <Icon>
      <path d="M12 2.500 4 5.600v5.600c0 5.100 3.400 8.900 8 10.300 4.600-1.400 8-5.200 8-10.300V5.600z" />
      <path d="m8.300 12 2.600 2.600 4.900-5.200" />
    </Icon>
  );
}

export function ShieldCross() {
  return (
    <Icon>
      <path d="M12 2.500 4 5.600v5.600c0 5.100 3.400 8.900 8 10.300 4.600-1.400 8-5.200 8-10.300V5.600z" />
      <path d="m9.200 9.200 5.600 5.600m0-5.600-5.600 5.600" />
    </Icon>
  );
}

export function ShieldQuestion() {
  return (
    <Icon>
      <path d="M12 2.500 4 5.600v5.600c0 5.100 3.400 8.900 8 10.300 4.600-1.400 8-5.200 8-10.300V5.600z" />
      <path d="M9.600 9.600a2.450 2.450 0 1 1 3.600 2.200c-.8.5-1.200 1-1.200 1.800M12 16.600v.100" />
    </Icon>
  );
}

export function Tick() {
  return (
    <Icon>
      <path d="m5 12.500 4.500 4.500L19 7.500" />
    </Icon>
  );
}

export function Cross() {
  return (
    <Icon>
      <path d="m6.500 6.500 11 11m0-11-11 11" />
    </Icon>
  );
}

export function Dash() {
  return (
    <Icon>
      <path d="M7 12h10" />
    </Icon>
  );
}

export function Arrow() {
  return (
    <Icon>
      <path d="M5 12h14m-6-6 6 6-6 6" />
    </Icon>
  );
}

export function Chevron() {
  return (
    <Icon>
      <path d="m9 5.500 6.500 6.500L9 18.500" />
    </Icon>
  );
}

export function Copy() {
  return (
    <Icon>
      <rect x="8.500" y="8.500" width="11" height="11" rx="2" />
      <path d="M5 15.500h-.5a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1V5" />
    </Icon>
  );
}
