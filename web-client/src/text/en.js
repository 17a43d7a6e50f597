// Every word a first visit needs, in English. The other languages have the same keys.

/** @typedef {string | {one: string, other: string, zero?: string}} Message */

const en = {
  'app.name': 'Hallway',

  'action.back': 'Back',
  'action.cancel': 'Cancel',
  'action.save': 'Save',

  'announce.held': {
    one: 'A message waits for a moderator',
    other: '{n} messages wait for a moderator',
  },
  'announce.messages': { one: '{n} new message', other: '{n} new messages' },
  'announce.reports': { one: 'A new report at the desk', other: '{n} new reports at the desk' },
  'announce.waiting': { one: '{n} person waits to come in', other: '{n} people wait to come in' },

  'announcement.posted': '{name}: {text}',
  'announcement.read': 'Read it',

  'badge.new': { one: '{n} new', other: '{n} new' },

  'block.done': 'You will not see what {name} writes. They are not told.',
  'block.folded': 'Something from a person you have blocked.',
  'block.show': 'Show it',
  'block.undone': 'You see what {name} writes again.',

  'card.about': 'A line about you',
  'card.about_hint': 'Talk to me about …',
  'card.ask': 'Something you would like help with',
  'card.ask_hint': 'A question you have brought along.',
  'card.name': 'Your name',
  'card.offer': 'Something you can help others with',
  'card.offer_hint': 'What people come to you for.',

  'chat.announcements': 'Announcements',
  'chat.announcers_only': 'Announcements come from those who run the event.',
  'chat.choose': 'Choose a conversation',
  'chat.earlier': 'Earlier messages',
  'chat.empty': 'Nothing said yet',
  'chat.empty_room': 'A hello is enough to start.',
  'chat.empty_table': 'Say what brought you here, one line each.',
  'chat.latest': 'To the latest',
  'chat.messages': 'Messages',
  'chat.new_from_here': 'New from here',
  'chat.no_announcements': 'No announcements yet',
  'chat.nowhere': 'You are between two places.',
  'chat.room': 'The room',
  'chat.table': 'A table',

  'composer.editing': 'Changing your message:',
  'composer.hint': 'Write a message',
  'composer.label': 'Message',
  'composer.left': { one: '{count} character left', other: '{count} characters left' },
  'composer.replying': 'Answering {name}:',
  'composer.send': 'Send',
  'composer.too_long': { one: '{count} character too long', other: '{count} characters too long' },

  'connection.back': 'You are back at {place}.',
  'connection.connecting': 'Coming in',
  'connection.lost':
    'Reconnecting. Keep writing; your messages wait here and go out when you are back.',

  'conversation.all': 'All messages',
  'conversation.alone': 'Only you',
  'conversation.none_short': 'None yet',
  'conversation.wait': 'Your message is with them. You can write more once they answer.',

  'door.again': 'Come in again',
  'door.reload': 'Load the page again',
  'door.try_again': 'Try again',
  'door.unknown': 'We have not met in this browser',
  'door.unknown_how': 'Open the link from your invitation, and you are in.',
  'door.who': 'Who is coming in?',

  'ended.banned': 'This event is closed to you',
  'ended.because': 'They wrote:',
  'ended.gone': 'This event is not here any more',
  'ended.gone_how': 'Ask whoever invited you for a new link.',
  'ended.left': 'See you soon',
  'ended.left_how': 'You have left. Your place here is kept in this browser.',
  'ended.refused': 'You were not let in this time',
  'ended.reload_how': 'What you wrote is kept in this browser.',
  'ended.removed': 'You were asked to leave this event',
  'ended.removed_how':
    'If you think this is a mistake, write to the organisers; their address is in your invitation.',
  'ended.signed_out': 'Your visit here has ended',
  'ended.stumbled': 'Something got stuck',
  'ended.until': 'You can come back {time}.',
  'ended.updated': 'Hallway has been updated',

  'event.closed': 'The event has ended. Thank you for being here.',
  'event.is_live': 'Open now',
  'event.is_over': 'Over',
  'event.not_yet': 'Not open yet',
  'event.opened': 'The event is open. Welcome.',
  'event.over_how':
    'What was said stays readable for 24 hours. You can still write to people privately.',
  'event.over_silent':
    'The event is over. You can read what was said, and write to people privately.',
  'event.over_title': 'The event is over. Thank you for coming.',
  'event.planned_how': 'It begins {time}. You are welcome to wait here.',
  'event.planned_soon': 'It has not begun yet. You are welcome to wait here.',
  'event.planned_title': 'You are early',
  'event.until': 'Open until {time}',

  'held.approved': 'A moderator has let your message through.',
  'held.refused': 'A moderator did not let this through.',
  'held.waits': 'Waits for a host. Until then only you and the hosts see it.',

  'help.asked': '{table} asks for help',
  'help.call': 'Ask for help',
  'help.called': 'The hosts know. Someone will come by.',
  'help.on_the_way': 'Help has been asked for',

  'invite.accept': 'Sit down there',
  'invite.asks': '{name} invites you to {table}.',
  'invite.decline': 'Not now',
  'invite.sent': '{name} has your invitation.',

  'join.add': 'Add something to talk about',
  'join.as_member': 'Come in as {name}',
  'join.back_as': 'Come back as {name}',
  'join.come_in': 'Come in',
  'join.dead': 'This link no longer works',
  'join.dead_how': 'It may have run out or been replaced. Ask whoever sent it for a new one.',
  'join.first': 'You are the first one here.',
  'join.have_account': 'I have an account',
  'join.here': { one: '{n} person is here', other: '{n} people are here' },
  'join.live': 'Open now',
  'join.name_needed': 'What should people call you?',
  'join.name_wrong': 'That name cannot be shown. Please try another spelling.',
  'join.or_new': 'or come in as someone new',
  'join.over': 'This event is over. You can still read what was said for 24 hours.',
  'join.privacy':
    'Your name and what you add are shown to people in this event. A cookie lets you come back.',
  'join.unreachable': 'We cannot reach the event just now',
  'join.unreachable_how': 'Your network or the server may be taking a break.',

  'knock.action': 'Knock',
  'knock.heard': '{name} knocks at your table',
  'knock.leave': 'Not now',
  'knock.let_in': 'Let them in',
  'knock.line': 'A line to go with it',
  'knock.name': 'Knock at {table}',
  'knock.no_answer': 'Nobody at {table} answered. They may be deep in talk.',
  'knock.waiting': 'Knocking',
  'knock.wants_in': 'would like to join you.',

  'lazy.failed': 'This part could not be loaded.',
  'lazy.loading': 'One moment',

  'lobby.alone': 'You are the first one here. Others will find you in the lobby.',
  'lobby.how': {
    one: '{n} person is here. Say hello in the chat, or find a room.',
    other: '{n} people are here. Say hello in the chat, or find a room.',
  },
  'lobby.see_people': 'See who is here',
  'lobby.see_rooms': 'See the rooms',
  'lobby.title': 'Come in, find your bearings',

  'lockdown.no_letters': 'Direct messages rest for now. Your draft is kept.',

  'me.open': 'My card and settings',

  'mention.choose': 'People to mention',
  'mention.of_you': '{name} mentioned you',
  'mention.unseen': '{names} cannot see this place, and will not see your message.',

  'message.delete': 'Delete',
  'message.deleted': 'A message from {name} was deleted',
  'message.discard': 'Throw away',
  'message.edit': 'Change',
  'message.edited': 'changed',
  'message.failed': 'Not sent.',
  'message.more': 'What to do with the message from {name}',
  'message.pin': 'Pin',
  'message.pinned': 'pinned',
  'message.reply': 'Answer',
  'message.reply_gone': 'An earlier message',
  'message.report': 'Report',
  'message.sending': 'Sending',
  'message.tools': 'What to do with this message',
  'message.unpin': 'Unpin',
  'message.waiting': 'Waits for the connection',

  'moved.told': 'A moderator has moved you to {room}.',

  'muted.in': 'You cannot write in {room} until {time}.',
  'muted.over': 'You can write again.',
  'muted.until': 'You cannot write until {time}.',

  'my_table.alone': 'You are the first one here. Invite someone, or give the table a topic.',
  'my_table.alone_sofa': 'Nobody else on the sofa yet.',
  'my_table.at': 'You sit at',
  'my_table.invite': 'Invite someone',
  'my_table.no_topic': 'No topic yet',
  'my_table.on_sofa': 'You are on',
  'my_table.set_topic': 'Set the topic',
  'my_table.topic': 'Topic',

  'nav.close': 'Close',
  'nav.label': 'The event',
  'nav.open': 'Rooms and messages',
  'nav.organise': 'Organise the event',
  'nav.people_in': { one: '{n} person', other: '{n} people' },
  'nav.place': 'Place',
  'nav.rooms': 'Rooms',
  'nav.views': 'Views',

  'notices.dismiss': 'Put away',
  'notices.label': 'Notes',

  'panel.chat': 'Chat',
  'panel.desk': 'Desk',
  'panel.label': 'Talk and people',
  'panel.messages': 'Messages',
  'panel.people': 'People',

  'person.asks': 'Asks',
  'person.away': 'away for a moment',
  'person.block': 'Block',
  'person.offers': 'Offers',
  'person.reconnecting': 'reconnecting',
  'person.someone': 'Someone',
  'person.unblock': 'Unblock',
  'person.you': 'You',

  'pins.title': { one: '{n} pinned message', other: '{n} pinned messages' },

  'plenary.title': 'Everyone together',

  'programme.minutes': { one: '{count} min', other: '{count} min' },
  'programme.title': 'Programme',

  'reaction.add': 'React with {emoji}',
  'reaction.from': 'from {names}',

  'reads.announcements': 'Everyone in the event can read this.',
  'reads.kept': 'Kept on this server as long as the event is.',
  'reads.room': 'Everyone in this room can read its chat, also those who come later.',
  'reads.sofa': 'Those on the sofa can read this.',
  'reads.table': 'Those who sit here together can read this.',
  'reads.until': 'Readable until {time}.',

  'refused.bad_request': 'That could not be used as it stands.',
  'refused.conflict': 'Things have changed in the meantime. Please look again.',
  'refused.forbidden': 'That is not yours to do here.',
  'refused.locked': 'The table is closed just now. You can knock.',
  'refused.muted': 'You cannot write here just now.',
  'refused.no_answer': 'No answer from the server. It may not have happened.',
  'refused.not_found': 'It is not here any more.',
  'refused.other': 'That did not work. Please try again in a moment.',
  'refused.rate_limited': 'A little too fast. Please try again in a moment.',
  'refused.room_closed': 'This room is closed.',
  'refused.slow_mode': 'This room is in slow mode. Please wait a moment between messages.',
  'refused.table_full': 'The table is full.',
  'refused.too_large': 'That is too long.',
  'refused.unreachable': 'We cannot reach the server just now.',

  'report.dealt_with': 'Thank you for your report. A moderator has dealt with it.',
  'report.looked_at':
    'Thank you for your report. A moderator has looked at it and left it as it is.',

  'role.given': 'You have been given a role here.',
  'role.taken': 'A role you had here has been taken back.',

  'room.closed_on_you': 'The room was closed. You are in the lobby.',
  'room.is_locked': '{room} is locked just now. Moderators alone can go in.',
  'room.locked': 'locked',
  'room.people': { one: '{n} person here', other: '{n} people here' },

  'search.open': 'Search messages',

  'round.tables': 'All tables',

  'rounds.lead': 'Lead rounds',
  'rounds.tab': 'Rounds',

  'seat.away': 'You were away for a while, and your chair at {table} was given on.',
  'seat.moved': '{name} has moved you to {table}.',
  'seat.removed': 'You were asked to leave the table.',
  'seat.room_closed': 'The room was closed.',
  'seat.table_removed': 'Your table was taken away. There are others.',
  'seat.taken': 'You sit at {table}',

  'slow.on': {
    one: 'Slow mode: one message a second.',
    other: 'Slow mode: one message in {n} seconds.',
  },
  'slow.wait': {
    one: 'You can write again in {n} second.',
    other: 'You can write again in {n} seconds.',
  },
  'slow.waits': 'Slow mode: your next message has to wait a little. Your draft stays.',

  'table.leave_sofa': 'Get up',
  'table.lock': 'Close the table',
  'table.lost': {
    one: 'Someone was faster. {table} has one chair free.',
    other: 'Someone was faster. {table} has {n} chairs free.',
  },
  'table.lost_no_other': 'Someone was faster. All other tables are full too; the sofa never is.',
  'table.on_sofa': { one: '{n} person', other: '{n} people', zero: 'room for all' },
  'table.people': 'At the table: {names}',
  'table.sit': 'Sit',
  'table.sit_at': 'Sit at {table}',
  'table.sit_name': 'Sit at {table}, {taken} of {capacity} taken',
  'table.sit_sofa': 'Join the sofa',
  'table.sit_sofa_name': {
    one: 'Join the sofa, {n} person is there',
    other: 'Join the sofa, {n} people are there',
  },
  'table.stand': 'Stand up',
  'table.state_deep': 'Deep in it',
  'table.state_empty': 'Free table',
  'table.state_full': 'Full',
  'table.state_locked': 'Closed',
  'table.state_mine': 'Your table',
  'table.state_open': 'Open chair',
  'table.state_round': 'In their round',
  'table.state_sofa': 'Always room',
  'table.taken': '{taken} of {capacity}',
  'table.unlock': 'Open the table',
  'table.was_locked': 'They have just closed the table. You can knock.',

  'tables.as_list': 'Tables as a list',
  'tables.as_plan': 'Tables as a floor plan',
  'tables.none': 'No tables here yet',
  'tables.none_how': 'They appear as soon as someone sets them.',
  'tables.title': 'Tables',
  'tables.view': 'How to show the tables',

  'time.yours': 'your time',

  'typing.many': 'Several people are writing',
  'typing.some': { one: '{names} is writing', other: '{names} are writing' },

  'visit.end': 'Stop visiting',
  'visit.end_name': 'Stop visiting {table}',
  'visit.here': '{name} is visiting your table.',
  'visit.start': 'Visit',
  'visit.start_name': 'Visit {table}',
  'visit.told': '{name} has come to visit your table.',

  'waiting.admitted': 'You are in. Welcome.',
  'waiting.arrived': '{name} is waiting to come in',
  'waiting.how': 'A host will let you in shortly. Meanwhile you can chat here in the lobby.',
  'waiting.title': 'Good that you are here',
};

export default en;
