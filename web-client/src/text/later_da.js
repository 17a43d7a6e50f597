// The words of the views of later.js, in Danish.

/** @type {typeof import('./later_en.js').default} */
const later = {
  'action.close': 'Luk',

  'block.what': 'Blokerer du, ser du ikke, hvad {name} skriver. {name} får det ikke at vide.',

  'card.org': 'Hvor du arbejder',
  'card.title': 'Hvad du laver',

  'conversation.accept': 'Ja, svar',
  'conversation.add': 'Tag en med',
  'conversation.asks': '{name} vil gerne skrive med dig.',
  'conversation.decline': 'Nej tak',
  'conversation.decline_silent': 'Siger du nej, får de det ikke at vide.',
  'conversation.first_hint':
    'Op til {n} tegn. Har I ikke siddet sammen, bestemmer de selv, om de svarer.',
  'conversation.first_words': 'Dine første ord',
  'conversation.new': 'Ny',
  'conversation.new_title': 'Ny besked',
  'conversation.none': 'Ingen private beskeder endnu',
  'conversation.none_how': 'Vælg en under Folk, og skriv. Kun I to kan læse det.',
  'conversation.request': 'Vil gerne skrive med dig:',
  'conversation.to': 'Til hvem',
  'conversation.without': 'Uden {name}',

  'keys.leave': 'Forlad et panel',
  'keys.line': 'Ny linje',
  'keys.mention': 'Nævn en',
  'keys.move': 'Flyt i en liste',
  'keys.places': 'Rummet før eller efter',
  'keys.send': 'Send',
  'keys.this': 'Dette kort',
  'keys.title': 'Taster',
  'keys.write': 'Til beskedfeltet',

  'me.account': 'Min konto og mine data',
  'me.account_how': 'Hvordan du logger ind, hvor du er logget ind, og hvad der er gemt om dig.',
  'me.account_open': 'Åbn min konto',
  'me.edit': 'Ret mit kort',
  'me.leave': 'Forlad mødet',
  'me.record': 'Hvad moderatorer har gjort i forhold til mig',
  'me.saved': 'Dit kort er opdateret.',
  'me.who_sees': 'Alle i mødet kan se dit kort.',

  'message.deleted_short': 'Slettet',

  'people.alone': 'Kun dig indtil videre',
  'people.alone_how': 'Folk dukker op her, når de kommer ind.',
  'people.find': 'Find på navn, spørgsmål eller tilbud',
  'people.here': { one: '{n} er her', other: '{n} er her' },
  'people.more': 'Vis flere',
  'people.none_found': 'Ingen med det navn eller emne.',

  'person.guest': 'Gæst',
  'person.invite': 'Inviter til mit bord',
  'person.online': 'er her',
  'person.write': 'Skriv til',

  'reads.group': 'Kun de, der er med i samtalen, kan læse med.',
  'reads.two': 'Kun du og {name} kan læse med.',

  'role.facilitator': 'Facilitator',
  'role.moderator': 'Moderator',
  'role.organiser': 'Arrangør',

  'search.close': 'Luk søgningen',
  'search.everywhere': 'Overalt, hvor jeg kan læse med',
  'search.found': { one: '{n} besked fundet', other: '{n} beskeder fundet', zero: 'Intet fundet' },
  'search.go': 'Søg',
  'search.label': 'Ord at lede efter',
  'search.nothing': 'Intet fundet. Prøv færre eller andre ord.',
  'search.results': 'Fundne beskeder',
  'search.show': 'Vis, hvor det blev sagt',
  'search.too_far': 'Det er for længe siden til at rulle tilbage til.',

  'settings.language': 'Sprog',
  'settings.notify':
    'Giv besked i browseren om private beskeder, når nogen nævner mig, og når en runde begynder',
  'settings.notify_denied': 'Browseren tillader ikke beskeder fra denne side.',
  'settings.sound': 'Spil en stille tone, når en runde begynder, varsler eller rundes af',
  'settings.theme': 'Lyst eller mørkt',
  'settings.title': 'Indstillinger',

  'theme.dark': 'Mørkt',
  'theme.light': 'Lyst',
  'theme.system': 'Som enheden',
};

export default later;
