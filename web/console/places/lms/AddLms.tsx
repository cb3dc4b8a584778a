import { Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, type LtiRegistration } from '../../client.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Instant } from '../../components/Instant.tsx'
import { text } from '../../forms/fields.ts'
import classes from '../AddForm.module.css'
import { AddForm, Lead } from '../AddForm.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'

/** The place itself appears when the LMS has come by the address. */
export function AddLms() {
  const [registration, setRegistration] = useState<LtiRegistration>()
  if (registration?.registration_url)
    return <Registration url={registration.registration_url} expires_at={registration.expires_at} />
  return (
    <AddForm
      action={t('Make a registration URL')}
      fields={['name']}
      add={(form) => api.addLms({ name: text(form, 'name') })}
      onAdded={setRegistration}
    >
      {(at) => (
        <>
          <Lead>
            {t('The LMS connects itself by LTI 1.3: you get one address here, and its administrator pastes it there.')}
          </Lead>
          <TextInput
            {...at('name')}
            label={t('Name')}
            placeholder={t('Moodle')}
            required
            maxLength={100}
            data-autofocus
          />
        </>
      )}
    </AddForm>
  )
}

function Registration({ url, expires_at }: { url: string; expires_at: string | null }) {
  return (
    <Stack gap="md">
      <CopyLine label={t('Registration URL')} value={url} />
      <Lead>
        <Sentence
          text={t('It works once, until <time>then</time>, and is not shown again.')}
          parts={{ time: () => <Instant at={expires_at} /> }}
        />
      </Lead>
      <Steps
        title={t('In Moodle')}
        steps={[
          t('Site administration, Plugins, Activity modules, External tool, “Manage tools”.'),
          t('Paste the address at “Tool URL” and choose “Add LTI Advantage”.'),
          t('The tool is pending then: choose “Activate”.'),
        ]}
      />
      <Steps
        title={t('In Canvas')}
        steps={[
          t('Admin, Developer Keys, “+ Developer Key”, “LTI Registration”.'),
          t('Paste the address as “Dynamic Registration URL” and continue, then “Enable & Close”.'),
        ]}
      />
      <Lead>{t('Afterwards the LMS stands among the places by itself.')}</Lead>
    </Stack>
  )
}

function Steps({ title, steps }: { title: string; steps: string[] }) {
  return (
    <section>
      <h3 className={classes['title']}>{title}</h3>
      <ol className={classes['steps']}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}
