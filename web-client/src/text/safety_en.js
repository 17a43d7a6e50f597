// The words of what a member meets of moderation, in English.

const safety = {
  'calm.how':
    'The hosts have asked for some calm: everyone writes once in 10 seconds, and direct ' +
    'messages rest for now.',
  'calm.how_staff':
    'Whoever comes new waits to be let in, everyone writes once in 10 seconds, and direct ' +
    'messages rest.',
  'calm.title': 'A calm moment',

  'did.a_moderator': 'A moderator',
  'did.a_room': 'a room',
  'did.a_table': 'a table',
  'did.admission_admit': '{by} let {person} in',
  'did.admission_refuse': '{by} did not let {person} in',
  'did.by_you': 'You',
  'did.data_export': '{by} took data of the event along',
  'did.event_lockdown_off': '{by} lifted the lockdown',
  'did.event_lockdown_on': '{by} calmed the event down',
  'did.event_update': '{by} changed the event',
  'did.filter_set': '{by} changed the word filter',
  'did.invite_create': '{by} made an invitation link',
  'did.invite_revoke': '{by} revoked an invitation link',
  'did.message_delete': '{by} deleted a message from {person}',
  'did.message_review_approved': '{by} let a message from {person} through',
  'did.message_review_kept': '{by} kept a message from {person} back',
  'did.older': 'Older',
  'did.person_ban': '{by} banned {person}',
  'did.person_move': '{by} moved {person} to {room}',
  'did.person_mute': {
    one: '{by} muted {person} for {n} minute',
    other: '{by} muted {person} for {n} minutes',
  },
  'did.person_remove': '{by} removed {person} from the event',
  'did.person_unban': '{by} let {person} come back',
  'did.person_unmute': '{by} unmuted {person}',
  'did.person_warn': '{by} warned {person}',
  'did.report_claim': '{by} took a report about {person}',
  'did.report_resolve': '{by} settled a report about {person}',
  'did.role_grant': '{by} gave {person} the role {role}',
  'did.role_revoke': '{by} took the role {role} back from {person}',
  'did.room_close': '{by} closed {room}',
  'did.room_create': '{by} opened {room}',
  'did.room_lock_off': '{by} unlocked {room}',
  'did.room_lock_on': '{by} locked {room}',
  'did.room_slow_mode': '{by} changed how fast one writes in {room}',
  'did.room_update': '{by} changed {room}',
  'did.something': '{by} changed something',
  'did.table_remove': '{by} took {table} away',
  'did.to_someone': 'someone',
  'did.to_you': 'you',
  'did.unread': 'That could not be read just now.',

  'reason.advertising': 'Advertising',
  'reason.off_topic': 'Beside the topic',
  'reason.private': 'Shares something private',
  'reason.unkind': 'Unkind to others',

  'record.nothing': 'Nothing. No moderator has done anything concerning you.',

  'report.send': 'Send to the hosts',
  'report.shared':
    'The hosts of the event will see this message with those around it, five in all, and who ' +
    'reports it. {name} is not told who it was.',
  'report.shared_private':
    'The hosts of the event will see this message with those around it, five in all, although ' +
    'the conversation is private, and who reports it. {name} is not told who it was.',
  'report.thanks': 'Thank you. The hosts of the event have your report.',
  'report.title': 'Report this message',
  'report.why': 'What is wrong with it',

  'warned.how': 'Nothing else has changed: you can stay and write.',
  'warned.read': 'I have read it',
  'warned.title': 'A word from the hosts',
};

export default safety;
