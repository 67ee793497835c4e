import { PageSection } from "@patternfly/react-core";
import { Outlet } from "react-router";
import { LinkTabs } from "../ui/link-tabs.tsx";
import { PageHeader } from "../ui/page-header.tsx";

export function CodingAgentsPage() {
  return (
    <>
      <PageHeader
        title="Coding agents"
        about="Who uses which coding agent on which machine, as the endpoints report it, and how often developers are asked."
      />
      <PageSection hasBodyWrapper={false} type="tabs">
        <LinkTabs
          label="Coding agents"
          tabs={[
            { to: "/coding-agents", name: "By user and machine" },
            { to: "/coding-agents/versions", name: "Versions" },
            { to: "/coding-agents/questions", name: "Questions to developers" },
          ]}
        />
      </PageSection>
      <PageSection hasBodyWrapper={false} isFilled>
        <Outlet />
      </PageSection>
    </>
  );
}
