// A browser that trusts exactly the authority it is given.
import { createHash, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import https from "node:https";
import { createRequire } from "node:module";

const ui = createRequire(new URL("../../../admin-ui/package.json", import.meta.url));
const { chromium } = ui("playwright-core");

/** Fails unless the server's certificate is signed by the authority and names the host. */
export function requireTrusted(url, ca) {
  return new Promise((trusted, fail) => {
    const request = https.get(new URL("/q/health/live", url), { ca, timeout: 60_000 }, (answer) => {
      answer.resume();
      answer.on("end", trusted);
    });
    request.on("timeout", () => request.destroy(new Error("no answer within 60 s")));
    request.on("error", (error) =>
      fail(new Error(`${url}: ${error.message} (expected: a server with a certificate of the given authority)`)),
    );
  });
}

/** Chromium with a fresh profile; of all unknown authorities it accepts this one. Checked before by requireTrusted. */
export async function openBrowser(ca) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(
      `${executablePath}: no browser there (expected: Chromium; install the package chromium, or name another with CHROMIUM)`,
    );
  }
  const key = new X509Certificate(ca).publicKey.export({ type: "spki", format: "der" });
  const pin = createHash("sha256").update(key).digest("base64");
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      `--ignore-certificate-errors-spki-list=${pin}`,
    ],
  });
}
