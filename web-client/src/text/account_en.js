// The words of the pages outside an event: signing in, one's account, the front door. In English.

const account = {
  'account.be': 'Go on as them',
  'account.by_link': 'Here as a guest, by a link',
  'account.by_login': 'Signs in as {login}',
  'account.by_sso': 'Signs in through the association',
  'account.guest_how':
    'Only this browser knows you. With an account you are yourself on every device.',
  'account.login_hint': 'An e-mail address or a name without spaces. Others do not see it.',
  'account.login_taken': 'Someone has this login already. Please choose another.',
  'account.login_wrong': 'A login has 3 to 64 characters and no spaces.',
  'account.make': 'Make an account',
  'account.make_do': 'Make my account',
  'account.make_how':
    'Sign in from any device, keep your name and your groups, and leave nothing to chance.',
  'account.make_how_member': 'Then you can also sign in here directly, with a passphrase.',
  'account.not_offered': 'This server has no accounts.',
  'account.open': 'My account',
  'account.open_guest': 'My data and an account of my own',
  'account.others': 'Others in this browser',
  'account.sign_out': 'Sign out',
  'account.title': 'My account',
  'account.who': 'You are',

  'arrive.not_yours': 'This event does not know you yet',
  'arrive.not_yours_how': 'You are signed in as {name}, who is not part of this event.',
  'arrive.other': 'Sign in as someone else',

  'codes.copy': 'Copy the codes',
  'codes.download': 'Save as a file',
  'codes.go_on': 'Done',
  'codes.keep': {
    one: 'This code lets you in if you forget your passphrase. You see it only now.',
    other:
      'Each of these {n} codes lets you in once if you forget your passphrase. You see them ' +
      'only now.',
  },
  'codes.kept': 'I have kept them somewhere safe',
  'codes.new_do': 'Make new codes',
  'codes.new_ends': 'The codes you have now stop working.',
  'codes.new_open': 'Make new codes',
  'codes.print': 'Print',
  'codes.title': 'Recovery codes',
  'codes.what': 'They let you in if you forget your passphrase, each of them once.',

  'copy.by_hand': 'Please copy it by hand',
  'copy.do': 'Copy',
  'copy.done': 'Copied',
  'copy.what': 'Copy: {what}',

  'door.back_to': '{event}, as {name}',

  'erase.confirm': 'To be sure, type {name}',
  'erase.differs': 'That is not the same name.',
  'erase.do': 'Erase me for good',
  'erase.goes':
    'What goes: your name and card, your account and where you are signed in, the words of ' +
    'what you wrote, your groups, and whom you met.',
  'erase.last_organiser':
    'You are the only organiser of an event or a group. Give the role to someone first.',
  'erase.open': 'What goes and what stays',
  'erase.stays':
    'What stays, without words and without your name: that there was a message, that someone ' +
    'was there and sat somewhere, and what moderators did. Names and topics that you gave to ' +
    'tables stay too.',
  'erase.title': 'Erase me',

  'forget.do': 'Forget whom I have met',
  'forget.done': 'It is forgotten.',
  'forget.how':
    'Groups remember who has sat together, so that you meet new people next time. Names are ' +
    'not in it.',
  'forget.sure': 'Forget whom you have met, in all your groups? This cannot be undone.',
  'forget.title': 'Whom I have met',

  'form.missing': 'This is needed.',
  'form.saved': 'Saved',
  'form.signed_out': 'You are not signed in any more. Please sign in again.',
  'form.wait_minutes': {
    one: 'That was too often. Try again in {n} minute.',
    other: 'That was too often. Try again in {n} minutes.',
  },
  'form.wait_seconds': {
    one: 'That was too often. Try again in {n} second.',
    other: 'That was too often. Try again in {n} seconds.',
  },

  'home.events': 'My events',
  'home.go_in': 'Go in',
  'home.go_in_name': 'Go in to {event}',
  'home.go_on_as': 'Go on as {name}',
  'home.groups': 'My groups',
  'home.hello': 'Good to see you, {name}',
  'home.how': 'Open the link from your invitation, and you are in. There is nothing to install.',
  'home.known': 'Back to where you were',
  'home.new_event': 'New event',
  'home.new_group': 'New group',
  'home.no_events': 'No events yet. A link from an invitation opens one.',
  'home.no_groups': 'You are in no group yet.',
  'home.organise': 'Organise',
  'home.organise_name': 'Organise {event}',
  'home.others': 'Also in this browser',
  'home.title': 'The conversations between the talks',

  'passphrase.change': 'Passphrase',
  'passphrase.change_do': 'Change it',
  'passphrase.change_ends': 'You stay signed in here, and are signed out everywhere else.',
  'passphrase.change_open': 'Change my passphrase',
  'passphrase.changed': 'Your passphrase is changed.',
  'passphrase.fair': 'Good enough. Another word would make it much stronger.',
  'passphrase.good': 'Hard to guess.',
  'passphrase.guessable': 'Easy to guess. A few words that do not belong together are better.',
  'passphrase.hint': 'At least {n} characters. A few words of your own are best.',
  'passphrase.label': 'Passphrase',
  'passphrase.new': 'New passphrase',
  'passphrase.now': 'Your passphrase now',
  'passphrase.refused': 'A passphrase has 10 to 256 characters and is not your login.',
  'passphrase.short': 'At least {n} characters, please.',
  'passphrase.show': 'Show the passphrase',
  'passphrase.wrong': 'That is not your passphrase.',

  'recover.back': 'Sign in with a passphrase',
  'recover.code': 'Recovery code',
  'recover.contact': 'No code at hand? Ask',
  'recover.do': 'Set it and sign in',
  'recover.how': 'It is spent by this, and you are signed out on all other devices.',
  'recover.open': 'Forgot it? Use a recovery code',
  'recover.title': 'Use a recovery code',
  'recover.wrong': 'That login and that code do not go together, or the code is spent.',

  'sessions.all': 'Sign out everywhere',
  'sessions.all_sure': 'Sign out on all devices, this one too?',
  'sessions.client': '{browser} on {system}',
  'sessions.out_name': 'Sign out of {name}',
  'sessions.seen': 'Last here:',
  'sessions.this': 'This one',
  'sessions.title': 'Where I am signed in',
  'sessions.unnamed': 'An unnamed device',

  'sign_in.by_link': 'On this server one comes in by the link of an invitation.',
  'sign_in.do': 'Sign in',
  'sign_in.login': 'Login',
  'sign_in.not_here': 'You cannot come in here at the moment.',
  'sign_in.or': 'or with a passphrase',
  'sign_in.title': 'Sign in',
  'sign_in.with': 'Sign in with {name}',
  'sign_in.wrong': 'That login and that passphrase do not go together.',

  'sso.contact': 'If it happens again, ask',
  'sso.home': 'To the front door',
  'sso.not_now': 'That did not work just now',
  'sso.spent': 'This link does not work any more',
  'sso.spent_how':
    'It works once, and only for a short while. Go back to the page you came from and click ' +
    'there again.',

  'standing.facilitator': 'Facilitator',
  'standing.member': 'Member',
  'standing.moderator': 'Moderator',
  'standing.organiser': 'Organiser',

  'stored.account': 'Your login, and a print of your passphrase from which nobody can read it.',
  'stored.card': 'Your name and your card, as you wrote them.',
  'stored.download': 'Download everything',
  'stored.met':
    'In a group: that you have met someone, without names, until enough meetings have passed.',
  'stored.moderation': 'What moderators did that concerned you, and why.',
  'stored.seats':
    'Which events you came to, where you sat, and for how long, as long as the event is kept.',
  'stored.sessions': 'Where you are signed in: the browser’s name, and when it was last here.',
  'stored.title': 'What is stored about me',
  'stored.words':
    'What you wrote, as long as the event is kept; private messages until you erase yourself.',

  'time.there': '{time} in {zone}',
};

export default account;
