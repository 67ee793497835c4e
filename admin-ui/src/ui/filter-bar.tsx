import {
  FormSelect,
  FormSelectOption,
  SearchInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from "@patternfly/react-core";
import { useEffect, useState, type ReactNode } from "react";
import { useFilters } from "./url-state.ts";

export function FilterBar(props: { children: ReactNode; end?: ReactNode }) {
  return (
    <Toolbar className="cordon-filters">
      <ToolbarContent>
        {props.children}
        {props.end && <ToolbarItem align={{ default: "alignEnd" }}>{props.end}</ToolbarItem>}
      </ToolbarContent>
    </Toolbar>
  );
}

/** Text that is looked for when the typing pauses. */
export function TextFilter(props: { name: string; label: string; width?: string }) {
  const filters = useFilters();
  const current = filters.of(props.name);
  const [text, setText] = useState(current);
  const [shown, setShown] = useState(current);
  const [asked, setAsked] = useState<string | null>(null);
  if (shown !== current) {
    setShown(current);
    setAsked(null);
    // What was asked for here has come into the URL, and typing may have gone on; anything else, "back" for instance, decides.
    if (current !== asked) {
      setText(current);
    }
  }
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === current) {
      return;
    }
    const pause = setTimeout(() => {
      setAsked(wanted);
      filters.set(props.name, wanted);
    }, 350);
    return () => clearTimeout(pause);
  }, [text, current, filters, props.name]);
  return (
    <ToolbarItem>
      <SearchInput
        aria-label={props.label}
        placeholder={props.label}
        value={text}
        style={{ width: props.width }}
        onChange={(_, value) => setText(value)}
        onClear={() => {
          setText("");
          filters.set(props.name, "");
        }}
      />
    </ToolbarItem>
  );
}

export function ChoiceFilter(props: {
  name: string;
  label: string;
  any: string;
  choices: { value: string; label: string }[];
}) {
  const filters = useFilters();
  return (
    <ToolbarItem>
      <FormSelect
        aria-label={props.label}
        className="cordon-choice"
        value={filters.of(props.name)}
        onChange={(_, value) => filters.set(props.name, value)}
      >
        <FormSelectOption value="" label={props.any} />
        {props.choices.map(({ value, label }) => (
          <FormSelectOption key={value} value={value} label={label} />
        ))}
      </FormSelect>
    </ToolbarItem>
  );
}

/** A moment, typed in the reader's own zone; the URL holds it in UTC. */
export function TimeFilter(props: { name: string; label: string }) {
  const filters = useFilters();
  return (
    <ToolbarItem>
      <label className="cordon-time-filter">
        <span className="cordon-quiet">{props.label}</span>
        <input
          type="datetime-local"
          className="cordon-input"
          value={toLocalInput(filters.of(props.name))}
          onChange={(event) => filters.set(props.name, fromLocalInput(event.currentTarget.value))}
        />
      </label>
    </ToolbarItem>
  );
}

export function toLocalInput(utc: string): string {
  const time = new Date(utc);
  if (!utc || Number.isNaN(time.getTime())) {
    return "";
  }
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function fromLocalInput(local: string): string {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
