import { t } from '../../language.ts'

// What the hub says of options, in the language of the console. Kept complete by a test.

const texts: Record<string, string> = {
  Topic: t('Topic'),
  'Meeting or webinar': t('Meeting or webinar'),
  'A webinar stays one: it cannot be changed into a meeting later': t(
    'A webinar stays one: it cannot be changed into a meeting later',
  ),
  Meeting: t('Meeting'),
  Webinar: t('Webinar'),
  'The host has no licence for webinars. An administrator of the Zoom account buys the add-on if need be, and gives it to the host under “User Management”, “Users”':
    t(
      'The host has no licence for webinars. An administrator of the Zoom account buys the add-on if need be, and gives it to the host under “User Management”, “Users”',
    ),
  Description: t('Description'),
  Starts: t('Starts'),
  Lasts: t('Lasts'),
  'Time zone': t('Time zone'),
  'In which the start is meant, and a series keeps its time of day': t(
    'In which the start is meant, and a series keeps its time of day',
  ),
  Repeats: t('Repeats'),
  'No fixed time': t('No fixed time'),
  'A room that can be used again and again, without dates': t('A room that can be used again and again, without dates'),
  'Meeting without a fixed time': t('Meeting without a fixed time'),
  'Webinar without a fixed time': t('Webinar without a fixed time'),
  Host: t('Host'),
  'Schedule for somebody else': t('Schedule for somebody else'),
  'Only for people who gave the host the scheduling privilege at Zoom': t(
    'Only for people who gave the host the scheduling privilege at Zoom',
  ),
  'Alternative hosts': t('Alternative hosts'),
  'Licensed people of the account who may start it, too': t('Licensed people of the account who may start it, too'),
  'An alternative host needs a Licensed host. An administrator of the Zoom account gives the licence under “User Management”, “Users”':
    t(
      'An alternative host needs a Licensed host. An administrator of the Zoom account gives the licence under “User Management”, “Users”',
    ),
  'Tell alternative hosts by mail': t('Tell alternative hosts by mail'),
  'Breakout rooms': t('Breakout rooms'),
  'Who is named here is put into the room when the host opens the rooms': t(
    'Who is named here is put into the room when the host opens the rooms',
  ),
  'Breakout rooms are off. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”': t(
    'Breakout rooms are off. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
  ),
  'Breakout rooms may not be filled when scheduling. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”':
    t(
      'Breakout rooms may not be filled when scheduling. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
    ),
  Passcode: t('Passcode'),
  'Waiting room': t('Waiting room'),
  'People wait until the host lets them in': t('People wait until the host lets them in'),
  'Join before the host': t('Join before the host'),
  'How long before the host': t('How long before the host'),
  'Any time': t('Any time'),
  '5 minutes before the start': t('5 minutes before the start'),
  '10 minutes before the start': t('10 minutes before the start'),
  '15 minutes before the start': t('15 minutes before the start'),
  'Only people who are signed in': t('Only people who are signed in'),
  Encryption: t('Encryption'),
  'End to end: no cloud recording, no telephone, no joining in the browser': t(
    'End to end: no cloud recording, no telephone, no joining in the browser',
  ),
  Enhanced: t('Enhanced'),
  'End to end': t('End to end'),
  'End-to-end encryption is off. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”':
    t(
      'End-to-end encryption is off. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
    ),
  'Countries and regions': t('Countries and regions'),
  'Let in only people from these, or all but these': t('Let in only people from these, or all but these'),
  'Use the personal meeting ID': t('Use the personal meeting ID'),
  'The host has no personal meeting ID. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”':
    t(
      'The host has no personal meeting ID. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
    ),
  'One person may join from several devices': t('One person may join from several devices'),
  Registration: t('Registration'),
  'Not needed': t('Not needed'),
  'Needed; everybody is approved': t('Needed; everybody is approved'),
  'Registration needs a Licensed host. An administrator of the Zoom account gives the licence under “User Management”, “Users”':
    t(
      'Registration needs a Licensed host. An administrator of the Zoom account gives the licence under “User Management”, “Users”',
    ),
  'Needed; the host approves': t('Needed; the host approves'),
  'For a series': t('For a series'),
  'Register once, come to all': t('Register once, come to all'),
  'Register for each occurrence': t('Register for each occurrence'),
  'Register once, choose occurrences': t('Register once, choose occurrences'),
  'Confirm registrations by mail': t('Confirm registrations by mail'),
  'Tell registrants by mail of approvals and cancellations': t(
    'Tell registrants by mail of approvals and cancellations',
  ),
  'Host’s video is on': t('Host’s video is on'),
  'Participants’ video is on': t('Participants’ video is on'),
  'Panelists’ video is on': t('Panelists’ video is on'),
  'Muted on entry': t('Muted on entry'),
  Audio: t('Audio'),
  'Telephone and computer': t('Telephone and computer'),
  Telephone: t('Telephone'),
  Computer: t('Computer'),
  'Another provider': t('Another provider'),
  'The account has no audio of another provider. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”':
    t(
      'The account has no audio of another provider. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
    ),
  'Record automatically': t('Record automatically'),
  No: t('No'),
  'On the host’s computer': t('On the host’s computer'),
  'The host may not record on the computer. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”':
    t(
      'The host may not record on the computer. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
    ),
  'In the cloud': t('In the cloud'),
  'Recording in the cloud needs a Licensed host. An administrator of the Zoom account gives the licence under “User Management”, “Users”':
    t(
      'Recording in the cloud needs a Licensed host. An administrator of the Zoom account gives the licence under “User Management”, “Users”',
    ),
  'The host may not record in the cloud. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”':
    t(
      'The host may not record in the cloud. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
    ),
  'Video in HD': t('Video in HD'),
  'Practice session': t('Practice session'),
  'Host and panelists meet before the attendees are let in': t(
    'Host and panelists meet before the attendees are let in',
  ),
  'Language interpretation': t('Language interpretation'),
  'Language interpretation is off. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”':
    t(
      'Language interpretation is off. The host, or an administrator of the Zoom account, changes that at Zoom under “Settings”',
    ),
  'Mails to host and alternative hosts': t('Mails to host and alternative hosts'),
  'Tracking fields': t('Tracking fields'),
  'The administrators of the Zoom account have locked this setting; they change it under “Account Settings”': t(
    'The administrators of the Zoom account have locked this setting; they change it under “Account Settings”',
  ),
  'The administrators of Greenroom have fixed this for every meeting': t(
    'The administrators of Greenroom have fixed this for every meeting',
  ),
  'The administrators of Greenroom have switched this off': t('The administrators of Greenroom have switched this off'),
}

/** The hub's sentence in the reader's language; one that is not known here as it is. */
export const said = (text: string): string => texts[text] ?? text
