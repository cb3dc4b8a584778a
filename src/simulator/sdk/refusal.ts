/** Why Zoom lets nobody in, with the code and the text that the web SDK tells: https://developers.zoom.us/docs/meeting-sdk/web/error-codes/ */
export const joinRefusals = {
  invalid_parameter: { errorCode: 1, errorMessage: 'Invalid parameter.' },
  invalid_signature: { errorCode: 3712, errorMessage: 'Signature is invalid.' },
  invalid_app_keys: { errorCode: 1, errorMessage: 'Invalid SDK app keys.' },
  meeting_not_found: { errorCode: 3001, errorMessage: 'Meeting does not exist.' },
  not_host: { errorCode: 3003, errorMessage: 'You are not the meeting host.' },
  wrong_passcode: { errorCode: 3004, errorMessage: 'Passcode wrong.' },
  not_started: { errorCode: 3008, errorMessage: 'Meeting has not started.' },
  registration_required: { errorCode: 3099, errorMessage: 'This meeting requires registration.' },
  login_required: { errorCode: 3100, errorMessage: 'Requires login.' },
  token_error: { errorCode: 3265, errorMessage: 'Token error.' },
  external_meeting: {
    errorCode: 4011,
    errorMessage: 'The app is not published: it joins meetings of its own account alone.',
  },
  anonymous: { errorCode: 4012, errorMessage: 'The app cannot join a meeting outside its account anonymously.' },
  authorized_user_absent: { errorCode: 4017, errorMessage: 'The user who authorized the app is not in the meeting.' },
} satisfies Record<string, { errorCode: number; errorMessage: string }>

export type JoinRefusal = keyof typeof joinRefusals

/** Zoom does not let somebody in. */
export class JoinRefused extends Error {
  override name = 'JoinRefused'
  readonly refusal: JoinRefusal
  constructor(refusal: JoinRefusal) {
    super(joinRefusals[refusal].errorMessage)
    this.refusal = refusal
  }
}
