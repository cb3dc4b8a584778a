import { globSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'

// What the hub says in English, so that the console can say it in other languages: every text in its sources that has words in it, but for what
// the rows below leave out. A new sentence is therefore found in whatever form it is written.

/** Where words are for others than the console's readers: pages, courses, chats, guests, the terminal, and the contract that bots' clients know. */
const forOthers = [
  'src/http/{console,docs,server}.ts',
  'src/http/api/registrants.ts',
  'src/http/door/**',
  'src/hub/door/**',
  'src/hub/grants/return.ts',
  'src/hub/hub-events.ts',
  'src/hub/key-file.ts',
  'src/hub/keys.ts',
  'src/hub/page/**',
  'src/integrations/*/pages/**',
  'src/integrations/bots/{apps,contract}/**',
  'src/integrations/bots/connections/{create,resource,routes}.ts',
  'src/integrations/bots/bots/{change,create,leave,query,routes}.ts',
  'src/integrations/lti/{browser,claims,deep-link,enter,frame,launch,links,login,registration,routes,schedule-form,sessions,tool}.ts',
  'src/integrations/mattermost/{action-route,button,carry-out,command-route,connect-page,granted,host-of,later,link,old-urls,post-text,reply,say-in-channel,start}.ts',
  'src/integrations/mail/words.ts',
  'src/integrations/site/{calendar,card,oembed,public-routes,refusal-pages,shown,words}.ts',
  'src/store/embedded/**',
  'src/store/migrate.ts',
  'src/zoom/schema/**',
]

/** What is called with words that nobody is told: SQL, logs, the API's own documentation, answers to bots' clients. */
const notTold = new Set(
  `Symbol addEventListener businessError counter createHmac debug deleteFrom describe distinctOn endpointOf endsWith error
  fieldError groupBy hkdfSync includes info innerJoin insertInto is leftJoin log match on onRef operations orderBy orderReply orWhere
  query replace select selectFrom setHeader split sql startsWith test trace type updateTable using warn where whereRef`.split(
    /\s+/,
  ),
)

/** Properties of the same kinds. */
const notToldAs = new Set(
  `auto_complete_desc auto_complete_hint check comment cookie description help operation operations options path script spec style summary
  tags`.split(/\s+/),
)

/** Variables of the same kinds; `about` is what a finding is told by, not what it says. */
const notToldIn = new Set(['about', 'check', 'framedPolicy', 'style', 'tags'])

/** What goes with one of these names is said even when it is a single word. */
const saidAs = new Set(['words', 'about'])

/** Single words that the hub fills in where a sentence leaves a gap. */
const inGaps =
  'admin dashboard dashboards Dashboards meeting operator owner report reports Reports viewer webinar'.split(' ')

/** Said by others in the hub's name: what zod (https://zod.dev/error-customization) finds in a request. */
const ofLibraries = [
  'is not valid',
  'Invalid email address',
  'Invalid ISO date',
  'Invalid ISO datetime',
  'Invalid URL',
  'expected {{0}}, received {{1}}',
  'Invalid option: expected one of {{0}}',
  'Invalid string: must match pattern {{0}}',
  'Too big: expected {{0}} to be <={{1}}',
  'Too big: expected {{0}} to have <={{1}} characters',
  'Too big: expected {{0}} to have <={{1}} items',
  'Too small: expected {{0}} to be >={{1}}',
  'Too small: expected {{0}} to have >={{1}} characters',
  'Too small: expected {{0}} to have >={{1}} items',
]

/** Every sentence of the hub that may reach the console, in the order of the alphabet; what is filled in stands as `{{0}}`, `{{1}}` … */
export function hubSentences(): string[] {
  const files = globSync('src/{core,hub,http,integrations,store,zoom}/**/*.ts', { exclude: forOthers })
  const said = files.flatMap((file) => sentencesIn(readFileSync(file, 'utf8')))
  return [...new Set([...inGaps, ...ofLibraries, ...said])].toSorted((a, b) => (a < b ? -1 : 1))
}

/** A node of ESTree (https://github.com/estree/estree), as far as it is looked at here. */
type Node = { type: string } & Record<string, unknown>

/** The sentences of one source. */
export function sentencesIn(source: string): string[] {
  const found: string[] = []
  const look = (node: Node, name: string): void => {
    if (isNeverSaid(node)) return
    const forms = formsOf(node)
    if (!forms) return partsOf(node).forEach((part) => look(part, nameOf(node) ?? name))
    for (const form of forms) {
      const sentence = told(form)
      if (isSentence(sentence, saidAs.has(name))) found.push(sentence)
    }
    for (const gap of new Set(forms.flat())) if (typeof gap !== 'string') look(gap, '')
  }
  look(parseSync('source.ts', source).program as unknown as Node, '')
  return found
}

function isNeverSaid(node: Node): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TaggedTemplateExpression':
    case 'TSEnumDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAnnotation':
    case 'TSTypeParameterInstantiation':
      return true
    case 'Property':
      return notToldAs.has(keyOf(node))
    case 'VariableDeclarator':
      return notToldIn.has((node['id'] as { name?: string }).name ?? '')
    default:
      return false
  }
}

