// Everything that can be said about the sources without running them; ends with `ui-check: N passed, M failed`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const contract = "../server/openapi/admin-v1.json";

const run = (command, args) =>
  spawnSync("npx", ["--no-install", command, ...args], { stdio: "inherit" }).status === 0;

/** The types in the repository are those of the server's OpenAPI document in the same commit. */
function generatedTypesAreUpToDate() {
  if (!existsSync(contract)) {
    console.error(`${contract} is missing (expected: the server's build writes it)`);
    return false;
  }
  const folder = mkdtempSync(join(tmpdir(), "cordon-ui-"));
  try {
    const fresh = join(folder, "schema.d.ts");
    const generated = spawnSync("node", ["scripts/generate.mjs", fresh], { stdio: "inherit" });
    if (generated.status !== 0 || !run("oxfmt", ["-c", ".oxfmtrc.json", fresh])) {
      return false;
    }
    const same = readFileSync(fresh, "utf8") === readFileSync("src/api/schema.d.ts", "utf8");
    if (!same) {
      console.error(
        "src/api/schema.d.ts is out of date (expected: npm run generate, then commit it)",
      );
    }
    return same;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const checks = {
  types: () => run("tsc", ["--noEmit"]),
  lint: () => run("oxlint", ["--deny-warnings"]),
  format: () => run("oxfmt", ["--check"]),
  "generated types": generatedTypesAreUpToDate,
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const passed = check();
  failed += passed ? 0 : 1;
  console.log(`${passed ? "ok" : "FAILED"}: ${name}`);
}
console.log(`ui-check: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
