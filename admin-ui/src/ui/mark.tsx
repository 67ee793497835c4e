import mark from "./mark.svg";

/** The name stands beside it wherever it is used, so it says nothing itself. */
export function Mark() {
  return <img src={mark} alt="" width={28} height={28} />;
}
