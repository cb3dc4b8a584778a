/**
 * A table as RFC 4180 text: CRLF after each row, quotes only where a cell needs them. A text cell that a spreadsheet would
 * take for a formula gets an apostrophe in front (https://owasp.org/www-community/attacks/CSV_Injection): names come from
 * whoever joins a meeting. Numbers are ours and stay numbers, `null` is an empty cell.
 */
export const csv = (header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')

const cell = (value: string | number | null): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
