/** Words of a server, short, on one line, without the name or address of an account, in quotation marks. */
export function quote(text: string, most = 160): string {
  const line = [...text.replace(/\s{1,200}/g, ' ').trim()].slice(0, most).join('');
  const nameless = line
    .replace(/\b(user|org|organization|account)[: ]{1,2}["'`]?[\w.@-]{1,80}["'`]?/gi, '$1 …')
    .replace(/[\w.+-]{1,64}@[\w.-]{1,80}/g, '…');
  return `"${nameless.replace(/\.$/, '')}"`;
}
