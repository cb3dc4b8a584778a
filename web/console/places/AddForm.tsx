import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Trouble } from '../components/Notice.tsx'
import { errorAt, errorBeside } from '../forms/fields.ts'
import classes from './AddForm.module.css'

interface AddFormProps<Field extends string, Added> {
  /** What the button does, as a verb with its object. */
  action: string
  fields: readonly Field[]
  add: (form: FormData) => Promise<Added>
  onAdded: (added: Added) => void
  /** `at` gives a field its name and what the hub said about it. */
  children: (at: (field: Field) => { name: Field; error: string | undefined }) => ReactNode
}

/** The form by which one kind of place is connected. */
export function AddForm<Field extends string, Added>({
  action,
  fields,
  add,
  onAdded,
  children,
}: AddFormProps<Field, Added>) {
  const queryClient = useQueryClient()
  const sent = useMutation({
    mutationFn: add,
    onSuccess: async (added) => {
      onAdded(added)
      await queryClient.invalidateQueries({ queryKey: ['places'] })
    },
  })
  const beside = errorBeside(sent.error, fields)
  return (
    <form
      autoComplete="off"
      onSubmit={(submit) => {
        submit.preventDefault()
        sent.mutate(new FormData(submit.currentTarget))
      }}
    >
      <Stack gap="md">
        {children((field) => ({ name: field, error: errorAt(sent.error, field) }))}
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={sent.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A sentence or two before or between the fields. */
export function Lead({ children }: { children: ReactNode }) {
  return <p className={classes['lead']}>{children}</p>
}
