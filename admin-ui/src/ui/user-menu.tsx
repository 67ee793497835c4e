import {
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from "@patternfly/react-core";
import { useState } from "react";
import { useSession, useSignIn } from "../access/session.ts";

export function UserMenu() {
  const { data: session } = useSession();
  const { signOut } = useSignIn();
  const [open, setOpen] = useState(false);
  if (!session) {
    return null;
  }
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      popperProps={{ position: "right" }}
      toggle={(ref) => (
        <MenuToggle ref={ref} isExpanded={open} onClick={() => setOpen(!open)} variant="plainText">
          <span className="cordon-user">
            <span>{session.displayName}</span>
            <span className="cordon-quiet">{session.roles.join(", ")}</span>
          </span>
        </MenuToggle>
      )}
    >
      <DropdownGroup label={`Signed in as ${session.user}`}>
        <DropdownList>
          <DropdownItem onClick={() => void signOut()}>Sign out</DropdownItem>
        </DropdownList>
      </DropdownGroup>
    </Dropdown>
  );
}
