import { Outlet, Route, Routes } from "react-router";
import { RequireSession } from "./auth/react";
import { Layout } from "./layout/layout";
import { Unavailable } from "./layout/unavailable";
import { Waiting } from "./layout/waiting";
import { Devices } from "./pages/devices";
import { Home } from "./pages/home";
import { NotFound } from "./pages/not-found";
import { Notes } from "./pages/notes";
import { ProfilePage } from "./pages/profile";
import { SignIn } from "./pages/sign-in";
import { paths } from "./paths";
import { auth } from "./session";

export function App() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route path={paths.home} element={<Home />} />
        <Route path={paths.signIn} element={<SignIn />} />
        <Route element={<Guarded />}>
          <Route path={paths.notes} element={<Notes />} />
          <Route path={paths.profile} element={<ProfilePage />} />
          <Route path={paths.devices} element={<Devices />} />
        </Route>
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}

function Guarded() {
  return (
    <RequireSession
      auth={auth}
      signInPath={paths.signIn}
      waiting={<Waiting what="your session" />}
      unavailable={<Unavailable />}
    >
      <Outlet />
    </RequireSession>
  );
}
