import { ActivityList } from "django-spa-auth/react";
import { Link } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function ActivityPage() {
  return (
    <Page title="Activity" className="narrow">
      <p className="lead">
        What happened to your account. Was something not you?{" "}
        <Link to={paths.devices}>Sign out everywhere else.</Link>
      </p>
      <ActivityList />
    </Page>
  );
}
