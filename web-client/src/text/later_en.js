// The words of the views of later.js, in English.

const later = {
  'action.close': 'Close',

  'block.what': 'Blocking hides what {name} writes. They are not told.',

  'card.org': 'Where you work',
  'card.title': 'What you do',

  'conversation.accept': 'Answer them',
  'conversation.add': 'Add someone',
  'conversation.asks': '{name} would like to write with you.',
  'conversation.decline': 'No, thanks',
  'conversation.decline_silent': 'If you decline, they are not told.',
  'conversation.first_hint':
    'Up to {n} characters. If you have not sat together, they choose whether to answer.',
  'conversation.first_words': 'Your first words',
  'conversation.new': 'New',
  'conversation.new_title': 'New message',
  'conversation.none': 'No private messages yet',
  'conversation.none_how':
    'Choose a person under People and write to them. Only the two of you can read it.',
  'conversation.request': 'Wants to write with you:',
  'conversation.to': 'To whom',
  'conversation.without': 'Leave {name} out',

  'keys.leave': 'Leave a panel',
  'keys.line': 'A new line',
  'keys.mention': 'Mention someone',
  'keys.move': 'Move within a list',
  'keys.places': 'The room before or after',
  'keys.send': 'Send',
  'keys.this': 'This card',
  'keys.title': 'Keys',
  'keys.write': 'To the message field',

  'me.account': 'My account and my data',
  'me.account_how': 'How you sign in, where you are signed in, and what is stored about you.',
  'me.account_open': 'Open my account',
  'me.edit': 'Change my card',
  'me.leave': 'Leave the event',
  'me.record': 'What moderators did concerning me',
  'me.saved': 'Your card is up to date.',
  'me.who_sees': 'Everyone in this event can see your card.',

  'message.deleted_short': 'Deleted',

  'people.alone': 'Only you so far',
  'people.alone_how': 'People appear here as they come in.',
  'people.find': 'Find by name, ask or offer',
  'people.here': { one: '{n} person here', other: '{n} people here' },
  'people.more': 'Show more people',
  'people.none_found': 'Nobody by that name or topic.',

  'person.guest': 'Guest',
  'person.invite': 'Invite to my table',
  'person.online': 'here',
  'person.write': 'Write to them',

  'reads.group': 'Only those in this conversation can read this.',
  'reads.two': 'Only you and {name} can read this.',

  'role.facilitator': 'Facilitator',
  'role.moderator': 'Moderator',
  'role.organiser': 'Organiser',

  'search.close': 'Close the search',
  'search.everywhere': 'Everywhere I can read',
  'search.found': { one: '{n} message found', other: '{n} messages found', zero: 'Nothing found' },
  'search.go': 'Search',
  'search.label': 'Words to look for',
  'search.nothing': 'Nothing found. Try fewer or other words.',
  'search.results': 'Messages found',
  'search.show': 'Show where it was said',
  'search.too_far': 'That was said too long ago to scroll back to.',

  'settings.language': 'Language',
  'settings.notify':
    'Tell me in the browser about private messages, mentions and a round about to start',
  'settings.notify_denied': 'The browser does not allow notifications for this page.',
  'settings.sound': 'Play a quiet tone when a round starts, warns or wraps up',
  'settings.theme': 'Light or dark',
  'settings.title': 'Settings',

  'theme.dark': 'Dark',
  'theme.light': 'Light',
  'theme.system': 'As this device',
};

export default later;
