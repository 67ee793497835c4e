// `npm ci` unless node_modules already is what the lock file says: it takes half a minute, and Maven asks on every build.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const stamp = "node_modules/.cordon-lock";
const wanted = createHash("sha256")
  .update(readFileSync("package-lock.json"))
  .update(`${process.version} ${process.platform} ${process.arch}`)
  .digest("hex");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
  process.exit(0);
}
const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], {
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (npm.error) {
  console.error(
    `admin-ui: npm cannot be started: ${npm.error.message} (expected: npm 10 or newer on the PATH)`,
  );
}
if (npm.status === 0) {
  writeFileSync(stamp, wanted);
}
process.exit(npm.status ?? 1);
