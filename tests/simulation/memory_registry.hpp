// Who there is, in memory: everyone was invited before the simulation begins; roles and bans are
// those that are committed.
#pragma once

#include <map>
#include <memory>

#include "server/registry.hpp"
#include "tests/simulation/standing_book.hpp"

namespace hallway::simulation {

class MemoryRegistry : public Registry {
 public:
  /// With the roles that they were invited with, for good.
  MemoryRegistry(EventId event, std::vector<PersonView> people);
  /// `standings` outlives this.
  MemoryRegistry(EventId event, std::vector<PersonView> people, const StandingBook& standings);

  /// The cookie that signs this person in.
  static TokenHash token_of(PersonId person);

  Result<SessionOwner> session(const TokenHash& hash, TimeMs now) override;
  Result<Membership> membership(EventId event, PersonId person) override;
  Result<std::optional<Ban>> ban(EventId event, PersonId person, TimeMs now) override;
  Result<bool> is_hushed(PersonId) override { return false; }
  Result<std::vector<PersonView>> members(EventId event) override;
  Result<std::vector<PersonView>> staff(EventId event) override;
  Result<std::vector<PersonView>> people(const std::vector<PersonId>& people) override;
  Result<std::vector<std::pair<PersonId, PersonId>>> blocks(EventId) override { return blocks_; }
  void set_blocks(std::vector<std::pair<PersonId, PersonId>> blocks) {
    blocks_ = std::move(blocks);
  }
  Result<std::vector<Hit>> search(const std::string&, const std::vector<SearchScope>&,
                                  std::uint64_t, std::int64_t) override {
    return std::vector<Hit>{};
  }

  // What the core of the server never asks.
  Result<Invitation> invitation(const TokenHash&, TimeMs) override { return nothing(); }
  Result<EventView> event(EventId) override { return nothing(); }
  Result<std::vector<EventView>> events() override { return nothing(); }
  Result<std::vector<Invitation>> invitations(EventId) override { return nothing(); }
  Result<EventId> latest_event_of(PersonId) override { return nothing(); }
  void join(Join, Done<Joined> done) override { done(nothing()); }
  void put_invitation(Invitation, Done<bool> done) override { done(nothing()); }
  void revoke_invitation(TokenHash, Done<bool> done) override { done(nothing()); }
  void put_operator(TokenHash, TimeMs, TimeMs, Done<bool> done) override { done(nothing()); }
  void drop_session(TokenHash, Done<bool> done) override { done(nothing()); }
  void delete_event(EventId, Done<bool> done) override { done(nothing()); }

 private:
  PersonView view_of(PersonView person) const;
  static Error nothing() { return refuse(ErrorCode::not_found, "There is no such thing."); }

  EventId event_;
  std::map<PersonId, PersonView> people_;
  std::unique_ptr<const StandingBook> own_;
  const StandingBook& standings_;
  std::vector<std::pair<PersonId, PersonId>> blocks_;
};

}  // namespace hallway::simulation
