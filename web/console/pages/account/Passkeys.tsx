import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { auth, type Passkey } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'
import { passkeyInWords } from '../sign-in/OtherWays.tsx'
import classes from './account.module.css'

/** Keys that stay in a device and need no password. */
export function Passkeys() {
  const passkeys = useQuery(queries.passkeys())
  const ways = useQuery(queries.ways())
  return (
    <Panel title={t('Passkeys')}>
      <Listing answer={passkeys} lines={1} isEmpty={(items) => items.length === 0}>
        {(items) => (
          <DataTable
            label={t('Passkeys')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { header: t('Name'), cell: nameOf },
              { header: t('Made'), cell: ({ createdAt }) => <Instant at={createdAt} /> },
              { header: t('Actions'), quiet: true, align: 'end', cell: (passkey) => <Remove passkey={passkey} /> },
            ]}
          />
        )}
      </Listing>
      <div className={classes['below']}>
        <Listing answer={ways} lines={1}>
          {(offered) =>
            offered.passkeys && browserSupportsWebAuthn() ? (
              <Add />
            ) : (
              <p className={classes['text']}>
                {t('Passkeys need a browser that knows them, and an address of Greenroom with a name and https.')}
              </p>
            )
          }
        </Listing>
      </div>
    </Panel>
  )
}

const nameOf = ({ name }: Passkey): string => name || t('Passkey')

function Add() {
  const queryClient = useQueryClient()
  const add = useMutation({
    async mutationFn(name: string) {
      const response = await startRegistration({ optionsJSON: await auth.newPasskeyOptions() })
      await auth.addPasskey(response, name)
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['passkeys'] }),
  })
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = submit.currentTarget
        add.mutate(text(new FormData(form), 'name'), { onSuccess: () => form.reset() })
      }}
    >
      <Stack gap="sm" maw={480}>
        <p className={classes['text']}>
          {t('A passkey stays in your device or password manager and is unlocked by a finger, a face or a PIN.')}
        </p>
        <Group align="flex-end">
          <TextInput
            name="name"
            label={t('Name of the passkey')}
            placeholder={t('Laptop at work')}
            maxLength={100}
            required
            withAsterisk={false}
          />
          <Button type="submit" loading={add.isPending}>
            {t('Add a passkey')}
          </Button>
        </Group>
        {add.error && (
          <div role="alert">
            <Note tone="bad" title={passkeyInWords(add.error)} />
          </div>
        )}
      </Stack>
    </form>
  )
}

function Remove({ passkey }: { passkey: Passkey }) {
  const [opened, { open, close }] = useDisclosure()
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => auth.removePasskey(passkey.id),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['passkeys'] })
    },
  })
  const name = nameOf(passkey)
  return (
    <>
      <Button variant="default" size="compact-sm" aria-label={t('Remove {{name}}', { name })} onClick={open}>
        {t('Remove')}
      </Button>
      <Confirm
        opened={opened}
        title={t('Remove {{name}}?', { name })}
        action={t('Remove')}
        keep={t('Keep it')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        {t('It signs you in no more. Your device may still offer it: remove it there, too.')}
      </Confirm>
    </>
  )
}
