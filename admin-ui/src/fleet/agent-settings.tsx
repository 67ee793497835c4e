import { Card, CardBody, CardTitle, ExpandableSection, Label } from "@patternfly/react-core";
import { useState } from "react";
import type { Inventory, SettingsDrift } from "../api/types.ts";
import { count } from "../ui/format.ts";
import { AbsoluteTime } from "../ui/time.tsx";
import { agentTitle, diffLines } from "./coding-agents.ts";

type Settings = Inventory["settings"][number];

/** How the managed settings stand: the files, what an agent cannot be told, and what somebody else changed. */
export function AgentSettings(props: { settings: Settings[]; drifts: SettingsDrift[] }) {
  return (
    <Card isCompact>
      <CardTitle component="h2">Managed settings</CardTitle>
      <CardBody className="cordon-stack">
        {props.settings.length === 0 && (
          <span className="cordon-quiet">The endpoint manages the settings of no agent.</span>
        )}
        {props.settings.map((each) => (
          <OneAgent
            key={each.agent}
            settings={each}
            drifts={props.drifts.filter(({ agent }) => agent === each.agent)}
          />
        ))}
      </CardBody>
    </Card>
  );
}

function OneAgent({ settings, drifts }: { settings: Settings; drifts: SettingsDrift[] }) {
  const title = agentTitle(settings.agent);
  return (
    <section aria-label={`Settings of ${title}`} className="cordon-stack">
      <h3 className="cordon-section-title">{title}</h3>
      <ul aria-label={`Files of ${title}`}>
        {settings.files.map((file) => (
          <li key={file.path} className="cordon-inline">
            <Label isCompact status={file.problem ? "danger" : "success"}>
              {file.problem ? "Not in place" : "In place"}
            </Label>
            <span className="cordon-mono">{file.path}</span>
            {file.problem && <span>{file.problem}</span>}
          </li>
        ))}
      </ul>
      {settings.limits.length > 0 && (
        <div>
          <span className="cordon-inline">
            <Label isCompact status="warning">
              {count(settings.limits.length, "limit")}
            </Label>
            What the policy asks and {title} cannot be told:
          </span>
          <ul aria-label={`Limits of ${title}`} className="cordon-bullets">
            {settings.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </div>
      )}
      {drifts.length > 0 && (
        <div className="cordon-stack">
          <span className="cordon-inline">
            <Label isCompact status="danger">
              {count(drifts.length, "drift")}
            </Label>
            Changed by somebody else, and put back:
          </span>
          {drifts.toReversed().map((drift) => (
            <Drift key={`${drift.at} ${drift.path}`} drift={drift} />
          ))}
        </div>
      )}
    </section>
  );
}

function Drift({ drift }: { drift: SettingsDrift }) {
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection
      isIndented
      isExpanded={open}
      onToggle={(_, expanded) => setOpen(expanded)}
      toggleContent={
        <span>
          {drift.path}, <AbsoluteTime at={drift.at} />
        </span>
      }
    >
      <pre className="cordon-unified" aria-label={`Change of ${drift.path}`} tabIndex={0}>
        {diffLines(drift.diff).map((line) => (
          <span key={line.number} data-kind={line.kind}>
            {line.text}
            {"\n"}
          </span>
        ))}
      </pre>
    </ExpandableSection>
  );
}
