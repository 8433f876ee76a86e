import { useLanguage, useWords } from "../language";
import { LANGUAGES } from "../languages";

export function LanguageSelect() {
  const words = useWords();
  const { chosen, choose, failed } = useLanguage();
  return (
    <div className="language">
      <label>
        {words.language}
        <select value={chosen} onChange={(event) => choose(event.target.value)}>
          {Object.entries(LANGUAGES).map(([tag, { name }]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {failed && <p role="alert">{words.notAllOfIt}</p>}
    </div>
  );
}
