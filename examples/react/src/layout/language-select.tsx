import { LANGUAGES, useLanguage, useWords } from "../language";

export function LanguageSelect() {
  const { language, choose } = useLanguage();
  return (
    <label className="language">
      {useWords().language}
      <select value={language} onChange={(event) => choose(event.target.value)}>
        {Object.entries(LANGUAGES).map(([tag, { name }]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
