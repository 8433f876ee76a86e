import { ActivityList } from "django-spa-auth/react";
import { Link } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { Sentence } from "../layout/sentence";
import { paths } from "../paths";
import { english } from "../words/accounts";

export function ActivityPage() {
  const words = useWords("accounts", english);
  return (
    <Page title={words.activity} className="narrow">
      <p className="lead">
        <Sentence text={words.activityLead}>
          {(link, index) => <Link to={index === 0 ? paths.password : paths.devices}>{link}</Link>}
        </Sentence>
      </p>
      <ActivityList />
    </Page>
  );
}
