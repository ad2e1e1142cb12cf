// A Python with PyTorch, where there is one, as a process that answers line by line.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("torch_randn.py", import.meta.url));

// Debian's own before one of a version manager.
const PYTHONS = ["/usr/bin/python3", "python3"];

/**
 * @param {"avx2" | "default"} cpu which of its CPU paths PyTorch is to take
 * @returns {Promise<{version: string, ask: (line: string) => Promise<string>,
 *   close: () => void} | null>} null where no Python has PyTorch
 */
export async function startTorch(cpu) {
  for (const python of PYTHONS) {
    const child = spawn(python, [SCRIPT], {
      env: { ...process.env, ATEN_CPU_CAPABILITY: cpu },
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.on("error", () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value: version } = await lines.next();
    if (version === undefined) continue;
    return {
      version,
      async ask(line) {
        child.stdin.write(`${line}\n`);
        const { value } = await lines.next();
        if (value === undefined) throw new Error("PyTorch ended");
        return value;
      },
      close: () => void child.stdin.end(),
    };
  }
  return null;
}
