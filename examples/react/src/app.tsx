import { RequireSession } from "django-spa-auth/react-router";
import { Route, Routes } from "react-router";
import { LanguageProvider, useWords } from "./language";
import { Layout } from "./layout/layout";
import { Unavailable } from "./layout/unavailable";
import { Waiting } from "./layout/waiting";
import { AccountPage } from "./pages/account";
import { ActivityPage } from "./pages/activity";
import { ChangeEmail } from "./pages/change-email";
import { Devices } from "./pages/devices";
import { ForgotPassword } from "./pages/forgot-password";
import { Home } from "./pages/home";
import { NotFound } from "./pages/not-found";
import { Notes } from "./pages/notes";
import { PasswordPage } from "./pages/password";
import { ProfilePage } from "./pages/profile";
import { ResetPassword } from "./pages/reset-password";
import { RestoreAccountPage } from "./pages/restore-account";
import { SignIn } from "./pages/sign-in";
import { SignInByMail } from "./pages/sign-in-by-mail";
import { SignUp } from "./pages/sign-up";
import { UndoEmail } from "./pages/undo-email";
import { VerifyEmail } from "./pages/verify-email";
import { paths } from "./paths";

export function App() {
  return (
    <LanguageProvider>
      <Pages />
    </LanguageProvider>
  );
}

function Pages() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route path={paths.home} element={<Home />} />
        <Route path={paths.signIn} element={<SignIn />} />
        <Route path={paths.forgotPassword} element={<ForgotPassword />} />
        <Route path={paths.resetPassword} element={<ResetPassword />} />
        <Route path={paths.restoreAccount} element={<RestoreAccountPage />} />
        <Route path={paths.mailSignIn} element={<SignInByMail />} />
        <Route path={paths.signUp} element={<SignUp />} />
        <Route path={paths.verifyEmail} element={<VerifyEmail />} />
        <Route path={paths.changeEmail} element={<ChangeEmail />} />
        <Route path={paths.undoEmail} element={<UndoEmail />} />
        <Route element={<Guard />}>
          <Route path={paths.notes} element={<Notes />} />
          <Route path={paths.profile} element={<ProfilePage />} />
          <Route path={paths.password} element={<PasswordPage />} />
          <Route path={paths.devices} element={<Devices />} />
          <Route path={paths.activity} element={<ActivityPage />} />
          <Route path={paths.account} element={<AccountPage />} />
        </Route>
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}

function Guard() {
  const words = useWords();
  return (
    <RequireSession
      signInPath={paths.signIn}
      waiting={<Waiting text={words.loadingSession} />}
      unavailable={<Unavailable />}
    />
  );
}
