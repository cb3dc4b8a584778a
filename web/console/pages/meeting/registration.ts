import type { Meeting } from '../../api.d.ts'

// Zoom's approval_type: 0 everybody who registers comes, 1 each is approved by hand, 2 nobody needs to register.

export const needsRegistration = ({ settings }: Meeting): boolean =>
  settings['approval_type'] === 0 || settings['approval_type'] === 1

export const approvedByHand = ({ settings }: Meeting): boolean => settings['approval_type'] === 1
