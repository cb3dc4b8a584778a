import { useQueryClient } from '@tanstack/react-query'
import { queries } from '../queries.ts'

/** Where a meeting is, and what the place shows, are asked anew: after it was put there, changed there or taken away. */
export function usePlacementsAnew({ meeting_id, place_id }: { meeting_id: string; place_id: string }) {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queries.placements(meeting_id).queryKey, ['places', place_id, 'placements']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    )
}
