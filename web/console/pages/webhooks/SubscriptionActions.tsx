import { Button, Menu, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Subscription } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { CopyLine } from '../../components/Copy.tsx'
import { HubWords } from '../../components/HubWords.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { EditSubscription } from './EditSubscription.tsx'
import { ReplayMessages } from './ReplayMessages.tsx'

/** A test, a new secret, on and off, and the end of it. */
export function SubscriptionActions({ subscription }: { subscription: Subscription }) {
  const { id, name, state } = subscription
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState<'remove' | 'rotate' | 'edit' | 'replay'>()
  const close = () => setAsked(undefined)
  const refresh = () =>
    Promise.all(['subscriptions', 'deliveries'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
  const test = useMutation({ mutationFn: () => api.testSubscription(id), onSuccess: refresh })
  const rotate = useMutation({
    mutationFn: () => api.rotateSecret(id),
    onSuccess: () => {
      close()
      return refresh()
    },
  })
  const toggle = useMutation({
    mutationFn: () => api.changeSubscription(id, { state: state === 'on' ? 'off' : 'on' }),
    onSuccess: refresh,
  })
  const remove = useMutation({ mutationFn: () => api.deleteSubscription(id), onSuccess: refresh })
  const error = test.error ?? toggle.error
  const shown = rotate.data ?? test.data
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('Change {{name}}', { name })}
            loading={test.isPending || rotate.isPending || toggle.isPending}
          >
            {t('Change')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => test.mutate()}>{t('Send a test')}</Menu.Item>
          <Menu.Item onClick={() => toggle.mutate()}>
            {state === 'on' ? t('Switch it off') : t('Switch it on')}
          </Menu.Item>
          <Menu.Item onClick={() => setAsked('edit')}>{t('Change what it hears of …')}</Menu.Item>
          <Menu.Item onClick={() => setAsked('replay')}>{t('Send messages again …')}</Menu.Item>
          <Menu.Item onClick={() => setAsked('rotate')}>{t('Make a new secret …')}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsked('remove')}>
            {t('Remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {error && <Trouble error={error} />}
      <Modal
        opened={shown !== undefined}
        onClose={() => {
          rotate.reset()
          test.reset()
        }}
        title={name}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Stack gap="md">
          {rotate.data && (
            <>
              <Note tone="hint" title={t('Copy it now: it is not shown again')}>
                {t('The one before is good for a day longer.')}
              </Note>
              <CopyLine label={t('Secret')} value={rotate.data.secret} />
            </>
          )}
          {test.data && !rotate.data && (
            <Note
              tone={test.data.state === 'delivered' ? 'hint' : 'bad'}
              title={test.data.state === 'delivered' ? t('The test arrived') : t('The test did not arrive')}
            >
              <HubWords of={test.data.error ?? `HTTP ${test.data.status}`} />
            </Note>
          )}
        </Stack>
      </Modal>
      <Confirm
        opened={asked === 'remove'}
        onClose={close}
        title={t('Remove {{name}}?', { name })}
        action={t('Remove')}
        keep={t('Keep it')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('Its messages are deleted with it. To pause it, switch it off instead.')}
      </Confirm>
      <Confirm
        opened={asked === 'rotate'}
        onClose={close}
        title={t('Make a new secret for {{name}}?', { name })}
        action={t('Make a new secret')}
        keep={t('Keep it')}
        pending={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
      >
        {t('Messages are signed with both for a day; enter the new one in your program until then.')}
      </Confirm>
      <EditSubscription subscription={subscription} opened={asked === 'edit'} onClose={close} />
      <ReplayMessages subscription={subscription} opened={asked === 'replay'} onClose={close} />
    </>
  )
}
