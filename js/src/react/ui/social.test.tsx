import { screen } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { expect, test, vi } from "vitest";
import { show } from "../../../testing/react.js";
import { problem, signedIn, stubServer } from "../../../testing/server.js";
import { describeSocial, type SocialPart, type SocialProps } from "../../../testing/social.js";
import { useAuth } from "../provider.js";
import { ConnectedAccounts } from "./connected-accounts.js";
import { ReauthenticationDialog } from "./reauthentication-dialog.js";
import { SocialButtons } from "./social-buttons.js";
import { SocialCallback } from "./social-callback.js";

function Button({ onPress }: Pick<SocialProps, "onPress">) {
  const auth = useAuth();
  return (
    <button type="button" onClick={() => onPress(auth)}>
      Press
    </button>
  );
}

const PARTS: Record<SocialPart, (props: SocialProps) => ReactNode> = {
  SocialButtons: ({ next, remember, popup }) => (
    <SocialButtons next={next} remember={remember} popup={popup} />
  ),
  SocialCallback,
  ConnectedAccounts: ({ next }) => <ConnectedAccounts next={next} />,
  Button,
};

describeSocial((name, props) => {
  const Part = PARTS[name];
  let leave = () => {};
  function Page() {
    const [here, setHere] = useState(true);
    leave = () => setHere(false);
    return here && <Part {...props} />;
  }
  const shown = show(
    <>
      <Page />
      <ReauthenticationDialog />
    </>,
  );
  return { ...shown, leave: () => leave() };
});

test("a dialog whose buttons cannot be fetched says so, and the page stays", async () => {
  vi.resetModules();
  vi.doMock("./social-proof.js", () => {
    throw new Error("a newer version is out");
  });
  const { ReauthenticationDialog: Dialog } = await import("./reauthentication-dialog.js");
  const { AuthProvider } = await import("../provider.js");
  stubServer({
    "GET /api/session/": signedIn(),
    "POST /api/notes/": problem(403, "reauthentication_required", { ways: ["social"] }),
  });
  const { createAuth } = await import("../../client.js");
  const auth = createAuth({ baseUrl: "/api/" });
  show(
    <AuthProvider auth={auth}>
      <Dialog />
    </AuthProvider>,
  );
  void auth.fetch("/api/notes/", { method: "POST" });
  expect(await screen.findByText(/cannot be reached/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Cancel" })).toBeTruthy();
  vi.doUnmock("./social-proof.js");
});
