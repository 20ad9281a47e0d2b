/** Every page's path. */
export const PATHS = ['/', '/kms', '/mero-tee', '/compare', '/registers', '/generate', '/report'] as const;
export type Path = (typeof PATHS)[number];
