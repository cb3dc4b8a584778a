import { coverage, type CoverageRow } from '#simulator/coverage.ts'

/** docs/simulator-coverage.md: every operation and event of Zoom's lists, covered or with the reason why not. */
export function coveragePage(): string {
  const { operations, events } = coverage()
  return `# What the simulator covers

Written by \`npm run generate\` from the lists of Zoom's operations and events in \`src/zoom/schema/source\`, from what the
simulator plays, and from the reasons in \`src/simulator/not-covered.ts\`. How to play it: [simulator.md](simulator.md).

${section('Operations', operations)}
${section('Events', events)}
The events of this second table are told on request: \`POST /_/events/{name}\` sends one, signed, to those who subscribe to it, and refuses
every key and type that Zoom's list, or its sample, does not have.
`
}

function section(title: string, rows: CoverageRow[]): string {
  const [covered, missing] = [rows.filter((row) => row.covered), rows.filter((row) => !row.covered)]
  const byReason = [...Map.groupBy(missing, ({ reason }) => reason ?? 'no reason is given')]
  return `## ${title}: ${covered.length} of ${rows.length}

${covered.map(({ name }) => `\`${name}\``).join(' · ')}

| not covered | because |
|---|---|
${byReason.map(([reason, some]) => `| ${some.map(({ name }) => `\`${name}\``).join(' · ')} | ${reason} |`).join('\n')}
`
}
