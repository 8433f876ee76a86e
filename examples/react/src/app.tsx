import { RequireSession } from "django-spa-auth/react-router";
import { Route, Routes } from "react-router";
import { LanguageProvider, useWords } from "./language";
import { Later, later } from "./layout/later";

import { Layout } from "./layout/layout";
import { Unavailable } from "./layout/unavailable";
import { Waiting } from "./layout/waiting";
import { NotFound } from "./pages/not-found";
import { SignIn } from "./pages/sign-in";
import { paths } from "./paths";

const Home = later(() => import("./pages/home"), "Home");
const ofAccounts = () => import("./pages/of-accounts");
const Notes = later(() => import("./pages/notes"), "Notes");
const AccountPage = later(ofAccounts, "AccountPage");
const ActivityPage = later(ofAccounts, "ActivityPage");
const ChangeEmail = later(ofAccounts, "ChangeEmail");
const Devices = later(ofAccounts, "Devices");
const ForgotPassword = later(ofAccounts, "ForgotPassword");
const PasswordPage = later(ofAccounts, "PasswordPage");
const ProfilePage = later(ofAccounts, "ProfilePage");
const ResetPassword = later(ofAccounts, "ResetPassword");
const RestoreAccountPage = later(ofAccounts, "RestoreAccountPage");
const SignInByMail = later(ofAccounts, "SignInByMail");
const SocialCallbackPage = later(ofAccounts, "SocialCallbackPage");
const SignUp = later(ofAccounts, "SignUp");
const TokensPage = later(ofAccounts, "TokensPage");
const UndoEmail = later(ofAccounts, "UndoEmail");
const VerifyEmail = later(ofAccounts, "VerifyEmail");

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
        <Route path={paths.signIn} element={<SignIn />} />
        <Route element={<Later />}>
          <Route path={paths.home} element={<Home />} />
          <Route path={paths.forgotPassword} element={<ForgotPassword />} />
          <Route path={paths.resetPassword} element={<ResetPassword />} />
          <Route path={paths.restoreAccount} element={<RestoreAccountPage />} />
          <Route path={paths.mailSignIn} element={<SignInByMail />} />
          <Route path={paths.signUp} element={<SignUp />} />
          <Route path={paths.socialCallback} element={<SocialCallbackPage />} />
          <Route path={paths.verifyEmail} element={<VerifyEmail />} />
          <Route path={paths.changeEmail} element={<ChangeEmail />} />
          <Route path={paths.undoEmail} element={<UndoEmail />} />
        </Route>
        <Route element={<Guard />}>
          <Route element={<Later />}>
            <Route path={paths.notes} element={<Notes />} />
            <Route path={paths.profile} element={<ProfilePage />} />
            <Route path={paths.password} element={<PasswordPage />} />
            <Route path={paths.devices} element={<Devices />} />
            <Route path={paths.activity} element={<ActivityPage />} />
            <Route path={paths.tokens} element={<TokensPage />} />
            <Route path={paths.account} element={<AccountPage />} />
          </Route>
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
