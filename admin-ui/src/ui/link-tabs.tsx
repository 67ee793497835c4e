import styles from "@patternfly/react-styles/css/components/Tabs/tabs";
import { Link, useLocation } from "react-router";

/** Tabs whose state is the path: each one is a link, so this is navigation and not a `tablist`. */
export function LinkTabs(props: { label: string; tabs: { to: string; name: string }[] }) {
  const { pathname } = useLocation();
  const active = props.tabs
    .toSorted((a, b) => b.to.length - a.to.length)
    .find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <nav className={styles.tabs} aria-label={props.label}>
      <ul className={styles.tabsList}>
        {props.tabs.map((tab) => (
          <li
            key={tab.to}
            className={`${styles.tabsItem} ${tab === active ? styles.modifiers.current : ""}`}
          >
            <Link
              to={tab.to}
              className={styles.tabsLink}
              aria-current={tab === active ? "page" : undefined}
            >
              <span className={styles.tabsItemText}>{tab.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
