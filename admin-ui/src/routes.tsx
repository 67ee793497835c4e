import { createBrowserRouter, Navigate } from "react-router";
import { SignInPage } from "./access/sign-in-page.tsx";
import { PageHeader } from "./ui/page-header.tsx";
import { Shell } from "./ui/shell.tsx";

export const router = createBrowserRouter([
  { path: "/sign-in", element: <SignInPage /> },
  {
    path: "/",
    element: <Shell />,
    children: [
      { index: true, element: <Navigate to="/fleet" replace /> },
      { path: "*", element: <PageHeader title="There is nothing here" /> },
    ],
  },
]);
