/* npm run bench -- readme: runs the commands that README.md shows and puts their output there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fillIn } from '../test/support/readme.js';

const file = 'README.md';
writeFileSync(file, fillIn(readFileSync(file, 'utf8')));
