import { AlertIcon } from "./icons";

/** Something could not be read. Says why, and offers another try. */
export function Trouble({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <div className="alert" role="alert">
      <AlertIcon />
      <div className="alert-body">
        <p>{message}</p>
        <button type="button" className="button small" onClick={onRetry}>
          Try again
        </button>
      </div>
    </div>
  );
}
