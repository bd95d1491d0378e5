#!/usr/bin/env node
// CommonJS (see package.json beside it): the loader of ES modules takes longer than these two answers.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [, , asked, ...more] = process.argv;
const text = more.length === 0 ? answer(asked) : null;
if (text === null) import('../dist/main.js');
else
  process.stdout
    .once('error', lost)
    .on('error', () => {})
    .write(text);

function answer(option) {
  if (option === '--version' || option === '-V') return `${require('../package.json').version}\n`;
  // A narrower terminal gets its own line breaks.
  if ((option !== '--help' && option !== '-h') || process.stdout.columns < 80) return null;
  return readFileSync(join(__dirname, '../dist/help.txt'), 'utf8');
}

// The same sentence as src/main.ts; a reader that went away is not a fault.
function lost({ code }) {
  if (code === 'EPIPE' || code === 'EOF') return;
  const reason = code === 'ENOSPC' ? 'the disk is full' : 'the system refused it';
  process.exitCode = 4;
  process.stderr.write(
    `hf-doctor: stdout could not be written (${code}: ${reason}): what was to be shown is lost.\n`,
  );
}
