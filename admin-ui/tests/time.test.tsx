import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RelativeTime } from "../src/ui/time.tsx";

const second = 1000;

describe("a relative time", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it("is no future one where the page showed none for a while before", () => {
    vi.advanceTimersByTime(40 * second);
    render(<RelativeTime at={new Date(Date.now() - 10 * second).toISOString()} />);
    expect(screen.getByText("10 seconds ago")).toBeTruthy();
  });

  it("goes on while somebody looks", () => {
    render(<RelativeTime at={new Date().toISOString()} />);
    expect(screen.getByText("just now")).toBeTruthy();
    act(() => {
      vi.advanceTimersByTime(20 * second);
    });
    expect(screen.getByText("20 seconds ago")).toBeTruthy();
  });
});
