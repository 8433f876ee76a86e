import { screen } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { defineComponent, h, shallowRef, type VNode } from "vue";
import { problem, signedIn, stubServer } from "../../../testing/server.js";
import { describeSocial, type SocialPart, type SocialProps } from "../../../testing/social.js";
import { show } from "../../../testing/vue.js";
import { useAuth } from "../plugin.js";
import { ConnectedAccounts } from "./connected-accounts.js";
import { ReauthenticationDialog } from "./reauthentication-dialog.js";
import { SocialButtons } from "./social-buttons.js";
import { SocialCallback } from "./social-callback.js";

const Button = defineComponent<Pick<SocialProps, "onPress">, []>(
  (props) => {
    const auth = useAuth();
    return () => h("button", { type: "button", onClick: () => props.onPress(auth) }, "Press");
  },
  { name: "PressButton", props: ["onPress"] },
);

const PARTS: Record<SocialPart, (props: SocialProps) => VNode> = {
  SocialButtons: ({ next, remember, popup }) => h(SocialButtons, { next, remember, popup }),
  SocialCallback: ({ onPress: _, ...props }) => h(SocialCallback, props),
  ConnectedAccounts: ({ next }) => h(ConnectedAccounts, { next }),
  Button: ({ onPress }) => h(Button, { onPress }),
};

describeSocial((name, props) => {
  const here = shallowRef(true);
  const shown = show(() =>
    h("div", [here.value ? PARTS[name](props) : null, h(ReauthenticationDialog)]),
  );
  const leave = () => {
    here.value = false;
  };
  return { ...shown, leave };
});

test("a dialog whose buttons cannot be fetched says so, and the page stays", async () => {
  vi.resetModules();
  vi.doMock("./social-proof.js", () => {
    throw new Error("a newer version is out");
  });
  const { ReauthenticationDialog: Dialog } = await import("./reauthentication-dialog.js");
  const { authPlugin } = await import("../plugin.js");
  const { createAuth } = await import("../../client.js");
  stubServer({
    "GET /api/session/": signedIn(),
    "POST /api/notes/": problem(403, "reauthentication_required", { ways: ["social"] }),
  });
  const auth = createAuth({ baseUrl: "/api/" });
  show(() => h(Dialog), { plugins: [{ install: (app) => void app.use(authPlugin, { auth }) }] });
  void auth.fetch("/api/notes/", { method: "POST" });
  expect(await screen.findByText(/cannot be reached/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Cancel" })).toBeTruthy();
  vi.doUnmock("./social-proof.js");
});
