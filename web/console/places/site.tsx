import { NativeSelect, TextInput } from '@mantine/core'
import { api } from '../client.ts'
import { errorAt, text } from '../forms/fields.ts'
import { AddForm, Lead } from './AddForm.tsx'
import type { AddProps, Kind } from './kind.ts'
import { AboutSite } from './site/AboutSite.tsx'
import { ChangePage, whoFindsIt } from './site/ChangePage.tsx'
import { t } from '../language.ts'

export const site: Kind = {
  word: t('Web site'),
  icon: 'page',
  says: t('A public page, a card to embed, and a calendar to subscribe to'),
  Add,
  About: AboutSite,
  Change: ChangePage,
  put: {
    action: t('Publish the page'),
    fields: ['target.slug', 'target.list', 'target.visibility'],
    Fields,
    target: (form) => ({
      ...(text(form, 'slug') && { slug: text(form, 'slug') }),
      ...(text(form, 'list') && { list: text(form, 'list') }),
      visibility: text(form, 'visibility'),
    }),
  },
}

function Add({ onAdded }: AddProps) {
  return (
    <AddForm
      action={t('Add web site')}
      fields={['name']}
      add={(form) => api.addSite({ name: text(form, 'name') })}
      onAdded={({ id }) => onAdded(id)}
    >
      {(at) => (
        <>
          <Lead>
            {t(
              'Pages are served by Greenroom. Paste a page’s address into WordPress or any site that knows oEmbed, and the meeting’s card appears there.',
            )}
          </Lead>
          <TextInput
            {...at('name')}
            label={t('Name')}
            placeholder={t('School web site')}
            required
            maxLength={100}
            data-autofocus
          />
        </>
      )}
    </AddForm>
  )
}

function Fields({ error }: { error: Error | null }) {
  return (
    <>
      <TextInput
        name="slug"
        label={t('Address')}
        description={t('The last part of the page’s address; made of the topic when left empty')}
        placeholder="algebra-1"
        maxLength={64}
        error={errorAt(error, 'target.slug')}
      />
      <TextInput
        name="list"
        label={t('List')}
        description={t('A list of pages that it shall stand in; made when it is not there')}
        placeholder="autumn"
        maxLength={64}
        error={errorAt(error, 'target.list')}
      />
      <NativeSelect
        name="visibility"
        label={t('Who finds it')}
        data={whoFindsIt}
        error={errorAt(error, 'target.visibility')}
      />
    </>
  )
}
