import {
  ActionGroup,
  Alert,
  Button,
  Card,
  CardBody,
  CardTitle,
  Divider,
  Form,
  FormGroup,
  TextInput,
} from "@patternfly/react-core";
import { useState, type FormEvent } from "react";
import { Navigate, useLocation } from "react-router";
import { explain } from "../api/problem.ts";
import { Mark } from "../ui/mark.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { keepReturn, returnTo } from "./return-to.ts";
import { useSession, useSessionOptions, useSignIn } from "./session.ts";

export function SignInPage() {
  const location = useLocation();
  const target = returnTo(location.search);
  const session = useSession();
  const options = useSessionOptions();

  if (session.data) {
    return <Navigate to={target} replace />;
  }
  return (
    <main className="cordon-sign-in">
      <title>Sign in · Cordon</title>
      <Card className="cordon-sign-in__card">
        <CardTitle component="h1">
          <span className="cordon-brand">
            <Mark /> Sign in to Cordon
          </span>
        </CardTitle>
        <CardBody>
          {options.error && (
            <ProblemAlert error={options.error} onRetry={() => void options.refetch()} />
          )}
          {options.data?.local && <LocalForm />}
          {options.data?.local && options.data.oidc.enabled && (
            <Divider className="cordon-sign-in__or" />
          )}
          {options.data?.oidc.enabled && (
            <Button
              variant="secondary"
              isBlock
              component="a"
              href={options.data.oidc.loginUrl ?? undefined}
              onClick={() => keepReturn(target)}
            >
              Sign in with single sign-on
            </Button>
          )}
        </CardBody>
      </Card>
    </main>
  );
}

function LocalForm() {
  const { signIn } = useSignIn();
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(user, password);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const words = error ? explain(error) : null;
  return (
    <Form onSubmit={(event) => void submit(event)}>
      {words && (
        <Alert variant="danger" isInline title={words.title} role="alert">
          {words.body}
        </Alert>
      )}
      <FormGroup label="User name" isRequired fieldId="user">
        <TextInput
          id="user"
          name="username"
          autoComplete="username"
          isRequired
          autoFocus
          value={user}
          onChange={(_, value) => setUser(value)}
        />
      </FormGroup>
      <FormGroup label="Password" isRequired fieldId="password">
        <TextInput
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={(_, value) => setPassword(value)}
        />
      </FormGroup>
      <ActionGroup>
        <Button type="submit" isBlock isLoading={busy} isDisabled={busy || !user || !password}>
          Sign in
        </Button>
      </ActionGroup>
    </Form>
  );
}
