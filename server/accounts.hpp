// Port: how people show who they are: accounts (login and passphrase), recovery codes, devices that
// an account knows, identities of other sites, and the sessions that a sign-in begins. Reads may be
// called from any thread and block for one indexed query. Writes go through the journal's one
// writer, in its group commits. Nothing that is kept here signs anybody in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/view.hpp"
#include "server/registry.hpp"

namespace hallway {

struct Account {
  PersonId person;
  std::string login;       ///< As it is compared: NFC, its case folded.
  std::string passphrase;  ///< The Argon2id hash with its parameters (server/passphrase.hpp).
  TimeMs created_at = 0;
};

/// A session as its person sees it in a list.
struct KnownSession {
  TokenHash hash{};
  TimeMs created_at = 0;
  TimeMs seen_at = 0;  ///< To the hour.
  std::string client;  ///< `Firefox on Linux`.
};

struct NewSession {
  TokenHash hash{};
  PersonId person;
  TimeMs now = 0;
  TimeMs expires_at = 0;
  std::string client;
  std::optional<TokenHash> replaced;  ///< The session whose place in the browser it takes: it ends.
};

/// A browser that has signed in to an account before. Its cookie changes with each sign-in, so that
/// one that somebody planted is worth nothing afterwards.
struct DeviceChange {
  std::optional<TokenHash> before;
  TokenHash now{};
};

struct SignIn {
  NewSession session;
  std::optional<EventId> event;  ///< Of which they are a member; else `not_found`.
  std::optional<DeviceChange> device;
  std::optional<std::string> passphrase = {};  ///< The hash that was found to fit.
};

/// A signed link: it signs in once, and is kept until nobody would take it any more.
struct SpentLink {
  TokenHash hash{};  ///< Of the provider's id and the `jti`.
  TimeMs until = 0;
};

/// Somebody whom another site vouches for. Its first sign-in makes them a person.
struct IdentitySignIn {
  std::string issuer;
  std::string subject;
  PersonId newcomer;  ///< Their id, if they are new.
  Card card;          ///< What the site says of them now: name always, org and title where not "".
  std::vector<std::pair<std::string, Role>> groups;  ///< Of groups they are to belong to: id, role.
  NewSession session;                                ///< Its person is filled in.
  std::optional<EventId> event;
  std::optional<Role> role;  ///< To belong to the event with; none: only where they do already.
  std::optional<SpentLink> link = {};
};

struct SignedIn {
  PersonView person;  ///< With the role in `event`, where there is one.
  std::optional<EventId> event;
  std::vector<TokenHash> ended;  ///< Sessions that ended by it: their sockets are to be closed.
};

/// A recovery code in place of the passphrase that was forgotten.
struct AccountRecovery {
  std::string login;
  TokenHash code{};
  std::string passphrase;  ///< The new one's hash.
  NewSession session;      ///< Its person is filled in.
  std::optional<DeviceChange> device;
};

class Accounts {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;  ///< Called once, on the writer's thread.
  using Hashes = std::vector<TokenHash>;

  /// Live sessions of a person; one more ends the one that was seen least lately.
  static constexpr std::int64_t sessions_max = 50;
  /// Devices that an account knows; one more forgets the one that signed in least lately.
  static constexpr std::int64_t devices_max = 20;

  virtual ~Accounts() = default;

  // --- Reads
  virtual Result<Account> account(const std::string& login) = 0;
  virtual Result<Account> account_of(PersonId person) = 0;
  virtual Result<bool> knows_device(PersonId person, const TokenHash& device) = 0;
  /// Whom another site vouched for before, by its name for them.
  virtual Result<PersonId> person_of(const std::string& issuer, const std::string& subject) = 0;
  /// Those that are good at `now`, the latest first.
  virtual Result<std::vector<KnownSession>> sessions_of(PersonId person, TimeMs now) = 0;
  /// What they belong to, the latest joined first.
  virtual Result<std::vector<std::pair<EventId, Role>>> events_of(PersonId person,
                                                                  std::int64_t limit) = 0;

  // --- Writes
  /// `conflict`: field `login` where somebody has it; without one where they have an account, or
  /// another site vouches for them.
  virtual void make_account(Account account, Hashes recovery, Done<bool> done) = 0;
  /// Ends all their sessions but `kept`, and tells which.
  virtual void set_passphrase(PersonId person, std::string passphrase, TokenHash kept,
                              Done<Hashes> done) = 0;
  /// The former ones are worth nothing.
  virtual void put_recovery_codes(PersonId person, Hashes codes, Done<bool> done) = 0;
  /// `unauthenticated` for an unknown login and a wrong code alike. Ends all other sessions.
  virtual void recover(AccountRecovery recovery, Done<SignedIn> done) = 0;
  virtual void sign_in(SignIn sign_in, Done<SignedIn> done) = 0;
  /// `conflict`, field `jwt`, where the link was used before.
  virtual void sign_in_by_identity(IdentitySignIn sign_in, Done<SignedIn> done) = 0;
  /// All of theirs; tells which those were.
  virtual void end_sessions(PersonId person, Done<Hashes> done) = 0;
};

}  // namespace hallway
