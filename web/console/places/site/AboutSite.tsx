import { Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { t } from '../../language.ts'
import { hub_url } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { Lead } from '../AddForm.tsx'

const at = (path: string): string => new URL(path, hub_url).href

/** How its pages come into the web site: the addresses to paste, and those to subscribe to. */
export function AboutSite({ place }: { place: Place }) {
  const lists = useInfiniteQuery(queries.siteLists(place.id))
  return (
    <Stack gap="md">
      <Lead>
        {t(
          'Paste the address of a page or a list into WordPress or any site that knows oEmbed, and the card appears there. Any other site takes a frame.',
        )}
      </Lead>
      <CopyLine label={t('oEmbed address')} value={at('oembed')} />
      <CopyLine
        label={t('Frame')}
        description={t('In place of open-evening stands the last part of the page’s address')}
        value={`<iframe src="${at('embed/m/open-evening')}" width="600" height="300"></iframe>`}
      />
      <CopyLine
        label={t('Calendar of a page')}
        description={t('In place of open-evening stands the last part of the page’s address')}
        value={at('m/open-evening/calendar.ics')}
      />
      <Listing answer={lists} lines={1}>
        {({ pages }) => (
          <>
            {pages
              .flatMap(({ items }) => items)
              .map(({ slug, title, url, calendar_url }) => (
                <Stack key={slug} gap="xs">
                  <CopyLine label={t('List {{title}}', { title })} value={url} />
                  <CopyLine label={t('Calendar of the list {{title}}', { title })} value={calendar_url} />
                </Stack>
              ))}
            <More answer={lists} />
          </>
        )}
      </Listing>
    </Stack>
  )
}
