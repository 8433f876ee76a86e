import { Link } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function NotFound() {
  const words = useWords();
  return (
    <Page title={words.notFound} heading={words.noSuchPage} className="narrow">
      <p className="lead">{words.notFoundLead}</p>
      <p>
        <Link className="spa-button spa-primary" to={paths.home}>
          {words.goHome}
        </Link>
      </p>
    </Page>
  );
}
