import { SignInForm, useSession } from "django-spa-auth/react";

/** For a page that is opened by a link of a mail, perhaps where nobody is signed in yet. */
export function SignInBelow() {
  const { status } = useSession();
  if (status !== "anonymous") return null;
  return (
    <section className="card" aria-label="Sign in first">
      <SignInForm />
    </section>
  );
}
