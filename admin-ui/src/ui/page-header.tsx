import { Breadcrumb, BreadcrumbItem, PageSection, Title } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { Link } from "react-router";

/** The page's one h1, its document title, where it stands, and what can be done with the whole of it. */
export function PageHeader(props: {
  title: string;
  trail?: { to: string; name: string }[];
  badges?: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <PageSection hasBodyWrapper={false} className="cordon-header">
      <title>{`${props.title} · Cordon`}</title>
      {props.trail && (
        <Breadcrumb>
          {props.trail.map(({ to, name }) => (
            <BreadcrumbItem
              key={to}
              render={({ className }) => (
                <Link to={to} className={className}>
                  {name}
                </Link>
              )}
            />
          ))}
          <BreadcrumbItem isActive>{props.title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <div className="cordon-header__line">
        <div className="cordon-header__title">
          <Title headingLevel="h1">{props.title}</Title>
          {props.badges}
        </div>
        {props.actions && <div className="cordon-header__actions">{props.actions}</div>}
      </div>
      {props.about && <div className="cordon-quiet">{props.about}</div>}
    </PageSection>
  );
}
