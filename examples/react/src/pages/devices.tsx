import { DeviceList } from "django-spa-auth/react";
import { useWords } from "../language";
import { Page } from "../layout/page";

export function Devices() {
  const words = useWords();
  return (
    <Page title={words.devices} className="narrow">
      <p className="lead">{words.devicesLead}</p>
      <DeviceList />
    </Page>
  );
}
