import { DeviceList } from "django-spa-auth/react";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { english } from "../words/accounts";

export function Devices() {
  const words = useWords("accounts", english);
  return (
    <Page title={words.devices} className="narrow">
      <p className="lead">{words.devicesLead}</p>
      <DeviceList />
    </Page>
  );
}
