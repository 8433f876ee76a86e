import { ActivityList } from "django-spa-auth/react";
import { Link } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function ActivityPage() {
  const words = useWords();
  const [before, password, between, devices, after] = words.activityLead;
  return (
    <Page title={words.activity} className="narrow">
      <p className="lead">
        {before}
        <Link to={paths.password}>{password}</Link>
        {between}
        <Link to={paths.devices}>{devices}</Link>
        {after}
      </p>
      <ActivityList />
    </Page>
  );
}
