import { Alert, Card, CardBody, CardTitle, Label, LabelGroup } from "@patternfly/react-core";
import type { Endpoint } from "../api/types.ts";
import { Facts } from "../ui/facts.tsx";
import { short } from "../ui/format.ts";
import { AbsoluteTime, RelativeTime } from "../ui/time.tsx";
import { useShownEndpoint } from "./endpoint-page.tsx";
import { PolicyVersion } from "./policy-version.tsx";

export function EndpointOverview() {
  const endpoint = useShownEndpoint();
  return (
    <div className="cordon-columns">
      <Card isCompact>
        <CardTitle component="h2">Machine</CardTitle>
        <CardBody>
          <Facts
            label="Machine"
            facts={[
              ["Host", endpoint.hostname],
              [
                "System",
                [endpoint.os, endpoint.osVersion, endpoint.arch].filter(Boolean).join(" · "),
              ],
              ["Group", endpoint.group],
              ["Tags", <Tags key="tags" tags={endpoint.tags} />],
              ["Agent", endpoint.agentVersion],
              ["Enrolled", <RelativeTime key="enrolled" at={endpoint.enrolledAt} />],
              ["Last contact", <RelativeTime key="contact" at={endpoint.lastContactAt} />],
              ["Endpoint id", <Mono key="id" text={endpoint.id} />],
              ["Machine id", endpoint.machineId && <Mono key="mid" text={endpoint.machineId} />],
            ]}
          />
        </CardBody>
      </Card>
      <div className="cordon-stack">
        <InForce endpoint={endpoint} />
        <Health endpoint={endpoint} />
        <Certificate endpoint={endpoint} />
      </div>
    </div>
  );
}

function InForce({ endpoint }: { endpoint: Endpoint }) {
  const report = endpoint.effectivePolicy;
  const attempt = endpoint.lastAttempt;
  return (
    <Card isCompact>
      <CardTitle component="h2">In force</CardTitle>
      <CardBody className="cordon-stack">
        {report?.staleSince && (
          <Alert variant="warning" isInline isPlain title="The signed metadata has expired">
            Expired <RelativeTime at={report.staleSince} />. The endpoint keeps what it verified
            last.
          </Alert>
        )}
        {report?.notices.map((notice) => (
          <Alert key={notice} variant="info" isInline isPlain title={notice} />
        ))}
        {report ? (
          <Facts
            label="In force"
            facts={[
              [
                "Policy",
                <PolicyVersion key="p" name={report.policyName} version={report.policyVersion} />,
              ],
              ["Mode", report.mode],
              ["Digest", <Mono key="d" text={short(report.digest, 24)} />],
              [
                "Signed targets",
                report.targetsVersion === null ? null : `version ${report.targetsVersion}`,
              ],
              [
                "Last attempt",
                attempt && (
                  <span key="a">
                    {attempt.status.toLowerCase()} <RelativeTime at={attempt.at} none="" />
                  </span>
                ),
              ],
              ["Reason", attempt?.reason],
            ]}
          />
        ) : (
          <p className="cordon-quiet">
            It has reported no policy yet. Until it has one, the built-in strictest policy holds.
          </p>
        )}
      </CardBody>
    </Card>
  );
}

function Health({ endpoint }: { endpoint: Endpoint }) {
  const health = endpoint.health;
  return (
    <Card isCompact>
      <CardTitle component="h2">Health</CardTitle>
      <CardBody>
        {health && health.components.length > 0 ? (
          <Facts
            label="Health"
            facts={health.components.map(({ name, healthy, status }) => [
              name,
              <span key={name} className="cordon-inline">
                <Label isCompact status={healthy ? "success" : "danger"}>
                  {healthy ? "Healthy" : "Unhealthy"}
                </Label>
                {status}
              </span>,
            ])}
          />
        ) : (
          <p className="cordon-quiet">{health?.healthy ? "Healthy." : "Nothing reported yet."}</p>
        )}
      </CardBody>
    </Card>
  );
}

function Certificate({ endpoint }: { endpoint: Endpoint }) {
  const certificate = endpoint.certificate;
  return (
    <Card isCompact>
      <CardTitle component="h2">Device certificate</CardTitle>
      <CardBody>
        {certificate ? (
          <Facts
            label="Device certificate"
            facts={[
              ["Serial", <Mono key="s" text={certificate.serial} />],
              ["Valid from", <AbsoluteTime key="b" at={certificate.notBefore} />],
              [
                "Valid until",
                <span key="a">
                  <AbsoluteTime at={certificate.notAfter} /> (
                  <RelativeTime at={certificate.notAfter} />)
                </span>,
              ],
            ]}
          />
        ) : (
          <p className="cordon-quiet">None.</p>
        )}
      </CardBody>
    </Card>
  );
}

function Tags({ tags }: { tags: Record<string, string> }) {
  const entries = Object.entries(tags);
  return entries.length === 0 ? (
    <span className="cordon-quiet">none</span>
  ) : (
    <LabelGroup>
      {entries.map(([name, value]) => (
        <Label key={name} isCompact variant="outline">
          {name}={value}
        </Label>
      ))}
    </LabelGroup>
  );
}

function Mono({ text }: { text: string }) {
  return <span className="cordon-mono">{text}</span>;
}
