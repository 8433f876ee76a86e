import { ActivityList } from "django-spa-auth/react";
import { Link } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function ActivityPage() {
  return (
    <Page title="Activity" className="narrow">
      <p className="lead">
        What happened to your account. Was something not you?{" "}
        <Link to={paths.password}>Choose another password</Link>, which signs out everywhere else
        too, or only <Link to={paths.devices}>sign out everywhere else</Link>.
      </p>
      <ActivityList />
    </Page>
  );
}
