import { en } from './en-forms';

/** Beside `t`, in the language in use: what is said of what is malformed. */
export const forms = en;
