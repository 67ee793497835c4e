import { PageSection } from "@patternfly/react-core";
import { useState } from "react";
import { Outlet, useOutletContext, useParams } from "react-router";
import { useMay } from "../access/session.ts";
import type { Endpoint } from "../api/types.ts";
import { ActionButton } from "../ui/action-button.tsx";
import { LinkTabs } from "../ui/link-tabs.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { useEndpoint, useSwitchEndpoint } from "./fleet-api.ts";
import { StateLabel } from "./state-label.tsx";

const trail = [{ to: "/fleet", name: "Fleet" }];

export function EndpointPage() {
  const id = useParams()["id"]!;
  const endpoint = useEndpoint(id);
  return endpoint.data ? (
    <EndpointView endpoint={endpoint.data} />
  ) : (
    <>
      <PageHeader title="Endpoint" trail={trail} />
      <PageSection hasBodyWrapper={false}>
        <QueryView query={endpoint}>{() => null}</QueryView>
      </PageSection>
    </>
  );
}

function EndpointView({ endpoint }: { endpoint: Endpoint }) {
  const verdict = useMay("fleet.manage");
  const [asking, setAsking] = useState(false);
  const change = useSwitchEndpoint(endpoint.id);
  const disabled = endpoint.state === "disabled";
  const base = `/fleet/${endpoint.id}`;
  return (
    <>
      <PageHeader
        title={endpoint.hostname}
        trail={trail}
        badges={<StateLabel state={endpoint.state} reason={endpoint.stateReason} />}
        about={endpoint.stateReason}
        actions={
          <ActionButton
            verdict={verdict}
            variant="secondary"
            isDanger={!disabled}
            onClick={() => setAsking(true)}
          >
            {disabled ? "Enable" : "Disable"}
          </ActionButton>
        }
      />
      <PageSection hasBodyWrapper={false} type="tabs">
        <LinkTabs
          label="Endpoint"
          tabs={[
            { to: base, name: "Overview" },
            { to: `${base}/policy`, name: "Effective policy" },
            { to: `${base}/agents`, name: "Coding agents" },
            { to: `${base}/runs`, name: "Runs" },
          ]}
        />
      </PageSection>
      <PageSection hasBodyWrapper={false} isFilled>
        <Outlet context={endpoint} />
      </PageSection>
      {asking && (
        <ReasonDialog
          title={`${disabled ? "Enable" : "Disable"} ${endpoint.hostname}`}
          action={disabled ? "Enable endpoint" : "Disable endpoint"}
          danger={!disabled}
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            await change.mutateAsync({ to: disabled ? "enable" : "disable", reason });
            setAsking(false);
          }}
        >
          <p>
            {disabled
              ? "The server will answer its calls again."
              : "The server will refuse its calls. The endpoint keeps enforcing the last policy it verified."}
          </p>
        </ReasonDialog>
      )}
    </>
  );
}

export function useShownEndpoint(): Endpoint {
  return useOutletContext<Endpoint>();
}
