// Journal and registry on one SQLite database: a writer with its thread (SqliteWriter), and a few
// read-only connections that any thread borrows for one read. Writes are answered on the writer's
// thread, reads return when done.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/clock.hpp"
#include "server/sqlite_db.hpp"
#include "server/sqlite_groups.hpp"
#include "server/sqlite_writer.hpp"
#include "server/store.hpp"

namespace hallway {

struct SqliteOptions {
  std::string vfs;              ///< SQLite's file system; tests name one that fails.
  bool is_fully_synced = true;  ///< False only in the test that shows why it must be true.
  /// Pages of the log (4 KiB each) that start a checkpoint: a page that many commits changed is
  /// copied once.
  int checkpoint_pages = 4000;
  int writer_cache_kib = 16 * 1024;  ///< So that a commit reads no page back, at most.
  int busy_timeout_ms = 1000;
  Durability durability = Durability::commit;
  std::size_t readers_max = 8;  ///< Reads at once; more wait for one to end.
  WriterBounds bounds;
};

class SqliteStore final : public Store {
 public:
  /// Makes the database if there is none, and brings an old one up to date. The refusal is a
  /// sentence for an operator. `clock` outlives the store.
  static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& file,
                                                   ClockSource& clock, SqliteOptions options = {});
  /// Writes what waits. No call may be under way.
  ~SqliteStore() override;

  // --- Journal
  void append(JournalBatch batch, Journal::Done done) override;
  Result<std::vector<Push>> read_place(PlaceId place) override;
  Result<std::vector<PendingFollowUp>> pending_follow_ups() override;
  void probe(Journal::Done done) override;
  std::uint64_t generation() const override { return writer_->generation(); }

  // --- Registry
  Result<SessionOwner> session(const TokenHash& hash, TimeMs now) override;
  Result<Membership> membership(EventId event, PersonId person) override;
  Result<std::optional<Ban>> ban(EventId event, PersonId person, TimeMs now) override;
  Result<bool> is_hushed(PersonId person) override;
  Result<std::vector<PersonView>> members(EventId event) override;
  Result<std::vector<PersonView>> staff(EventId event) override;
  Result<std::vector<std::pair<PersonId, PersonId>>> blocks(EventId event) override;
  Result<std::vector<PersonView>> people(const std::vector<PersonId>& people) override;
  Result<Invitation> invitation(const TokenHash& hash, TimeMs now) override;
  Result<EventView> event(EventId event) override;
  Result<std::vector<EventView>> events() override;
  Result<EventId> latest_event_of(PersonId person) override;
  Result<std::vector<Hit>> search(const std::string& query, const std::vector<SearchScope>& scopes,
                                  std::uint64_t before, std::int64_t limit) override;
  void join(Join join, Registry::Done<Joined> done) override;
  void put_invitation(Invitation invitation, Registry::Done<bool> done) override;
  void revoke_invitation(TokenHash hash, Registry::Done<bool> done) override;
  void put_operator(TokenHash hash, TimeMs now, TimeMs expires_at,
                    Registry::Done<bool> done) override;
  void drop_session(TokenHash hash, Registry::Done<bool> done) override;
  void delete_event(EventId event, Registry::Done<bool> done) override;

  // --- Accounts
  Result<Account> account(const std::string& login) override;
  Result<Account> account_of(PersonId person) override;
  Result<bool> knows_device(PersonId person, const TokenHash& device) override;
  Result<PersonId> person_of(const std::string& issuer, const std::string& subject) override;
  Result<std::vector<KnownSession>> sessions_of(PersonId person, TimeMs now) override;
  Result<std::vector<std::pair<EventId, Role>>> events_of(PersonId person,
                                                          std::int64_t limit) override;
  void make_account(Account account, Hashes recovery, Accounts::Done<bool> done) override;
  void set_passphrase(PersonId person, std::string passphrase, TokenHash kept,
                      Accounts::Done<Hashes> done) override;
  void put_recovery_codes(PersonId person, Hashes codes, Accounts::Done<bool> done) override;
  void recover(AccountRecovery recovery, Accounts::Done<SignedIn> done) override;
  void sign_in(SignIn sign_in, Accounts::Done<SignedIn> done) override;
  void sign_in_by_identity(IdentitySignIn sign_in, Accounts::Done<SignedIn> done) override;
  void end_sessions(PersonId person, Accounts::Done<Hashes> done) override;

