import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { validate } from "./policy-api.ts";

/** The server's judgement of a text, asked for when the typing pauses. While a newer one is awaited the old one stays. */
export function useValidation(source: string) {
  const settled = useSettled(source, 400);
  return useQuery({
    queryKey: ["validation", settled],
    queryFn: () => validate(settled),
    placeholderData: (before) => before,
    enabled: settled.trim() !== "",
    gcTime: 60_000,
    staleTime: Infinity,
  });
}

function useSettled<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
