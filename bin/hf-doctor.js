#!/usr/bin/env node
// CommonJS (see package.json beside it): the loader of ES modules takes longer than these two answers.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [, , asked, ...more] = process.argv;
const text = more.length === 0 ? answer(asked) : null;
if (text === null) import('../dist/main.js');
else process.stdout.on('error', () => {}).write(text);

function answer(option) {
  if (option === '--version' || option === '-V') return `${require('../package.json').version}\n`;
  // A narrower terminal gets its own line breaks.
  if ((option !== '--help' && option !== '-h') || process.stdout.columns < 80) return null;
  return readFileSync(join(__dirname, '../dist/help.txt'), 'utf8');
}
