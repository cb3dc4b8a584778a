import { doctor as examine } from '#hub/doctor/doctor.ts'
import { testEverything } from '#hub/setup/trial.ts'
import { workspaces } from '#hub/workspaces.ts'
import { openHub } from '#server.ts'
import { command, UsageError } from './command.ts'
import { linesOfFindings } from './findings.ts'

export const doctor = command({
  name: 'doctor',
  summary: 'Says what works, what does not, and which click mends it; exit code 1 when something does not',
  usage: '[--workspace NAME] [--json] [--again] [--test]',
  help: {
    workspace: 'look at this workspace alone',
    json: 'print the findings as JSON',
    again: 'ask Zoom about plan and licences even if it was asked today',
    test: 'also “Test everything” of each Zoom app: a meeting is made, changed, opened and removed, for four calls to Zoom',
  },
  options: {
    workspace: { type: 'string' },
    json: { type: 'boolean' },
    again: { type: 'boolean' },
    test: { type: 'boolean' },
  },
  async run({ workspace, json, again = false, test = false }, io) {
    await using opened = await openHub(io.config, io.log, { serve: false })
    const all = await workspaces(opened.hub)
    const chosen = all.filter((each) => workspace === undefined || each.name === workspace)
    if (workspace !== undefined && chosen.length === 0)
      throw new UsageError(`There is no workspace ${workspace}; there are: ${all.map((each) => each.name).join(', ')}`)
    const reports = []
    for (const { id, name } of chosen) {
      const actor = { workspace_id: id, name: 'cli' }
      io.progress(`Looking at ${name} …`)
      const findings = await examine(opened.hub, actor, { again })
      if (test) {
        io.progress(`Testing ${name} with meetings of its own …`)
        findings.push(...(await testEverything(opened.hub, actor)))
      }
      reports.push({ workspace: name, findings })
    }
    if (json) io.print(JSON.stringify(reports, null, 2))
    else
      for (const { workspace: name, findings } of reports)
        for (const line of [name, ...linesOfFindings(findings)]) io.print(line)
    return reports.some(({ findings }) => findings.some((finding) => finding.state === 'failed')) ? 1 : 0
  },
})