  // --- Groups
  Result<Group> group(GroupId group) override;
  Result<std::vector<GroupId>> groups() override;
  Result<std::vector<GroupId>> groups_of(PersonId person) override;
  Result<std::vector<DatedEvent>> events_of(GroupId group) override;
  Result<DatedEvent> dated_event(EventId event) override;
  Result<std::vector<GroupBan>> bans(GroupId group, TimeMs now) override;
  Result<PersonId> calendar_reader(GroupId group, const std::string& key) override;
  Result<std::vector<MetBefore>> met_before(EventId event,
                                            const std::vector<PersonId>& people) override;
  void put_group(GroupId group, std::string name, std::string about, PersonId creator, TimeMs now,
                 Groups::Done<bool> done) override;
  void change_group(GroupId group, GroupChange change, Groups::Done<bool> done) override;
  void delete_group(GroupId group, Groups::Done<bool> done) override;
  void put_group_member(GroupId group, PersonId person, Role role, TimeMs now,
                        Groups::Done<bool> done) override;
  void remove_group_member(GroupId group, PersonId person, Groups::Done<bool> done) override;
  void set_rota(GroupId group, std::vector<PersonId> people, Groups::Done<bool> done) override;
  void hand_over(GroupId group, std::optional<PersonId> to, Groups::Done<bool> done) override;
  void lift_ban(GroupId group, PersonId person, Groups::Done<bool> done) override;
  void renew_calendar(GroupId group, PersonId person, bool on, Groups::Done<bool> done) override;
  void enter_group_event(GroupId group, PersonId person, std::optional<EventId> event, TimeMs now,
                         Groups::Done<EventId> done) override;
  void join_by_claim(PersonId person, GroupId group, Role role, TimeMs now,
                     Groups::Done<bool> done) override;
  void forget_met(PersonId person, GroupId group, Groups::Done<bool> done) override;

  // --- Privacy
  Result<StoredPage> stored_pushes(PlaceId place, std::uint64_t row,
                                   std::size_t bytes_max) override;
  Result<std::vector<Push>> attendance_pushes(EventId event) override;
  Result<std::vector<StoredPush>> pushes_about(PlaceId place, PersonId person) override;
  Result<Holdings> holdings(PersonId person) override;
  Result<std::vector<EventId>> events_past_retention(TimeMs now) override;
  Result<std::vector<PersonId>> stranded_guests() override;
  void erase_person(PersonId person, Privacy::Done<Erasure> done) override;

  // --- Store
  Result<std::vector<Invitation>> invitations(EventId event) override;
  Result<std::vector<OperatorToken>> operators(TimeMs now) override;

  /// What is committed by now is found by `search` when `done` is called.
  void index_messages(Journal::Done done);

 private:
  SqliteStore(std::filesystem::path file, SqliteOptions options, const Secrets& secrets);

  std::unique_ptr<Database> borrow_reader(std::optional<Error>& error);
  void give_back(std::unique_ptr<Database> reader);
  /// Until what is committed by now is found, or for 2 s.
  void await_index();

  /// Runs a read on a borrowed connection. What it found is worth nothing if the connection failed.
  template <class T>
  Result<T> read(const std::function<Result<T>(Database&)>& reading) {
    std::optional<Error> error;
    std::unique_ptr<Database> reader = borrow_reader(error);
    if (!reader) return *error;
    Result<T> found = reading(*reader);
    if (const auto failure = reader->take_failure()) found = to_error(*failure);
    give_back(std::move(reader));
    return found;
  }

  /// Runs a registry's write on the writer; `done` gets its answer after the commit.
  template <class T>
  void write(std::function<Result<T>(Database&)> writing, Registry::Done<T> done) {
    auto answer = std::make_shared<std::optional<T>>();
    writer_->write(
        [writing = std::move(writing), answer](Database& database) -> std::optional<Error> {
          Result<T> outcome = writing(database);
          if (!outcome) return outcome.error();
          *answer = std::move(*outcome);
          return std::nullopt;
        },
        [answer, done = std::move(done)](std::optional<Error> error) {
          if (error) {
            done(Result<T>(std::move(*error)));
          } else {
            done(Result<T>(std::move(**answer)));
          }
        });
  }

  const std::filesystem::path file_;
  const SqliteOptions options_;
  const Secrets secrets_;

  std::mutex mutex_;
  std::condition_variable reader_is_free_;
  std::vector<std::unique_ptr<Database>> free_readers_;
  std::size_t readers_ = 0;  ///< Free and borrowed.

  std::unique_ptr<SqliteWriter> writer_;  // Last: its callbacks may use the rest.
};

}  // namespace hallway
