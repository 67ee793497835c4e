import { Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useLocation, useNavigate } from "react-router";

/** Tabs whose state is the path: each one is a link. */
export function LinkTabs(props: { label: string; tabs: { to: string; name: string }[] }) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const active = props.tabs
    .toSorted((a, b) => b.to.length - a.to.length)
    .find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <Tabs
      component="nav"
      aria-label={props.label}
      activeKey={active?.to ?? ""}
      className="cordon-tabs"
    >
      {props.tabs.map(({ to, name }) => (
        <Tab
          key={to}
          eventKey={to}
          href={to}
          title={<TabTitleText>{name}</TabTitleText>}
          aria-current={active?.to === to ? "page" : undefined}
          onClick={(event) => {
            if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
              event.preventDefault();
              void navigate(to);
            }
          }}
        />
      ))}
    </Tabs>
  );
}
