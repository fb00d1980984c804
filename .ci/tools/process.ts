// Where the project is, and how a program is run from it.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Ran {
  code: number;
  output: string;
  stdout: string;
}

/** Runs a program at the top of the project and gathers what it prints; a program that is not there is code 127. */
export function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n`, stdout }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}ended by ${signal}\n` : output, stdout }),
    );
  });
}

/** Configures a preset, which is quick where nothing changed, and builds all of it, or these targets. */
export async function cmakeBuild(preset: string, ...targets: string[]): Promise<Ran> {
  const configured = await run('cmake', ['--preset', preset]);
  const only = targets.length ? ['--target', ...targets] : [];
  return configured.code === 0 ? run('cmake', ['--build', `build/${preset}`, ...only]) : configured;
}

/** One line on stderr and exit 2: the command was used wrongly. */
export function misused(message: string): never {
  process.stderr.write(`dev: ${message}\n`);
  process.exit(2);
}
