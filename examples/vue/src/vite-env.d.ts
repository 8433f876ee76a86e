interface ImportMetaEnv {
  /** The origin of Django, where the page comes from another one: `https://api.example.com`. */
  readonly VITE_API?: string;
}
