import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { BIN, emptyFolder } from '../support/cli.js';

interface Screen {
  code: number;
  lines: string[];
  raw: string;
}

/** Runs the program in a real terminal of so many columns and reads its screen at the end. */
function inTerminal(
  cols: number,
  argv: string[],
  act?: (pty: IPty, raw: () => string) => void,
): Promise<Screen> {
  const term = new xterm.Terminal({ cols: Math.max(cols, 1), rows: 200, allowProposedApi: true });
  const pty = spawn(process.execPath, [BIN, ...argv], {
    cols,
    rows: 200,
    cwd: emptyFolder(),
    env: { PATH: process.env.PATH ?? '', HOME: emptyFolder(), TERM: 'xterm-256color', LANG: 'C.UTF-8' },
  });
  let raw = '';
  pty.onData((data) => {
    raw += data;
    term.write(data);
  });
  act?.(pty, () => raw);
  return new Promise((done) => {
    pty.onExit(({ exitCode }) => {
      term.write('', () => {
        const buffer = term.buffer.active;
        const lines = Array.from(
          { length: buffer.length },
          (_, i) => buffer.getLine(i)?.translateToString(true) ?? '',
        );
        done({ code: exitCode, lines: lines.filter((l) => l !== ''), raw });
      });
    });
  });
}

describe('at a terminal', () => {
  it.each([40, 60, 80, 200])('of %i columns it shows the matrix and leaves the cursor', async (cols) => {
    const { code, lines, raw } = await inTerminal(cols, ['check', '--simulate', 'novita-500']);
    expect(code).toBe(1);
    const text = lines.join('\n');
    expect(text).toContain('Qwen/Qwen2.5-72B-Instruct');
    expect(text).toMatch(/✖ 500/);
    expect(text).not.toContain('probing');
    const hidden = raw.lastIndexOf('\x1b[?25l');
    expect(raw.lastIndexOf('\x1b[?25h')).toBeGreaterThanOrEqual(hidden);
    if (cols < 80) return;
    // A table: each status stands below the name of its route.
    const head = lines.find((l) => /legacy +router +novita/.test(l)) ?? '';
    const row = lines.find((l) => l.startsWith('Qwen/') && l.includes('✖')) ?? '';
    const column = (line: string, word: string) => stringWidth(line.slice(0, line.indexOf(word)));
    expect(column(row, '✖ 500')).toBe(column(head, 'router'));
  });

  it('Ctrl-C ends it with what was seen until then, and gives the cursor back', async () => {
    const { code, lines, raw } = await inTerminal(
      80,
      ['check', '--simulate', 'slow', '--timeout', '120'],
      (pty, seen) => {
        // Wait until the spinner counts probes, then press it.
        const timer = setInterval(() => {
          if (!seen().includes('probing')) return;
          clearInterval(timer);
          setTimeout(() => pty.write('\x03'), 300);
        }, 20);
      },
    );
    expect(code).toBe(130);
    expect(lines.join(' ')).toContain('Stopped early');
    expect(raw.lastIndexOf('\x1b[?25h')).toBeGreaterThanOrEqual(raw.lastIndexOf('\x1b[?25l'));
  });
});
