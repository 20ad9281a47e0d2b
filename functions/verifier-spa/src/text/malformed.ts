import { en } from './en-malformed';

/** Beside `t`, in the language in use: what is said of malformed evidence. Imported only by what loads later. */
export const malformed = en;
