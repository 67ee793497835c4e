// Serves the repositories on loopback and reads them with tuf-js. Every case starts with an empty client folder unless it says so.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { deepStrictEqual, rejects, strictEqual } from 'node:assert';
import { join, normalize } from 'node:path';
import { Updater } from 'tuf-js';

const work = process.argv[2];
const POLICY = 'policies/balanced.yaml';

let served = '';
const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  try {
    response.end(readFileSync(join(served, path)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const repository = (name) => join(work, 'repositories', name);
let clients = 0;

/** A new client folder that trusts the repository's first root, as an enrolled endpoint does. */
function enroll(name) {
  const folder = join(work, `client-${++clients}`);
  mkdirSync(join(folder, 'metadata'), { recursive: true });
  mkdirSync(join(folder, 'targets'));
  cpSync(join(repository(name), 'metadata/1.root.json'), join(folder, 'metadata/root.json'));
  return folder;
}

function updater(folder) {
  return new Updater({
    metadataDir: join(folder, 'metadata'),
    metadataBaseUrl: `${base}/metadata`,
    targetDir: join(folder, 'targets'),
    targetBaseUrl: `${base}/targets`,
    config: { fetchRetry: 0 },
  });
}

const version = (folder, role) => JSON.parse(readFileSync(join(folder, 'metadata', `${role}.json`), 'utf8')).signed.version;

async function read(folder, path) {
  const client = updater(folder);
  await client.refresh();
  const info = await client.getTargetInfo(path);
  const file = await client.downloadTarget(info, join(folder, 'targets', 'downloaded'));
  return { info, text: readFileSync(file, 'utf8') };
}

const cases = {
  async 'a new client reads a policy with its custom metadata'() {
    served = repository('first');
    const { info, text } = await read(enroll('first'), POLICY);
    strictEqual(text, 'mode: enforce\n');
    deepStrictEqual(info.custom, {
      kind: 'SandboxPolicy',
      name: 'balanced',
      revision: 2 ** 53,
      title: 'Ausgewogen – 均衡 🔒 "quoted" \\',
      list: [null, true, -1],
    });
  },
  async 'a client follows a rotation of the root and timestamp keys and a publication'() {
    served = repository('first');
    const folder = enroll('first');
    await read(folder, POLICY);
    served = repository('second');
    strictEqual((await read(folder, POLICY)).text, 'mode: audit\n');
    deepStrictEqual(['root', 'targets', 'snapshot', 'timestamp'].map((role) => version(folder, role)), [2, 3, 4, 4]);
  },
  async 'a client that starts with the first root reads the second state'() {
    served = repository('second');
    strictEqual((await read(enroll('second'), 'assignments.yaml')).text, 'rules: []\n');
  },
  async 'a roll back is refused'() {
    served = repository('third');
    const folder = enroll('third');
    await read(folder, POLICY);
    served = repository('second');
    await rejects(() => read(folder, POLICY), /version/i);
    strictEqual(version(folder, 'targets'), 4);
  },
  async 'an expired timestamp is refused'() {
    served = repository('expired');
    await rejects(() => read(enroll('expired'), POLICY), /expired/i);
  },
  async 'a tampered target is refused'() {
    served = join(work, 'tampered');
    cpSync(repository('first'), served, { recursive: true });
    const folder = join(served, 'targets/policies');
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'mode: nothing');
    await rejects(() => read(enroll('first'), POLICY), /length|hash/i);
  },
  async 'tampered metadata is refused'() {
    served = join(work, 'edited');
    cpSync(repository('first'), served, { recursive: true });
    const file = join(served, 'metadata/2.targets.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('SandboxPolicy', 'SandboxPolicx'));
    await rejects(() => read(enroll('first'), POLICY), /hash/i);
  },
};

let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}\n     ${error?.stack ?? error}`);
  }
}
server.close();
console.log(`tuf-interop: ${Object.keys(cases).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
