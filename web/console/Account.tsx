import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import classes from './Account.module.css'
import { auth } from './client.ts'
import { Icon, type IconName } from './components/Icon.tsx'
import type { Me } from './api.d.ts'
import { roleWords } from './words.ts'
import { language, speak, t } from './language.ts'
import { languages } from './languages/list.ts'

/** Who is signed in, light or dark, and the way out. */
export function Account({ me }: { me: Me }) {
  const queryClient = useQueryClient()
  const signOut = useMutation({ mutationFn: auth.signOut, onSuccess: () => queryClient.resetQueries() })
  return (
    <div className={classes['account']}>
      <div className={classes['who']}>
        <span className={classes['name']}>{me.user?.name ?? t('API key')}</span>
        <span className={classes['role']}>{roleWords[me.role]}</span>
      </div>
      <LanguageSwitch />
      <SchemeSwitch />
      <Tooltip label={t('Sign out')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('Sign out')}
          loading={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          <Icon name="leave" />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

/** Each language in its own words, for those who cannot read the one that is on. */
export function LanguageSwitch() {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('Language: {{name}}. Change', { name: nameOf(language) })}
        >
          <Icon name="language" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([tag, { name }]) => (
          <Menu.Item key={tag} lang={tag} onClick={() => speak(tag)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const nameOf = (tag: string): string => languages[tag]?.name ?? tag

const schemes = {
  auto: { icon: 'screen', says: t('Colours of the system'), next: 'light' },
  light: { icon: 'sun', says: t('Light'), next: 'dark' },
  dark: { icon: 'moon', says: t('Dark'), next: 'auto' },
} as const satisfies Record<string, { icon: IconName; says: string; next: string }>

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { icon, says, next } = schemes[colorScheme]
  return (
    <Tooltip label={t('{{says}} – change to: {{next}}', { says, next: schemes[next].says.toLowerCase() })}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('Colours: {{says}}. Change', { says })}
        onClick={() => setColorScheme(next)}
      >
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  )
}
