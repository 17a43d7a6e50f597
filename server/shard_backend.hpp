// The Backend over the shards: every question is asked on the home shard of the place it concerns,
// and answered on the caller's io_context.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "server/backend.hpp"
#include "server/net/shard.hpp"

namespace hallway {

/// Borrows the shards and the registry, which outlive it.
class ShardBackend final : public Backend {
 public:
  ShardBackend(std::vector<Shard*> shards, Registry& registry, Accounts& accounts)
      : shards_(std::move(shards)), registry_(registry), accounts_(accounts) {}

  void create_event(boost::asio::io_context& home, EventId event, EventSpec spec,
                    Done<EventView> done) override;
  void glimpse(boost::asio::io_context& home, EventId event, Done<Glimpse> done) override;
  void command(boost::asio::io_context& home, EventId event, PersonId person, bool as_operator,
               Command command, Done<Reply> done) override;
  void forget_event(boost::asio::io_context& home, EventId event, Done<bool> done) override;
  void revoke_session(const TokenHash& hash) override;
  bool ready() const override { return ready_; }
  Registry& registry() override { return registry_; }
  Accounts& accounts() override { return accounts_; }

  void set_ready(bool ready) { ready_ = ready; }

 private:
  template <class T>
  void ask(boost::asio::io_context& home, PlaceMessage message, Done<T> done);

  const std::vector<Shard*> shards_;
  Registry& registry_;
  Accounts& accounts_;
  std::atomic<bool> ready_ = false;
};

}  // namespace hallway