/** What stands in a node, without what a call is given that tells nobody. */
function partsOf(node: Node): Node[] {
  const calls = node.type === 'CallExpression' && notTold.has(calleeOf(node))
  const inside = calls ? [node['callee']] : Object.entries(node).flatMap(([key, value]) => (key === 'key' ? [] : value))
  return inside.filter((each): each is Node => typeof each === 'object' && each !== null && 'type' in each)
}

const nameOf = (node: Node): string | undefined => (node.type === 'Property' ? keyOf(node) : undefined)

function keyOf({ key }: Node): string {
  const { name, value } = key as { name?: string; value?: unknown }
  return name ?? String(value)
}

function calleeOf({ callee }: Node): string {
  const { name, property } = callee as { name?: string; property?: { name?: string } }
  return name ?? property?.name ?? ''
}

/** A text with what is filled in between. */
type Form = (string | Node)[]

/** Up to so many wordings of one text are told one by one; beyond, what varies is filled in. */
const most = 8

/**
 * What a text can be: one form, or one for each way of a condition in it, so that every language has whole sentences. Undefined for what is
 * no text.
 */
function formsOf(node: Node): Form[] | undefined {
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [[node['value']]] : undefined
    case 'TemplateLiteral': {
      const quasis = node['quasis'] as { value: { cooked: string } }[]
      const filled = node['expressions'] as Node[]
      return joined(
        quasis.flatMap(({ value }, at) => [[[value.cooked]], ...(filled[at] ? [waysOf(filled[at])] : [])] as Form[][]),
      )
    }
    case 'BinaryExpression': {
      const sides = [node['left'] as Node, node['right'] as Node]
      if (node['operator'] !== '+' || !sides.some(formsOf)) return undefined
      return joined(sides.map((side) => formsOf(side) ?? [[side]]))
    }
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return formsOf(node['expression'] as Node)
    default:
      return undefined
  }
}

/** What can stand in a gap: itself, or the texts between which a condition chooses. */
function waysOf(node: Node): Form[] {
  if (node.type === 'ParenthesizedExpression') return waysOf(node['expression'] as Node)
  if (node.type !== 'ConditionalExpression') return formsOf(node) ?? [[node]]
  const ways = [node['consequent'] as Node, node['alternate'] as Node].map(waysOf)
  return ways.every((way) => way.every((form) => form.some((piece) => typeof piece === 'string')))
    ? ways.flat()
    : [[node]]
}

function joined(parts: Form[][]): Form[] {
  const all = parts.reduce<Form[]>(
    (before, ways) => before.flatMap((start) => ways.map((way) => [...start, ...way])),
    [[]],
  )
  return all.length <= most ? all : [parts.flatMap((ways) => (ways.length === 1 ? (ways[0] ?? []) : [gapFor(ways)]))]
}

/** Several wordings in place of which there is one gap. */
const gapFor = (ways: Form[]): Node => ({
  type: 'ArrayExpression',
  elements: ways.flat().filter((each) => typeof each !== 'string'),
})

/** A form as it stands in the catalogue. What only joins it to its neighbours, at its ends, is not part of it. */
function told(form: Form): string {
  let gap = 0
  const pieces = form.filter((piece) => piece !== '')
  const text = pieces.map((piece, at) =>
    typeof piece === 'string' ? piece : typeof pieces[at - 1] === 'object' ? '' : `{{${gap++}}}`,
  )
  return text.join('').replace(/^[\s;,:·]+|[\s;,:·]+$/g, '')
}

/** HTML, headers, calls of an API and SQL. */
const noWords =
  /^\s*[<\\.[:]|^(GET|POST|PUT|PATCH|DELETE|Basic|Bearer) |charset=|Path=|max-age=|filename=|'(none|self)'|^coalesce\(|^(select|insert|with|update|delete|(left )?join)\s[^]*\b(from|into|set|as|on)\s/

/** Words of a person's language rather than names, addresses, SQL or HTML. */
function isSentence(text: string, evenOneWord: boolean): boolean {
  const words = text.replaceAll(/\{\{\d+\}\}/g, '…')
  if (noWords.test(words)) return false
  return evenOneWord
    ? /\p{L}{2}/u.test(words)
    : /\p{L}{2,}[’”),:;.]*\s+\S*\p{L}|…[^…]*\s\p{L}{3}|\p{L}{3}\s[^…]*…/u.test(words)
}
