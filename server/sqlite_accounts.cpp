// The accounts' side of the store (server/accounts.hpp): each write runs in the writer's
// transaction, in a savepoint of its own.
#include <algorithm>
#include <string>
#include <utility>

#include "protocol/json_writer.hpp"
#include "server/sqlite_people.hpp"
#include "server/sqlite_registry.hpp"
#include "server/sqlite_store.hpp"

namespace hallway {
namespace {

using Hashes = Accounts::Hashes;

Result<Account> read_account(Query& row) {
  if (!row.step()) return refuse(ErrorCode::not_found, "There is no such account.");
  return Account{PersonId{row.bits(0)}, row.text(1), row.text(2), row.integer(3)};
}

Result<PersonView> find_person(Database& database, PersonId person) {
  static const std::string sql =
      std::string("SELECT ") + card_columns + " FROM person WHERE id = ?";
  Query row = database.query(sql, person.value);
  if (!row.step()) return refuse(ErrorCode::not_found, "There is no such person.");
  return PersonView{person, read_card(row, 0), Role::member, PersonState::online,
                    read_guest(row, 0)};
}

Hashes live_sessions(Database& database, PersonId person, TimeMs now) {
  Query rows = database.query(
      "SELECT hash FROM session WHERE person = ? AND operator = 0 AND expires_at > ? "
      "ORDER BY seen_at DESC, created_at DESC",
      person.value, now);
  Hashes found;
  while (rows.step()) found.push_back(rows.hash(0));
  return found;
}

/// The row stays for a while, to tell "ended" from "never was".
void end_session(Database& database, const TokenHash& hash) {
  database.run("UPDATE session SET expires_at = 0 WHERE hash = ?", hash);
}

Hashes end_all_but(Database& database, PersonId person, const TokenHash* kept) {
  Hashes sessions = live_sessions(database, person, 0);
  if (kept != nullptr) std::erase(sessions, *kept);
  for (const TokenHash& hash : sessions) end_session(database, hash);
  return sessions;
}

/// What ended for it: the session it replaces, and whichever is one too many.
Hashes begin_session(Database& database, const NewSession& session) {
  Hashes ended;
  if (session.replaced) ended.push_back(*session.replaced);
  Hashes others = live_sessions(database, session.person, session.now);
  if (session.replaced) std::erase(others, *session.replaced);
  constexpr auto others_max = static_cast<std::size_t>(Accounts::sessions_max - 1);
  for (std::size_t i = others_max; i < others.size(); ++i) ended.push_back(others[i]);
  for (const TokenHash& hash : ended) end_session(database, hash);
  database.run(
      "INSERT INTO session(hash, person, operator, created_at, expires_at, client, seen_at) "
      "VALUES(?, ?, 0, ?, ?, ?, ?)",
      session.hash, session.person.value, session.now, session.expires_at, session.client,
      to_the_hour(session.now));
  return ended;
}

/// The browser's cookie is another one from now on, for every account that knew the old one.
void change_device(Database& database, PersonId person, const DeviceChange& device, TimeMs now) {
  if (device.before) {
    database.run("UPDATE device SET hash = ? WHERE hash = ?", device.now, *device.before);
  }
  database.run(
      "INSERT INTO device(person, hash, seen_at) VALUES(?, ?, ?) "
      "ON CONFLICT(person, hash) DO UPDATE SET seen_at = excluded.seen_at",
      person.value, device.now, now);
  database.run(
      "DELETE FROM device WHERE person = ?1 AND hash NOT IN "
      "(SELECT hash FROM device WHERE person = ?1 ORDER BY seen_at DESC, hash LIMIT ?2)",
      person.value, Accounts::devices_max);
}

void put_codes(Database& database, PersonId person, const Hashes& codes) {
  database.run("DELETE FROM recovery WHERE person = ?", person.value);
  for (const TokenHash& code : codes) {
    database.run("INSERT INTO recovery(person, hash) VALUES(?, ?)", person.value, code);
  }
}

/// Whether it is still the one that was looked at.
bool is_passphrase_of(Database& database, PersonId person, const std::string& hash) {
  return database
      .query("SELECT 1 FROM account WHERE person = ? AND passphrase = ?", person.value, hash)
      .step();
}

Result<SignedIn> sign_in_person(Database& database, const SignIn& sign_in) {
  const NewSession& session = sign_in.session;
  if (sign_in.passphrase && !is_passphrase_of(database, session.person, *sign_in.passphrase)) {
    return refuse(ErrorCode::unauthenticated, "The login or the passphrase is not right.");
  }
  SignedIn answer;
  if (sign_in.event) {
    const auto membership = find_membership(database, *sign_in.event, session.person);
    if (!membership) return refuse(ErrorCode::not_found, "There is no such event.", "event");
    answer.person = membership->person;
    answer.event = sign_in.event;
  } else {
    const auto person = find_person(database, session.person);
    if (!person) return person.error();
    answer.person = *person;
  }
  answer.ended = begin_session(database, session);
  if (sign_in.device) change_device(database, session.person, *sign_in.device, session.now);
  return answer;
}

Result<bool> put_account(Database& database, const Account& account, const Hashes& recovery) {
  Query mine = database.query("SELECT 1 FROM account WHERE person = ?", account.person.value);
  if (mine.step()) return refuse(ErrorCode::conflict, "There is an account already.");
  // Whoever finds their session open would keep a way in that the other site cannot close.
  Query vouched = database.query("SELECT 1 FROM identity WHERE person = ?", account.person.value);
  if (vouched.step()) return refuse(ErrorCode::conflict, "Another site signs you in here.");
  Query taken = database.query("SELECT 1 FROM account WHERE login = ?", account.login);
  if (taken.step()) return refuse(ErrorCode::conflict, "Somebody has this login.", "login");
  database.run("INSERT INTO account(person, login, passphrase, created_at) VALUES(?, ?, ?, ?)",
               account.person.value, account.login, account.passphrase, account.created_at);
  put_codes(database, account.person, recovery);
  database.run("UPDATE person SET guest = 0 WHERE id = ?", account.person.value);
  return true;
}

Result<SignedIn> spend_code(Database& database, AccountRecovery recovery) {
  PersonId person;
  {
    Query row = database.query("SELECT person FROM account WHERE login = ?", recovery.login);
    if (row.step()) person = PersonId{row.bits(0)};
  }
  const bool is_spent = database.run("DELETE FROM recovery WHERE person = ? AND hash = ?",
                                     person.value, recovery.code) > 0;
  if (!is_spent) {
    return refuse(ErrorCode::unauthenticated, "The login or the code is not right.");
  }
  database.run("UPDATE account SET passphrase = ? WHERE person = ?", recovery.passphrase,
               person.value);
  // Whoever knew the passphrase signed in with it, perhaps from a device of theirs.
  Hashes ended = end_all_but(database, person, nullptr);
  database.run("DELETE FROM device WHERE person = ?", person.value);
  SignIn sign_in{std::move(recovery.session), std::nullopt, std::move(recovery.device)};
  sign_in.session.person = person;
  auto answer = sign_in_person(database, sign_in);
  if (answer) answer->ended.insert(answer->ended.end(), ended.begin(), ended.end());
  return answer;
}

// --- Identities of other sites

std::string groups_json(const std::vector<std::pair<std::string, Role>>& groups) {
  std::string text;
  json::Writer json(text);
  json.begin_array();
  for (const auto& [group, role] : groups) {
    json.begin_array();
    json.text(group);
    json.text(to_text(role));
    json.end_array();
  }
  json.end_array();
  return text;
}

Result<PersonId> find_identity(Database& database, const std::string& issuer,
                               const std::string& subject) {
  Query row = database.query("SELECT person FROM identity WHERE issuer = ? AND subject = ?", issuer,
                             subject);
  if (!row.step()) return refuse(ErrorCode::not_found, "There is no such person.");
  return PersonId{row.bits(0)};
}

/// Who it is, known or new, with the card as their site has it now.
PersonId person_of_identity(Database& database, const IdentitySignIn& sign_in) {
  const auto identity = find_identity(database, sign_in.issuer, sign_in.subject);
  const PersonId person = identity ? *identity : sign_in.newcomer;
  Card card = sign_in.card;
  if (const auto known = find_person(database, person)) {
    card = known->card;
    card.name = sign_in.card.name;
    if (!sign_in.card.org.empty()) card.org = sign_in.card.org;
    if (!sign_in.card.title.empty()) card.title = sign_in.card.title;
  }
  put_person(database, person, card);
  database.run("UPDATE person SET guest = 0 WHERE id = ?", person.value);
  database.run(
      "INSERT INTO identity(issuer, subject, person, groups, seen_at) VALUES(?, ?, ?, ?, ?) "
      "ON CONFLICT(issuer, subject) DO UPDATE SET groups = excluded.groups, "
      "seen_at = excluded.seen_at",
      sign_in.issuer, sign_in.subject, person.value, groups_json(sign_in.groups),
      to_the_hour(sign_in.session.now));
  return person;
}

/// A role rises by what the site says and never falls: what was given here is not theirs to take.
void enter_event(Database& database, EventId event, PersonId person, Role role, TimeMs now) {
  database.run(
      "INSERT INTO member(event, person, role, joined_at) VALUES(?, ?, ?, ?) "
      "ON CONFLICT(event, person) DO UPDATE SET role = max(role, excluded.role) "
      "WHERE lowered_at = 0",
      event.value, person.value, static_cast<int>(role), now);
}

/// False: it was used before.
bool spend(Database& database, const SpentLink& link, TimeMs now) {
  database.run("DELETE FROM spent_link WHERE until_at <= ?", now);
  return database.run("INSERT OR IGNORE INTO spent_link(hash, until_at) VALUES(?, ?)", link.hash,
                      link.until) > 0;
}

Result<SignedIn> sign_in_identity(Database& database, IdentitySignIn sign_in) {
  if (sign_in.link && !spend(database, *sign_in.link, sign_in.session.now)) {
    return refuse(ErrorCode::conflict, "This link was used already. Please ask for a new one.",
                  "jwt");
  }
  const PersonId person = person_of_identity(database, sign_in);
  if (sign_in.event && sign_in.role) {
    const bool exists =
        database.query("SELECT 1 FROM event WHERE id = ?", sign_in.event->value).step();
    if (!exists) return refuse(ErrorCode::not_found, "There is no such event.", "event");
    enter_event(database, *sign_in.event, person, *sign_in.role, sign_in.session.now);
  }
  sign_in.session.person = person;
  return sign_in_person(database, {std::move(sign_in.session), sign_in.event, std::nullopt});
}

}  // namespace

// --- Reads

Result<Account> SqliteStore::account(const std::string& login) {
  return read<Account>([&login](Database& database) {
    Query row = database.query(
        "SELECT person, login, passphrase, created_at FROM account WHERE login = ?", login);
    return read_account(row);
  });
}

Result<Account> SqliteStore::account_of(PersonId person) {
  return read<Account>([person](Database& database) {
    Query row = database.query(
        "SELECT person, login, passphrase, created_at FROM account WHERE person = ?", person.value);
    return read_account(row);
  });
}

Result<bool> SqliteStore::knows_device(PersonId person, const TokenHash& device) {
  return read<bool>([person, &device](Database& database) -> Result<bool> {
    Query row =
        database.query("SELECT 1 FROM device WHERE person = ? AND hash = ?", person.value, device);
    return row.step();
  });
}

Result<PersonId> SqliteStore::person_of(const std::string& issuer, const std::string& subject) {
  return read<PersonId>(
      [&issuer, &subject](Database& database) { return find_identity(database, issuer, subject); });
}

Result<std::vector<KnownSession>> SqliteStore::sessions_of(PersonId person, TimeMs now) {
  using Sessions = std::vector<KnownSession>;
  return read<Sessions>([person, now](Database& database) -> Result<Sessions> {
    Query rows = database.query(
        "SELECT hash, created_at, seen_at, client FROM session "
        "WHERE person = ? AND operator = 0 AND expires_at > ? "
        "ORDER BY seen_at DESC, created_at DESC",
        person.value, now);
    Sessions found;
    while (rows.step()) {
      found.push_back({rows.hash(0), rows.integer(1), rows.integer(2), rows.text(3)});
    }
    return found;
  });
}

Result<std::vector<std::pair<EventId, Role>>> SqliteStore::events_of(PersonId person,
                                                                     std::int64_t limit) {
  using Events = std::vector<std::pair<EventId, Role>>;
  return read<Events>([person, limit](Database& database) -> Result<Events> {
    Query rows = database.query(
        "SELECT event, role FROM member WHERE person = ? ORDER BY joined_at DESC LIMIT ?",
        person.value, limit);
    Events found;
    while (rows.step()) {
      found.emplace_back(EventId{rows.bits(0)}, static_cast<Role>(rows.integer(1)));
    }
    return found;
  });
}

// --- Writes

void SqliteStore::make_account(Account account, Hashes recovery, Accounts::Done<bool> done) {
  write<bool>([account = std::move(account), recovery = std::move(recovery)](
                  Database& database) { return put_account(database, account, recovery); },
              std::move(done));
}

void SqliteStore::set_passphrase(PersonId person, std::string passphrase, TokenHash kept,
                                 Accounts::Done<Hashes> done) {
  write<Hashes>(
      [person, passphrase = std::move(passphrase), kept](Database& database) -> Result<Hashes> {
        const auto changed = database.run("UPDATE account SET passphrase = ? WHERE person = ?",
                                          passphrase, person.value);
        if (changed == 0) return refuse(ErrorCode::not_found, "There is no such account.");
        return end_all_but(database, person, &kept);
      },
      std::move(done));
}

void SqliteStore::put_recovery_codes(PersonId person, Hashes codes, Accounts::Done<bool> done) {
  write<bool>(
      [person, codes = std::move(codes)](Database& database) -> Result<bool> {
        put_codes(database, person, codes);
        return true;
      },
      std::move(done));
}

void SqliteStore::recover(AccountRecovery recovery, Accounts::Done<SignedIn> done) {
  write<SignedIn>([recovery = std::move(recovery)](
                      Database& database) { return spend_code(database, recovery); },
                  std::move(done));
}

void SqliteStore::sign_in(SignIn sign_in, Accounts::Done<SignedIn> done) {
  write<SignedIn>([sign_in = std::move(sign_in)](
                      Database& database) { return sign_in_person(database, sign_in); },
                  std::move(done));
}

void SqliteStore::sign_in_by_identity(IdentitySignIn sign_in, Accounts::Done<SignedIn> done) {
  write<SignedIn>([sign_in = std::move(sign_in)](
                      Database& database) { return sign_in_identity(database, sign_in); },
                  std::move(done));
}

void SqliteStore::end_sessions(PersonId person, Accounts::Done<Hashes> done) {
  write<Hashes>(
      [person](Database& database) -> Result<Hashes> {
        return end_all_but(database, person, nullptr);
      },
      std::move(done));
}

}  // namespace hallway
