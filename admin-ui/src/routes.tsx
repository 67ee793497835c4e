import { createBrowserRouter, Navigate } from "react-router";
import { useState } from "react";
import { takeReturn } from "./access/return-to.ts";
import { SignInPage } from "./access/sign-in-page.tsx";
import { AuditPage } from "./audit/audit-page.tsx";
import { EnrollmentPage } from "./enrollment/enrollment-page.tsx";
import { AgentList } from "./fleet/agent-list.tsx";
import { AgentVersions } from "./fleet/agent-versions.tsx";
import { CodingAgentsPage } from "./fleet/coding-agents-page.tsx";
import { EndpointAgents } from "./fleet/endpoint-agents.tsx";
import { EndpointOverview } from "./fleet/endpoint-overview.tsx";
import { EndpointPage } from "./fleet/endpoint-page.tsx";
import { EndpointPolicy } from "./fleet/endpoint-policy.tsx";
import { EndpointRuns } from "./fleet/endpoint-runs.tsx";
import { FleetPage } from "./fleet/fleet-page.tsx";
import { Questions } from "./investigation/questions.tsx";
import { SessionPage } from "./investigation/session-page.tsx";
import { SessionsPage } from "./investigation/sessions-page.tsx";
import { TracePage } from "./investigation/trace-page.tsx";
import { LibraryPage } from "./policy/library-page.tsx";
import { PoliciesPage } from "./policy/policies-page.tsx";
import { Lost, RouteFailure } from "./ui/lost.tsx";
import { Shell } from "./ui/shell.tsx";

/** Every view is a path; what filters or selects inside it is in its query. Pages with the editor load it when needed. */
export const router = createBrowserRouter([
  { path: "/sign-in", element: <SignInPage />, errorElement: <RouteFailure /> },
  {
    path: "/",
    element: <Shell />,
    errorElement: <RouteFailure />,
    HydrateFallback: () => null,
    children: [
      { index: true, element: <Start /> },
      { path: "fleet", element: <FleetPage /> },
      { path: "fleet/enroll", element: <EnrollmentPage /> },
      {
        path: "fleet/:id",
        element: <EndpointPage />,
        children: [
          { index: true, element: <EndpointOverview /> },
          { path: "policy", element: <EndpointPolicy /> },
          { path: "agents", element: <EndpointAgents /> },
          { path: "runs", element: <EndpointRuns /> },
        ],
      },
      {
        path: "coding-agents",
        element: <CodingAgentsPage />,
        children: [
          { index: true, element: <AgentList /> },
          { path: "versions", element: <AgentVersions /> },
          { path: "questions", element: <Questions /> },
        ],
      },
      { path: "policies", element: <PoliciesPage /> },
      { path: "policies/library", element: <LibraryPage /> },
      { path: "policies/new", lazy: () => page(import("./policy/new-page.tsx"), "NewPage") },
      {
        path: "policies/:name",
        lazy: () => page(import("./policy/policy-page.tsx"), "PolicyPage"),
      },
      {
        path: "policies/:name/edit",
        lazy: () => page(import("./policy/editor-page.tsx"), "EditorPage"),
      },
      {
        path: "policies/:name/diff",
        lazy: () => page(import("./policy/diff-page.tsx"), "DiffPage"),
      },
      {
        path: "policies/:name/revisions/:revision",
        lazy: () => page(import("./policy/revision-page.tsx"), "RevisionPage"),
      },
      { path: "sessions", element: <SessionsPage /> },
      { path: "sessions/:id", element: <SessionPage /> },
      { path: "traces/:traceId", element: <TracePage /> },
      { path: "audit", element: <AuditPage /> },
      { path: "*", element: <Lost /> },
    ],
  },
]);

function Start() {
  const [target] = useState(takeReturn);
  return <Navigate to={target} replace />;
}

async function page<K extends string>(module: Promise<Record<K, React.ComponentType>>, name: K) {
  return { Component: (await module)[name] };
}
