import type { ConnectionOfApp } from '#store/connections.ts'
import type { Hub } from './hub.ts'
import type { Connection } from './resources.ts'

type Broken = Pick<ConnectionOfApp, 'kind' | 'zoom_app_id' | 'zoom_app_name' | 'zoom_user_email' | 'failure_code'>

/** Who has to do what, so that a connection works again. It keeps its id, and the work that waits for it goes on. */
export function reconnectOf({ publicUrl }: Pick<Hub, 'publicUrl'>, connection: Broken): Connection['reconnect'] {
  const { kind, zoom_app_id, zoom_app_name: app, zoom_user_email, failure_code } = connection
  const url = `${publicUrl}/console/settings/zoom-apps?app=${zoom_app_id}`
  // It is the app that Zoom does not take: whoever consented can do nothing about it.
  if (failure_code === 'invalid_client' && kind !== 'server_to_server')
    return {
      who: 'app_keeper',
      message: `Whoever manages ${app} at Zoom’s Marketplace compares Client ID and Client secret with its page “App Credentials”, and enters them here: then the consents to it work again`,
      url,
    }
  switch (kind) {
    case 'user_managed':
      return {
        who: 'user',
        message: `${zoom_user_email ?? 'The Zoom user'} presses “Connect” at ${app}, or connects again where the account was connected (such as /zoom connect in the chat), and allows it at Zoom`,
        url,
      }
    case 'admin_managed':
      return {
        who: 'account_admin',
        message: `An administrator of the Zoom account (last time ${zoom_user_email ?? 'not known'}) presses “Connect” at ${app} and allows it at Zoom`,
        url,
      }
    case 'server_to_server':
      return {
        who: 'app_keeper',
        message: `Whoever manages ${app} at Zoom’s Marketplace compares Account ID, Client ID and Client secret with its page “App Credentials” and sees that it is activated; then press “Check” here`,
        url,
      }
  }
}
