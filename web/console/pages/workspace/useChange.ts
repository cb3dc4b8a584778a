import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { WorkspaceChange } from '../../api.d.ts'
import { api } from '../../client.ts'

/** The name and looks of the workspace stand around every page, too. */
export const changed = (queryClient: QueryClient): Promise<unknown> =>
  Promise.all(['workspace', 'me'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))

export function useChange() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: WorkspaceChange) => api.changeWorkspace(change),
    onSuccess: () => changed(queryClient),
  })
}
