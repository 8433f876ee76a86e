import { DeviceList } from "django-spa-auth/react";
import { Page } from "../layout/page";

export function Devices() {
  return (
    <Page title="Devices" className="narrow">
      <p className="lead">Where you are signed in. If you do not know one, sign it out.</p>
      <DeviceList />
    </Page>
  );
}
