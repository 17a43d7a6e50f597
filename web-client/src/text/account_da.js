// Ordene på siderne uden om et møde: log ind, ens konto, forsiden. På dansk.

/** @type {typeof import('./account_en.js').default} */
const account = {
  'account.be': 'Fortsæt som',
  'account.by_link': 'Her som gæst med et link',
  'account.by_login': 'Logger ind som {login}',
  'account.by_sso': 'Logger ind gennem foreningen',
  'account.guest_how':
    'Kun denne browser kender dig. Med en konto er du dig selv på alle dine enheder.',
  'account.login_hint': 'En mailadresse eller et navn uden mellemrum. Andre ser det ikke.',
  'account.login_taken': 'Det brugernavn er taget. Vælg et andet.',
  'account.login_wrong': 'Et brugernavn har 3 til 64 tegn og ingen mellemrum.',
  'account.make': 'Opret en konto',
  'account.make_do': 'Opret min konto',
  'account.make_how': 'Så kan du logge ind fra alle enheder og beholder dit navn og dine grupper.',
  'account.make_how_member': 'Så kan du også logge ind direkte her med en adgangskode.',
  'account.not_offered': 'Denne server har ingen konti.',
  'account.open': 'Min konto',
  'account.open_guest': 'Mine data og en konto',
  'account.others': 'Andre i denne browser',
  'account.sign_out': 'Log ud',
  'account.title': 'Min konto',
  'account.who': 'Du er',

  'arrive.not_yours': 'Du er ikke med i dette møde endnu',
  'arrive.not_yours_how': 'Du er logget ind som {name}, som ikke er med i mødet.',
  'arrive.other': 'Log ind som en anden',

  'codes.copy': 'Kopiér koderne',
  'codes.download': 'Gem som fil',
  'codes.go_on': 'Færdig',
  'codes.keep': {
    one: 'Med denne kode kan du komme ind, hvis du glemmer din adgangskode. Du ser den kun nu.',
    other:
      'Hver af de {n} koder lukker dig ind én gang, hvis du glemmer din adgangskode. Du ser ' +
      'dem kun nu.',
  },
  'codes.kept': 'Jeg har gemt dem et sikkert sted',
  'codes.new_do': 'Lav nye koder',
  'codes.new_ends': 'De koder, du har nu, holder op med at virke.',
  'codes.new_open': 'Lav nye koder',
  'codes.print': 'Udskriv',
  'codes.title': 'Nødkoder',
  'codes.what': 'De lukker dig ind, hvis du glemmer din adgangskode. Hver kode virker én gang.',

  'copy.by_hand': 'Kopiér det selv',
  'copy.do': 'Kopiér',
  'copy.done': 'Kopieret',
  'copy.what': 'Kopiér: {what}',

  'door.back_to': '{event}, som {name}',

  'erase.confirm': 'Skriv {name} for at være sikker',
  'erase.differs': 'Det er ikke det samme navn.',
  'erase.do': 'Slet mig for altid',
  'erase.goes':
    'Det forsvinder: dit navn og dit kort, din konto, og hvor du er logget ind, ordene i det, ' +
    'du har skrevet, dine grupper, og hvem du har mødt.',
  'erase.last_organiser':
    'Du er den eneste arrangør af et møde eller en gruppe. Giv først rollen til en anden.',
  'erase.open': 'Hvad der forsvinder, og hvad der bliver',
  'erase.stays':
    'Det bliver, uden ord og uden dit navn: at der var en besked, at nogen var der og sad et ' +
    'sted, og hvad moderatorer gjorde. Navne og emner, du har givet borde, bliver også.',
  'erase.title': 'Slet mig',

  'forget.do': 'Glem, hvem jeg har mødt',
  'forget.done': 'Det er glemt.',
  'forget.how':
    'Grupper husker, hvem der har siddet sammen, så du møder nye næste gang. Der er ingen ' +
    'navne i det.',
  'forget.sure': 'Skal alle dine grupper glemme, hvem du har mødt? Det kan ikke fortrydes.',
  'forget.title': 'Hvem jeg har mødt',

  'form.missing': 'Det skal udfyldes.',
  'form.saved': 'Gemt',
  'form.signed_out': 'Du er ikke logget ind længere. Log ind igen.',
  'form.wait_minutes': {
    one: 'Det blev for mange gange. Prøv igen om {n} minut.',
    other: 'Det blev for mange gange. Prøv igen om {n} minutter.',
  },
  'form.wait_seconds': {
    one: 'Det blev for mange gange. Prøv igen om {n} sekund.',
    other: 'Det blev for mange gange. Prøv igen om {n} sekunder.',
  },

  'home.events': 'Mine møder',
  'home.go_in': 'Gå ind',
  'home.go_in_name': 'Gå ind til {event}',
  'home.go_on_as': 'Fortsæt som {name}',
  'home.groups': 'Mine grupper',
  'home.hello': 'Godt at se dig, {name}',
  'home.how': 'Åbn linket fra din invitation, så er du inde. Der er intet at installere.',
  'home.known': 'Tilbage til, hvor du var',
  'home.new_event': 'Nyt møde',
  'home.new_group': 'Ny gruppe',
  'home.no_events': 'Ingen møder endnu. Linket i en invitation åbner et.',
  'home.no_groups': 'Du er ikke med i en gruppe endnu.',
  'home.organise': 'Arrangér',
  'home.organise_name': 'Arrangér {event}',
  'home.others': 'Også i denne browser',
  'home.title': 'Samtalerne mellem oplæggene',

  'passphrase.change': 'Adgangskode',
  'passphrase.change_do': 'Skift den',
  'passphrase.change_ends':
    'Du bliver ved med at være logget ind her og logges ud alle andre steder.',
  'passphrase.change_open': 'Skift min adgangskode',
  'passphrase.changed': 'Din adgangskode er skiftet.',
  'passphrase.fair': 'God nok. Et ord mere gør den meget stærkere.',
  'passphrase.good': 'Svær at gætte.',
  'passphrase.guessable': 'Nem at gætte. Nogle ord, der ikke hører sammen, er bedre.',
  'passphrase.hint': 'Mindst {n} tegn. Nogle ord, du selv har fundet på, er bedst.',
  'passphrase.label': 'Adgangskode',
  'passphrase.new': 'Ny adgangskode',
  'passphrase.now': 'Din nuværende adgangskode',
  'passphrase.refused': 'En adgangskode har 10 til 256 tegn og er ikke dit brugernavn.',
  'passphrase.short': 'Mindst {n} tegn.',
  'passphrase.show': 'Vis adgangskodeen',
  'passphrase.wrong': 'Det er ikke din adgangskode.',

  'recover.back': 'Log ind med adgangskode',
  'recover.code': 'Nødkode',
  'recover.contact': 'Har du ingen kode? Spørg',
  'recover.do': 'Skift den, og log ind',
  'recover.how': 'Koden er brugt bagefter, og du logges ud på alle andre enheder.',
  'recover.open': 'Glemt den? Brug en nødkode',
  'recover.title': 'Brug en nødkode',
  'recover.wrong': 'Brugernavn og kode passer ikke sammen, eller også er koden brugt.',

  'sessions.all': 'Log ud alle steder',
  'sessions.all_sure': 'Log ud på alle enheder, også denne?',
  'sessions.client': '{browser} på {system}',
  'sessions.out_name': 'Log ud af {name}',
  'sessions.seen': 'Sidst her:',
  'sessions.this': 'Denne',
  'sessions.title': 'Hvor jeg er logget ind',
  'sessions.unnamed': 'En enhed uden navn',

  'sign_in.by_link': 'På denne server kommer man ind med linket i en invitation.',
  'sign_in.do': 'Log ind',
  'sign_in.login': 'Brugernavn',
  'sign_in.not_here': 'Du kan ikke komme ind her lige nu.',
  'sign_in.or': 'eller med adgangskode',
  'sign_in.title': 'Log ind',
  'sign_in.with': 'Log ind med {name}',
  'sign_in.wrong': 'Brugernavn og adgangskode passer ikke sammen.',

  'sso.contact': 'Sker det igen, så spørg',
  'sso.home': 'Til forsiden',
  'sso.not_now': 'Det lykkedes ikke lige nu',
  'sso.spent': 'Linket virker ikke længere',
  'sso.spent_how':
    'Det virker én gang og kun et kort stykke tid. Gå tilbage til siden, du kom fra, og klik igen.',

  'standing.facilitator': 'Facilitator',
  'standing.member': 'Medlem',
  'standing.moderator': 'Moderator',
  'standing.organiser': 'Arrangør',

  'stored.account': 'Dit brugernavn og et aftryk af din adgangskode, som ingen kan læse den ud af.',
  'stored.card': 'Dit navn og dit kort, som du har skrevet dem.',
  'stored.download': 'Hent det hele',
  'stored.met':
    'I en gruppe: at du har mødt nogen, uden navne, indtil der er gået tilstrækkelig mange møder.',
  'stored.moderation': 'Hvad moderatorer har gjort, som angik dig, og hvorfor.',
  'stored.seats':
    'Hvilke møder du har været med til, hvor du sad og hvor længe, så længe mødet bliver gemt.',
  'stored.sessions': 'Hvor du er logget ind: browserens navn, og hvornår den sidst var her.',
  'stored.title': 'Hvad der er gemt om mig',
  'stored.words':
    'Det, du har skrevet, så længe mødet bliver gemt. Private beskeder, til du sletter dig selv.',

  'time.there': '{time} i {zone}',
};

export default account;
