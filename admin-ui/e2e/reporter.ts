import type { Reporter, TestModule } from "vitest/node";

/** The closing line that a build reads. */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      const broken = module.errors().length;
      failed += broken;
      for (const test of module.children.allTests()) {
        // A test that did not run proves nothing.
        if (test.result().state === "passed") {
          passed++;
        } else {
          failed++;
        }
      }
    }
    process.on("exit", () => console.log(`ui-e2e: ${passed} passed, ${failed} failed`));
  }
}
