import { isRefusal, type MattermostClient } from './client.ts'

/** Whether the plugin that we replace is still there: it owns its posts in the web client, and its command wins over ours. */
export async function hasZoomPlugin(client: MattermostClient): Promise<boolean> {
  try {
    return (await client.getWebappPlugins()).some(({ id }) => id === 'zoom')
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

export const postTypeFor = async (client: MattermostClient): Promise<string> =>
  (await hasZoomPlugin(client)) ? 'custom_greenroom' : 'custom_zoom'
