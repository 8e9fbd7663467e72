import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { asyncContextManager } from "sluice";

/** Runs a program while its block lasts; it is killed then, if it has not ended. */
export const program = asyncContextManager(
  async function* (name: string, ...words: string[]) {
    const child = spawn(execPath, [locate(name), ...words], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    try {
      yield child;
    } finally {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
    }
  },
  { suppresses: false },
);

/** Runs a program with a small disk at its folder, which is mounted for it alone. */
export function runOnDisk(
  name: string,
  folder: string,
  { mount }: { readonly mount: string },
): unknown {
  const command = `${mount} && exec "${execPath}" "${locate(name)}" "${folder}"`;
  const { stdout, stderr } = spawnSync(
    "unshare",
    ["--user", "--map-root-user", "--mount", "sh", "-c", command],
    { encoding: "utf8" },
  );
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Whether this system lets a process mount disks for itself. */
export function canMount(): boolean {
  const words = ["--user", "--map-root-user", "--mount", "true"];
  return spawnSync("unshare", words).status === 0;
}

function locate(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
