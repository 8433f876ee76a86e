/** Takes the place of what is coming. Fades in late, so that a quick answer shows no flash of it. */
export function Waiting({ text }: { text: string }) {
  return (
    <p className="spa-waiting">
      <span className="spa-spinner" aria-hidden="true" />
      {text}
    </p>
  );
}
