import ical, { ICalEventStatus } from 'ical-generator'
import type { Hub } from '#hub/hub.ts'
import { addressesOf } from './addresses.ts'
import type { Shown } from './shown.ts'

// What leaves the hub for calendars names the page and nothing else: no number, no passcode, no link into Zoom.

/** Links that fill in a new entry at the well-known calendars, for the run that the page is about. */
export function calendarLinks(hub: Pick<Hub, 'publicUrl'>, shown: Shown): { name: string; href: string }[] {
  const { start, end } = shown.phase
  if (!start || !end) return []
  const { page, calendar } = addressesOf(hub, shown.slug)
  const [text, details] = [oneLine(shown.topic), detailsOf(page)]
  const outlook = {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: text,
    startdt: start,
    enddt: end,
    body: details,
    location: page,
  }
  return [
    {
      name: 'Google',
      href: link('https://calendar.google.com/calendar/render', {
        action: 'TEMPLATE',
        text,
        dates: `${compact(start)}/${compact(end)}`,
        details,
        location: page,
      }),
    },
    { name: 'Outlook.com', href: link('https://outlook.live.com/calendar/0/deeplink/compose', outlook) },
    { name: 'Office 365', href: link('https://outlook.office.com/calendar/0/deeplink/compose', outlook) },
    {
      name: 'Yahoo',
      href: link('https://calendar.yahoo.com/', {
        v: '60',
        title: text,
        st: compact(start),
        et: compact(end),
        desc: details,
        in_loc: page,
      }),
    },
    { name: 'File (.ics)', href: calendar },
    { name: 'Subscribe', href: calendar.replace(/^https?:/, 'webcal:') },
  ]
}

/**
 * The calendar of some pages (RFC 5545). Every run is an entry of its own in UTC, so that no clock change shifts it; its UID never
 * changes, so that reading it again changes the entry instead of adding one.
 */
export function calendarFile(hub: Pick<Hub, 'publicUrl'>, name: string, pages: readonly Shown[]): string {
  const file = ical({ name: oneLine(name), prodId: { company: 'Greenroom', product: 'Pages', language: 'EN' } })
  for (const shown of pages) {
    const { page } = addressesOf(hub, shown.slug)
    const changed = new Date(shown.changed_at)
    for (const run of runsOf(shown)) {
      file.createEvent({
        id: `${shown.id}-${run.id}@greenroom`,
        sequence: secondsSince2020(changed),
        stamp: changed,
        start: new Date(run.start),
        end: new Date(run.end),
        summary: oneLine(shown.topic),
        description: detailsOf(page),
        location: page,
        url: page,
        status: run.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      })
    }
  }
  return `${file.toString()}\r\n`
}

/** Grows with each change, as RFC 5545 section 3.8.7.4 wants it, and fits into 31 bits until 2088. */
const secondsSince2020 = (time: Date): number => Math.floor((time.getTime() - Date.UTC(2020)) / 1000)

interface Run {
  id: string
  start: string
  end: string
  cancelled: boolean
}

function runsOf({ phase, series, runs }: Shown): Run[] {
  const off = phase.phase === 'cancelled'
  if (series)
    return runs.map(({ occurrence_id, start_time, duration, status }) => ({
      id: occurrence_id,
      start: start_time,
      end: new Date(Date.parse(start_time) + duration * 60_000).toISOString(),
      cancelled: off || status === 'deleted',
    }))
  return phase.start && phase.end ? [{ id: 'once', start: phase.start, end: phase.end, cancelled: off }] : []
}

const detailsOf = (page: string): string => `Join here: ${page}`

/** A topic may hold anything; an entry's title is one line. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()

/** `20260309T130000Z`. */
const compact = (iso: string): string => new Date(iso).toISOString().replaceAll(/[-:]|\.\d+/g, '')

const link = (address: string, query: Record<string, string>): string =>
  `${address}?${new URLSearchParams(query).toString()}`
