import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from "@patternfly/react-core";
import { Suspense, useEffect, useLayoutEffect, useRef } from "react";
import { Link, Navigate, Outlet, useLocation, useNavigate } from "react-router";
import { signInLink } from "../access/return-to.ts";
import { sessionKey, useSession } from "../access/session.ts";
import { onSignedOut } from "../api/client.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Mark } from "./mark.tsx";
import { QueryView } from "./query-view.tsx";
import { Waiting } from "./waiting.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import { UserMenu } from "./user-menu.tsx";

const places = [
  { to: "/fleet", name: "Fleet" },
  { to: "/coding-agents", name: "Coding agents" },
  { to: "/policies", name: "Policies" },
  { to: "/sessions", name: "Sessions", also: ["/traces"] },
  { to: "/audit", name: "Audit" },
];

/** Masthead, navigation and the page; everything inside it needs a session. */
export function Shell() {
  const session = useSession();
  const queries = useQueryClient();
  const location = useLocation();

  useEffect(() => {
    onSignedOut(() => queries.setQueryData(sessionKey, null));
  }, [queries]);

  if (session.data === null) {
    return <Navigate to={signInLink(location)} replace />;
  }
  return <QueryView query={session}>{() => <SignedIn />}</QueryView>;
}

function SignedIn() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  useFocusOnNavigation(pathname);
  return (
    <Page
      mainContainerId="content"
      mainTabIndex={-1}
      isManagedSidebar
      isContentFilled
      skipToContent={<SkipToContent href="#content">Skip to content</SkipToContent>}
      masthead={
        <Masthead>
          <MastheadMain>
            <MastheadToggle>
              <PageToggleButton isHamburgerButton aria-label="Navigation" />
            </MastheadToggle>
            <MastheadBrand>
              <Link to="/fleet" className="cordon-brand">
                <Mark /> Cordon
              </Link>
            </MastheadBrand>
          </MastheadMain>
          <MastheadContent>
            <Toolbar isStatic>
              <ToolbarContent>
                <ToolbarGroup align={{ default: "alignEnd" }}>
                  <ToolbarItem>
                    <ThemeToggle />
                  </ToolbarItem>
                  <ToolbarItem>
                    <UserMenu />
                  </ToolbarItem>
                </ToolbarGroup>
              </ToolbarContent>
            </Toolbar>
          </MastheadContent>
        </Masthead>
      }
      sidebar={
        <PageSidebar>
          <PageSidebarBody>
            <Nav aria-label="Main">
              <NavList>
                {places.map(({ to, name, also = [] }) => (
                  <NavItem
                    key={to}
                    to={to}
                    isActive={[to, ...also].some((prefix) => pathname.startsWith(prefix))}
                    onClick={(event) => {
                      event.preventDefault();
                      void navigate(to);
                    }}
                  >
                    {name}
                  </NavItem>
                ))}
              </NavList>
            </Nav>
          </PageSidebarBody>
        </PageSidebar>
      }
    >
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </Page>
  );
}

/** After a change of page (not of a filter) the reading position is the new page's start. */
function useFocusOnNavigation(pathname: string): void {
  const first = useRef(true);
  // With the page itself: later it would take the focus from whoever has already moved it on.
  useLayoutEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const main = document.getElementById("content");
    main?.focus({ preventScroll: true });
    main?.scrollTo(0, 0);
  }, [pathname]);
}
