// Most of what is printed is one column a character. Loading the tables of Unicode takes longer than
// starting node, so they are loaded with the first text that needs them.
const ESC = String.fromCharCode(27);
const COLOURS = new RegExp(`${ESC}\\[[0-9;]{0,20}m`, 'g');
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u02c6\u2010-\u2027✔✖▲─-╿]*$/;

module.exports = (text, options) => {
  if (typeof text === 'string' && isUsual(options)) {
    const bare = options === undefined && text.includes(ESC) ? text.replace(COLOURS, '') : text;
    if (PLAIN.test(bare)) return bare.length;
  }
  return require('string-width').default(text, options);
};

/** What wrap-ansi asks for makes no difference where no escape code is left. */
function isUsual(options) {
  return options === undefined || Object.keys(options).join() === 'countAnsiEscapeCodes';
}
