import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import classes from './Account.module.css'
import { auth } from './client.ts'
import { Icon, type IconName } from './components/Icon.tsx'
import type { Me } from './api.d.ts'
import { roleWords } from './words.ts'

/** Who is signed in, light or dark, and the way out. */
export function Account({ me }: { me: Me }) {
  const queryClient = useQueryClient()
  const signOut = useMutation({ mutationFn: auth.signOut, onSuccess: () => queryClient.resetQueries() })
  return (
    <div className={classes['account']}>
      <div className={classes['who']}>
        <span className={classes['name']}>{me.user?.name ?? 'API key'}</span>
        <span className={classes['role']}>{roleWords[me.role]}</span>
      </div>
      <SchemeSwitch />
      <Tooltip label="Sign out">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Sign out"
          loading={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          <Icon name="leave" />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

const schemes = {
  auto: { icon: 'screen', says: 'Colours of the system', next: 'light' },
  light: { icon: 'sun', says: 'Light', next: 'dark' },
  dark: { icon: 'moon', says: 'Dark', next: 'auto' },
} as const satisfies Record<string, { icon: IconName; says: string; next: string }>

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { icon, says, next } = schemes[colorScheme]
  return (
    <Tooltip label={`${says} – change to: ${schemes[next].says.toLowerCase()}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Colours: ${says}. Change`}
        onClick={() => setColorScheme(next)}
      >
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  )
}
