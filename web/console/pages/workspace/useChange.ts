import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { WorkspaceChange } from '../../api.d.ts'
import { api } from '../../client.ts'

/** Changes the workspace, whose name and looks stand around every page. */
export function useChange() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: WorkspaceChange) => api.changeWorkspace(change),
    onSuccess: () => Promise.all(['workspace', 'me'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
  })
}
