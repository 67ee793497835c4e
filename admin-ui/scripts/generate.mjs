// TypeScript types of /admin/v1 from the server's OpenAPI document: node scripts/generate.mjs [OUT].
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const contract = "../server/openapi/admin-v1.json";
const document = JSON.parse(readFileSync(contract, "utf8"));

// A Java record that is one string on the wire is described as an object with that string's values.
for (const schema of Object.values(document.components.schemas)) {
  if (schema.enum?.every((value) => typeof value === "string")) {
    schema.type = "string";
    delete schema.properties;
  }
}
const header =
  "// Generated from server/openapi/admin-v1.json by `npm run generate`. Do not edit.\n\n";
writeFileSync(
  process.argv[2] ?? "src/api/schema.d.ts",
  header + astToString(await openapiTS(document)),
);
