// Taplo's language server as Even Better TOML runs it (npm: @taplo/lsp), over standard input and output. The one on PyPI
// comes without it. The package's folder is the first argument.
import { existsSync, promises as files } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

const { TaploLsp } = createRequire(join(process.argv[2], "package.json"))("@taplo/lsp");

const write = (message) => {
  const body = Buffer.from(JSON.stringify(message));
  process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  process.stdout.write(body);
};

const server = await TaploLsp.initialize(
  {
    now: () => new Date(),
    envVar: (name) => process.env[name],
    envVars: () => Object.entries(process.env),
    stdErrAtty: () => false,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    glob: () => [],
    readFile: (path) => files.readFile(path),
    writeFile: (path, bytes) => files.writeFile(path, bytes),
    // It asks for `root:///` too.
    urlToFilePath: (url) => (url.startsWith("file:") ? fileURLToPath(url) : decodeURI(new URL(url).pathname)),
    isAbsolute: (path) => isAbsolute(path),
    cwd: () => process.cwd(),
    findConfigFile: (from) => [".taplo.toml", "taplo.toml"].map((name) => join(from, name)).find(existsSync),
  },
  { onMessage: write },
);

let pending = Buffer.alloc(0);
process.stdin.on("data", (bytes) => {
  pending = Buffer.concat([pending, bytes]);
  for (;;) {
    const end = pending.indexOf("\r\n\r\n");
    const length = Number(/content-length: *(\d+)/i.exec(pending.subarray(0, Math.max(end, 0)).toString())?.[1]);
    if (end < 0 || pending.length < end + 4 + length) return;
    const message = JSON.parse(pending.subarray(end + 4, end + 4 + length).toString());
    pending = pending.subarray(end + 4 + length);
    server.send(message);
  }
});
