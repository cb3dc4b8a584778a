import { Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, type LtiRegistration } from '../../client.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Instant } from '../../components/Instant.tsx'
import { text } from '../../forms/fields.ts'
import classes from '../AddForm.module.css'
import { AddForm, Lead } from '../AddForm.tsx'

/** The place itself appears when the LMS has come by the address. */
export function AddLms() {
  const [registration, setRegistration] = useState<LtiRegistration>()
  if (registration?.registration_url)
    return <Registration url={registration.registration_url} expires_at={registration.expires_at} />
  return (
    <AddForm
      action="Make a registration URL"
      fields={['name']}
      add={(form) => api.addLms({ name: text(form, 'name') })}
      onAdded={setRegistration}
    >
      {(at) => (
        <>
          <Lead>
            The LMS connects itself by LTI 1.3: you get one address here, and its administrator pastes it there.
          </Lead>
          <TextInput {...at('name')} label="Name" placeholder="Moodle" required maxLength={100} data-autofocus />
        </>
      )}
    </AddForm>
  )
}

function Registration({ url, expires_at }: { url: string; expires_at: string | null }) {
  return (
    <Stack gap="md">
      <CopyLine label="Registration URL" value={url} />
      <Lead>
        It works once, until <Instant at={expires_at} />, and is not shown again.
      </Lead>
      <Steps
        title="In Moodle"
        steps={[
          'Site administration, Plugins, Activity modules, External tool, “Manage tools”.',
          'Paste the address at “Tool URL” and choose “Add LTI Advantage”.',
          'The tool is pending then: choose “Activate”.',
        ]}
      />
      <Steps
        title="In Canvas"
        steps={[
          'Admin, Developer Keys, “+ Developer Key”, “LTI Registration”.',
          'Paste the address as “Dynamic Registration URL” and continue, then “Enable & Close”.',
        ]}
      />
      <Lead>Afterwards the LMS stands among the places by itself.</Lead>
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
