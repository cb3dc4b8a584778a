import type { Finding } from '#hub/integration.ts'

const signs: Record<Finding['state'], string> = { ok: '✔', warning: '!', failed: '✘' }

/** For reading in a terminal. What is of one thing (`zoom app School: scopes`) stands under its name. */
export function linesOfFindings(findings: readonly Finding[]): string[] {
  const groups = Map.groupBy(findings, ({ check }) => check.split(': ')[0] ?? check)
  return [...groups].flatMap(([group, [first, ...others]]) =>
    first && others.length === 0
      ? linesOf(first, first.check, '  ')
      : [
          `  ${group}`,
          ...[first, ...others].flatMap((each) => (each ? linesOf(each, partOf(each, group), '    ') : [])),
        ],
  )
}

const partOf = ({ check }: Finding, group: string): string => check.slice(group.length + 2) || 'credentials'

const linesOf = ({ state, message, fix }: Finding, name: string, indent: string): string[] => [
  `${indent}${signs[state]} ${name}: ${message}`,
  ...(fix ? [`${indent}    → ${fix}`] : []),
]
