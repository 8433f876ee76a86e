import type { english as accounts } from "./accounts";
import type { english as home } from "./home";
import type { english as notes } from "./notes";
import type { english as shell } from "./shell";
import type { english as signIn } from "./sign-in";

/**
 * The words of this app, those of the forms are in the package. A group of pages has a file in
 * English, which is fetched with these pages; another language is one file, fetched where it is spoken.
 * What stands in brackets is a link.
 */
export interface Words {
  shell: typeof shell;
  home: typeof home;
  signIn: typeof signIn;
  accounts: typeof accounts;
  notes: typeof notes;
}
