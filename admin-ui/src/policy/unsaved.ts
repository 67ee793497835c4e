/**
 * Text that is typed but not saved, kept for this tab: a reload, a way back or a session that ran out loses nothing.
 * `basedOn` is the draft number it was typed over, so that a change by somebody else meanwhile still shows as a conflict.
 */
export interface Unsaved {
  text: string;
  basedOn: number;
}

const key = (name: string) => `cordon.unsaved.${name}`;

export function keepUnsaved(name: string, unsaved: Unsaved): void {
  try {
    sessionStorage.setItem(key(name), JSON.stringify(unsaved));
  } catch {
    // A full or forbidden storage only takes the safety net away; the text is still in the editor.
  }
}

export function dropUnsaved(name: string): void {
  sessionStorage.removeItem(key(name));
}

export function readUnsaved(name: string): Unsaved | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key(name)) ?? "null");
    if (typeof value === "object" && value !== null && "text" in value && "basedOn" in value) {
      return { text: String(value.text), basedOn: Number(value.basedOn) };
    }
  } catch {
    // Not ours, or from an older version: as good as none.
  }
  return null;
}
