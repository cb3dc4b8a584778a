import { html } from 'ghtml'
import type { Problem } from '#core/errors.ts'
import type { Brand } from '#hub/brand.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import type { FormDefaults } from '#hub/meetings/options/defaults.ts'
import { page } from '#hub/page/page.ts'

export interface PlanPage {
  action: string
  /** What was typed before. */
  typed: URLSearchParams
  problems: readonly Problem[]
  /** What stands in the way, when it is no single field. */
  refusal: string | undefined
  brand: Brand | undefined
  /** What the workspace's administrators have decided. */
  defaults: FormDefaults
}

/** Where a teacher plans the meeting that is added to the course. */
export function planPage(hub: Hub, { action, typed, problems, refusal, brand, defaults }: PlanPage): Reply {
  const isNew = typed.size === 0
  const value = (name: string, otherwise = ''): string => typed.get(name) ?? otherwise
  const checked = (name: string, on = 'on'): string => (typed.getAll(name).includes(on) ? 'checked' : '')
  const wrong = (name: string): string => {
    const problem = problems.find(({ field }) => field === name)
    return problem ? html`<small class="wrong" id="${name}-wrong">${problem.message}</small>` : ''
  }
  const invalid = (name: string): string =>
    problems.some(({ field }) => field === name) ? `aria-invalid="true" aria-describedby="${name}-wrong"` : ''
  return page({
    hub,
    brand,
    title: 'Plan a Zoom meeting',
    status: problems.length > 0 || refusal !== undefined ? 422 : 200,
    frame: 'any',
    style,
    script,
    body: html`<form class="stack" method="post" action="${action}">
      <h1>Plan a Zoom meeting</h1>
      !${refusal === undefined ? '' : html`<p class="note bad" role="alert">${refusal}</p>`}
      <section class="card">
        <p class="field">
          <label for="title">Title</label>
          <input id="title" name="title" required maxlength="200" value="${value('title')}" !${invalid('title')} />
          !${wrong('title')}
        </p>
        <div class="columns">
          <p class="field">
            <label for="start">First meeting</label>
            <input
              id="start"
              name="start"
              type="datetime-local"
              required
              value="${value('start')}"
              !${invalid('start')}
            />
            !${wrong('start')}
          </p>
          <p class="field">
            <label for="timezone">Time zone</label>
            <select id="timezone" name="timezone" data-new="${isNew && !defaults.timezone ? 'yes' : ''}">
              !${timeZones().map((zone) => option(zone, zone.replaceAll('_', ' '), value('timezone', defaults.timezone ?? 'UTC')))}
            </select>
            !${wrong('timezone')}
          </p>
          <p class="field">
            <label for="duration">Minutes</label>
            <input
              id="duration"
              name="duration"
              type="number"
              min="1"
              max="1440"
              required
              value="${value('duration', String(defaults.duration ?? 60))}"
              !${invalid('duration')}
            />
            !${wrong('duration')}
          </p>
        </div>
        !${defaults.mayRepeat ? series({ value, checked, wrong, invalid }) : ''}
      </section>
      <section class="card">
        <label class="choice"
          ><input type="checkbox" name="graded" !${isNew ? 'checked' : checked('graded')} /> Grade attendance</label
        >
        <div id="grading" class="columns inner">
          <p class="field">
            <label for="points">Points for being there all the time</label>
            <input
              id="points"
              name="points"
              type="number"
              min="0.01"
              max="10000"
              step="any"
              value="${value('points', '100')}"
              !${invalid('points')}
            />
            !${wrong('points')}
          </p>
          <p class="field">
            <label for="policy">Of several meetings counts</label>
            <select id="policy" name="policy">
              !${policies.map(([policy, words]) => option(policy, words, value('policy')))}
            </select>
          </p>
        </div>
      </section>
      <div class="row actions"><button class="button primary big">Add to the course</button></div>
    </form>`,
  })
}

interface Fields {
  value: (name: string, otherwise?: string) => string
  checked: (name: string, on?: string) => string
  wrong: (name: string) => string
  invalid: (name: string) => string
}

const series = ({ value, checked, wrong, invalid }: Fields): string =>
  html`<label class="choice"><input type="checkbox" name="weekly" !${checked('weekly')} /> Every week</label>
    <fieldset id="series" class="inner">
      <legend class="hidden">Weekly</legend>
      <div class="row" role="group" aria-label="Days">
        !${weekdays.map(
          (day, index) =>
            html`<label class="choice"
              ><input type="checkbox" name="days" value="${index + 1}" !${checked('days', String(index + 1))} />
              ${day}</label
            >`,
        )}
      </div>
      !${wrong('days')}
      <div class="columns">
        <p class="field">
          <label for="interval">Every … weeks</label>
          <input
            id="interval"
            name="interval"
            type="number"
            min="1"
            max="12"
            value="${value('interval', '1')}"
            !${invalid('interval')}
          />
          !${wrong('interval')}
        </p>
        <p class="field">
          <label for="ends">Ends</label>
          <select id="ends" name="ends">
            !${option('times', 'after a number of meetings', value('ends'))}
            !${option('until', 'on a day', value('ends'))}
          </select>
        </p>
        <p class="field" data-ends="times">
          <label for="times">Meetings</label>
          <input
            id="times"
            name="times"
            type="number"
            min="1"
            max="50"
            value="${value('times', '10')}"
            !${invalid('times')}
          />
          !${wrong('times')}
        </p>
        <p class="field" data-ends="until">
          <label for="until">Last day</label>
          <input id="until" name="until" type="date" value="${value('until')}" !${invalid('until')} />
          !${wrong('until')}
        </p>
      </div>
    </fieldset>`

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const policies = [
  ['best', 'the best one'],
  ['mean', 'the mean of all'],
  ['last', 'the last one'],
  ['sum', 'the sum, at most all points'],
] as const

const option = (value: string, words: string, chosen: string): string =>
  html`<option value="${value}" !${value === chosen ? 'selected' : ''}>${words}</option>`

const timeZones = (): string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

const style = `
  .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13.5rem), 1fr)); gap: 0 14px; align-items: start; margin-bottom: 14px; }
  .columns > .field { margin-bottom: 8px; }
  .columns input { min-width: 0; }
  .inner { margin: 0 0 0 26px; }
`

// Without a script every field is shown, and those that do not apply are ignored.
const script = `
  const form = document.forms[0]
  const zone = form.elements.timezone
  if (zone.dataset.new) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if ([...zone.options].some(({ value }) => value === own)) zone.value = own
  }
  const show = () => {
    const series = document.getElementById('series')
    if (series) series.hidden = !form.elements.weekly.checked
    document.getElementById('grading').hidden = !form.elements.graded.checked
    for (const field of form.querySelectorAll('[data-ends]')) field.hidden = field.dataset.ends !== form.elements.ends.value
  }
  form.addEventListener('change', show)
  form.addEventListener('submit', () => { form.querySelector('button').disabled = true })
  show()
`
