import { ToggleGroup, ToggleGroupItem } from "@patternfly/react-core";
import { DesktopIcon } from "@patternfly/react-icons/dist/esm/icons/desktop-icon";
import { MoonIcon } from "@patternfly/react-icons/dist/esm/icons/moon-icon";
import { SunIcon } from "@patternfly/react-icons/dist/esm/icons/sun-icon";
import { chooseTheme, useTheme, type Theme } from "./theme.ts";

const themes: { theme: Theme; name: string; icon: typeof SunIcon }[] = [
  { theme: "light", name: "Light theme", icon: SunIcon },
  { theme: "dark", name: "Dark theme", icon: MoonIcon },
  { theme: "system", name: "System theme", icon: DesktopIcon },
];

export function ThemeToggle() {
  const { theme } = useTheme();
  return (
    <ToggleGroup aria-label="Theme">
      {themes.map(({ theme: each, name, icon: Icon }) => (
        <ToggleGroupItem
          key={each}
          icon={<Icon />}
          aria-label={name}
          isSelected={theme === each}
          onChange={() => chooseTheme(each)}
        />
      ))}
    </ToggleGroup>
  );
}
