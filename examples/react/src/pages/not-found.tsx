import { Link } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function NotFound() {
  return (
    <Page title="Not found" heading="There is no such page" className="narrow">
      <p className="lead">The address may be mistyped, or the page may have moved.</p>
      <p>
        <Link className="spa-button spa-primary" to={paths.home}>
          Go to the home page
        </Link>
      </p>
    </Page>
  );
}
