import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

const key = "cordon.theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function stored(): Theme {
  const value = localStorage.getItem(key);
  return value === "light" || value === "dark" ? value : "system";
}

export function isDark(): boolean {
  const theme = stored();
  return theme === "dark" || (theme === "system" && system.matches);
}

/** Puts the theme on the document: PatternFly's class, and the browser's own controls. */
export function applyTheme(): void {
  document.documentElement.classList.toggle("pf-v6-theme-dark", isDark());
  document.documentElement.style.colorScheme = isDark() ? "dark" : "light";
  listeners.forEach((listener) => listener());
}

system.addEventListener("change", applyTheme);

export function chooseTheme(theme: Theme): void {
  if (theme === "system") {
    localStorage.removeItem(key);
  } else {
    localStorage.setItem(key, theme);
  }
  applyTheme();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): { theme: Theme; dark: boolean } {
  return {
    theme: useSyncExternalStore(subscribe, stored),
    dark: useSyncExternalStore(subscribe, isDark),
  };
}
