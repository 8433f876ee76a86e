import { useTexts } from "django-spa-auth/react";
import { AlertIcon } from "./icons";

/** Something could not be read. Says why, and offers another try. */
export function Trouble({ message, onRetry }: { message: string; onRetry: () => void }) {
  const { tryAgain } = useTexts();
  return (
    <div className="spa-alert" role="alert">
      <AlertIcon />
      <div className="spa-alert-body">
        <p>{message}</p>
        <button type="button" className="spa-button" onClick={onRetry}>
          {tryAgain}
        </button>
      </div>
    </div>
  );
}
