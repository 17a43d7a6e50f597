// Det, der siges til dem, der er med i en runde, på dansk.

/** @type {typeof import('./rounds_en.js').default} */
const rounds = {
  'broadcast.from': '{name} siger til alle borde:',

  'chair.gone': '{name} har mistet forbindelsen. Vil du tage over?',
  'chair.gone_nobody': 'Ingen styrer runderne lige nu. Vil du tage over?',
  'chair.not_me': 'Ikke mig',
  'chair.take': 'Styr runderne',
  'chair.taken': '{name} styrer runderne nu.',
  'chair.yours': 'Du styrer runderne nu.',

  'merge.at': 'Du flytter til {table} om {s} sek.',
  'merge.at_said': 'Du sidder alene. Om få sekunder flytter du til {table}.',
  'merge.ask': 'I er kun to tilbage. Vil I flytte til {table}?',
  'merge.stay': 'Vi bliver siddende',
  'merge.waits': { one: '{n} af {of} vil gerne', other: '{n} af {of} vil gerne' },
  'merge.yes': 'Ja, lad os flytte',

  'newcomer.joins': '{names} er kommet til. En linje hver?',
  'newcomer.join': '{names} er kommet til. En linje hver?',

  'opener.another': 'Et andet spørgsmål',
  'opener.own': 'Et spørgsmål fra jeres facilitator',
  'opener.title': 'Et spørgsmål at begynde med',

  'round.alone': 'De andre er gået. Du er på vej til et andet bord.',
  'round.alone_yet': 'De andre er på vej.',
  'round.announced_said': {
    one: '{round} begynder om {n} sekund',
    other: '{round} begynder om {n} sekunder',
  },
  'round.ask_time': 'Bed om mere tid',
  'round.asked': '{yes} af {of} har bedt om mere tid',
  'round.back': 'I er samlet igen',
  'round.cancelled': 'Runden er aflyst.',
  'round.cancelled_few': 'Runden er aflyst: der var for få til et bord.',
  'round.cancelled_missed': 'Runden kunne ikke begynde til tiden og er aflyst.',
  'round.extended_short': 'Lidt mere tid',
  'round.it': 'Runden',
  'round.join_next': 'Vær med i næste runde',
  'round.join_staff': 'Vær med i runderne',
  'round.last_done': 'Det var sidste runde. Tak, fordi I satte jer sammen.',
  'round.last_one': 'Det er sidste runde. Gør dig det mageligt.',
  'round.minutes': { one: '{n} min.', other: '{n} min.' },
  'round.minutes_said': { one: '{n} minut', other: '{n} minutter' },
  'round.next_after': 'Du får en plads i næste runde, når denne er slut.',
  'round.next_here': 'Nu følger runde {number} af {of}. Den varsles her.',
  'round.next_soon': 'Du får en plads i næste runde.',
  'round.number': 'Runde {number} af {of}',
  'round.out': 'Du sidder over denne gang.',
  'round.out_staff': 'Du sidder ikke ved et bord. Du kan godt være med.',
  'round.over': '{round} er slut. Du er tilbage i {room}.',
  'round.pause_ends': 'Uret går igen.',
  'round.paused': 'Pause',
  'round.paused_said': 'Uret er sat på pause. Tal bare videre.',
  'round.seated_said': {
    one: 'Du sidder ved {table}.',
    other: 'Du sidder ved {table} med {names}.',
  },
  'round.seat_soon': 'Du får en plads, når den begynder.',
  'round.seconds_said': { one: '{n} sekund', other: '{n} sekunder' },
  'round.sit_out': 'Sid over denne gang',
  'round.sofa_said': 'Du sidder i sofaen i denne runde.',
  'round.starts_in': '{round} begynder om',
  'round.warned_last': '{n} sekunder tilbage.',
  'round.warned_minute': 'Et minut tilbage. Tid til de sidste ord.',
  'round.warned_minutes': { one: '{n} minut tilbage.', other: '{n} minutter tilbage.' },
  'round.with': 'Du sidder med',
  'round.wrapping': 'Tal sætningen færdig. I kan stadig tale sammen.',
  'round.wrapping_said': {
    one: '{n} sekund til at tale sætningen færdig. I kan stadig tale sammen.',
    other: '{n} sekunder til at tale sætningen færdig. I kan stadig tale sammen.',
  },
  'round.you_sat': 'Du sad med {names}.',

  'sound.off': 'Slå lydene i runden fra',
  'sound.on': 'Hør en stille tone, når der varsles',
};

export default rounds;
