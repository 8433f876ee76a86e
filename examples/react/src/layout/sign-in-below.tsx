import { SignInForm, useSession } from "django-spa-auth/react";
import { useWords } from "../language";

/** For a page that is opened by a link of a mail, perhaps where nobody is signed in yet. */
export function SignInBelow() {
  const words = useWords();
  const { status } = useSession();
  if (status !== "anonymous") return null;
  return (
    <section className="card" aria-label={words.signInFirst}>
      <SignInForm />
    </section>
  );
}
