import { Button, ColorInput, FileButton, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { WorkspaceSettings } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { errorAt, errorBeside } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { languages } from '../../languages/list.ts'
import { useMay } from '../../may.ts'
import classes from './LooksPanel.module.css'
import { changed, useChange } from './useChange.ts'

/** Name, colour and logo, as people see them on the pages to which they come; the language of the console. */
export function LooksPanel({ settings }: { settings: WorkspaceSettings }) {
  const mayChange = useMay('admin')
  const change = useChange()
  const [name, setName] = useState(settings.name)
  const [colour, setColour] = useState(settings.colour ?? '')
  const [language, setLanguage] = useState(settings.language ?? '')
  const beside = errorBeside(change.error, ['name', 'colour', 'language'])
  return (
    <Panel title={t('Name, looks and language')} padded>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          change.mutate({ name, colour: colour || null, language: language || null })
        }}
      >
        <Stack gap="md" maw={480}>
          <TextInput
            label={t('Name')}
            required
            maxLength={100}
            disabled={!mayChange}
            value={name}
            onChange={(typed) => setName(typed.currentTarget.value)}
            error={errorAt(change.error, 'name')}
          />
          <ColorInput
            label={t('Colour')}
            description={t('Of buttons, with white words on it. Left empty: Greenroom’s green')}
            placeholder="#17694a"
            withEyeDropper={false}
            disabled={!mayChange}
            value={colour}
            onChange={setColour}
            error={errorAt(change.error, 'colour')}
          />
          <NativeSelect
            label={t('Language')}
            description={t('Of the console. Whoever chooses one in the menu keeps that one')}
            disabled={!mayChange}
            value={language}
            onChange={(chosen) => setLanguage(chosen.currentTarget.value)}
            error={errorAt(change.error, 'language')}
          >
            <option value="">{t('That of each one’s browser')}</option>
            {language !== '' && !(language in languages) && <option value={language}>{language}</option>}
            {Object.entries(languages).map(([tag, { name: own }]) => (
              <option key={tag} value={tag} lang={tag}>
                {own}
              </option>
            ))}
          </NativeSelect>
          {beside && <Trouble error={beside} />}
          {mayChange && (
            <Group gap="sm">
              <Button type="submit" loading={change.isPending}>
                {t('Save')}
              </Button>
              {change.isSuccess && <span role="status">{t('Saved')}</span>}
            </Group>
          )}
          <Logo logo_url={settings.logo_url} mayChange={mayChange} />
        </Stack>
      </form>
    </Panel>
  )
}

function Logo({ logo_url, mayChange }: { logo_url: string | null; mayChange: boolean }) {
  const queryClient = useQueryClient()
  const onSuccess = () => changed(queryClient)
  const set = useMutation({ mutationFn: api.setLogo, onSuccess })
  const remove = useMutation({ mutationFn: api.removeLogo, onSuccess })
  const error = set.error ?? remove.error
  return (
    <div className={classes['logo']}>
      <p className={classes['label']}>{t('Logo')}</p>
      {logo_url ? (
        <img src={logo_url} alt={t('Logo')} className={classes['picture']} />
      ) : (
        <p className={classes['hint']}>{t('PNG, JPEG or WebP, at most 200 kB')}</p>
      )}
      {error && <Trouble error={error} />}
      {mayChange && (
        <Group gap="xs">
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && set.mutate(file)}>
            {(props) => (
              <Button {...props} variant="default" size="xs" loading={set.isPending}>
                {logo_url ? t('Another logo') : t('Choose a logo')}
              </Button>
            )}
          </FileButton>
          {logo_url && (
            <Button variant="default" size="xs" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('Remove the logo')}
            </Button>
          )}
        </Group>
      )}
    </div>
  )
}
