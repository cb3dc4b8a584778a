/** Where Zoom sends the browser back to after a consent for Mattermost: apps that were set up for its Zoom plugin allow it already. */
export const redirectPath = '/plugins/zoom/oauth2/complete'
