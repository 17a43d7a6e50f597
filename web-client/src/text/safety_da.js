// The words of what a member meets of moderation, in Danish.

/** @type {typeof import('./safety_en.js').default} */
const safety = {
  'calm.how':
    'Værterne har bedt om lidt ro: Alle skriver højst én gang hvert 10. sekund, og private ' +
    'beskeder holder pause imens.',
  'calm.how_staff':
    'Den, der kommer nu, venter på at blive lukket ind, alle skriver højst én gang hvert 10. ' +
    'sekund, og private beskeder holder pause.',
  'calm.title': 'Lidt ro på',

  'did.a_moderator': 'En moderator',
  'did.a_room': 'et rum',
  'did.a_table': 'et bord',
  'did.admission_admit': '{by} lukkede {person} ind',
  'did.admission_refuse': '{by} lukkede ikke {person} ind',
  'did.by_you': 'Du',
  'did.data_export': '{by} hentede mødets data',
  'did.event_lockdown_off': '{by} åbnede op igen',
  'did.event_lockdown_on': '{by} fik ro på mødet',
  'did.event_update': '{by} ændrede mødet',
  'did.filter_set': '{by} ændrede ordfilteret',
  'did.invite_create': '{by} lavede et invitationslink',
  'did.invite_revoke': '{by} trak et invitationslink tilbage',
  'did.message_delete': '{by} slettede en besked fra {person}',
  'did.message_review_approved': '{by} slap en besked fra {person} igennem',
  'did.message_review_kept': '{by} holdt en besked fra {person} tilbage',
  'did.older': 'Ældre',
  'did.person_ban': '{by} udelukkede {person}',
  'did.person_move': '{by} flyttede {person} til {room}',
  'did.person_mute': {
    one: '{by} fratog {person} ordet i {n} minut',
    other: '{by} fratog {person} ordet i {n} minutter',
  },
  'did.person_remove': '{by} fjernede {person} fra mødet',
  'did.person_unban': '{by} lod {person} komme tilbage',
  'did.person_unmute': '{by} gav {person} ordet igen',
  'did.person_warn': '{by} gav {person} en advarsel',
  'did.report_claim': '{by} tog sig af en anmeldelse om {person}',
  'did.report_resolve': '{by} afsluttede en anmeldelse om {person}',
  'did.role_grant': '{by} gav {person} rollen {role}',
  'did.role_revoke': '{by} tog rollen {role} tilbage fra {person}',
  'did.room_close': '{by} lukkede {room}',
  'did.room_create': '{by} åbnede {room}',
  'did.room_lock_off': '{by} låste {room} op',
  'did.room_lock_on': '{by} låste {room}',
  'did.room_slow_mode': '{by} ændrede, hvor tit man kan skrive i {room}',
  'did.room_update': '{by} ændrede {room}',
  'did.something': '{by} ændrede noget',
  'did.table_remove': '{by} tog {table} væk',
  'did.to_someone': 'nogen',
  'did.to_you': 'dig',
  'did.unread': 'Det kunne ikke hentes lige nu.',

  'reason.advertising': 'Reklame',
  'reason.off_topic': 'Ved siden af emnet',
  'reason.private': 'Deler noget privat',
  'reason.unkind': 'Ubehagelig over for andre',

  'record.nothing': 'Intet. Ingen moderator har foretaget sig noget i forhold til dig.',

  'report.send': 'Send til værterne',
  'report.shared':
    'Mødets værter ser beskeden og dem omkring den, fem i alt, og hvem der anmelder. {name} ' +
    'får ikke at vide, at det var dig.',
  'report.shared_private':
    'Mødets værter ser beskeden og dem omkring den, fem i alt, selv om samtalen er privat, ' +
    'og hvem der anmelder. {name} får ikke at vide, at det var dig.',
  'report.thanks': 'Tak. Mødets værter har fået din anmeldelse.',
  'report.title': 'Anmeld beskeden',
  'report.why': 'Hvad er der galt med den?',

  'warned.how': 'Ellers er alt som før: Du kan blive her og skrive videre.',
  'warned.read': 'Jeg har læst det',
  'warned.title': 'Et ord fra værterne',
};

export default safety;
