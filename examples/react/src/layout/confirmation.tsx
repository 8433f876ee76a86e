import { lazy, Suspense } from "react";

const Dialog = lazy(async () => {
  try {
    const { ReauthenticationDialog } = await import("./confirmation-dialog");
    return { default: ReauthenticationDialog };
  } catch {
    // Without it, what wants a fresh proof is refused, and the page says so.
    return { default: () => null };
  }
});

/** The dialog that asks who it is, fetched for those who are signed in. */
export function Confirmation() {
  return (
    <Suspense>
      <Dialog />
    </Suspense>
  );
}
