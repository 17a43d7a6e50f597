// The Backend over the shards: every question is asked on the home shard of the place it concerns,
// and answered on the caller's io_context.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <vector>

#include "server/backend.hpp"
#include "server/net/shard.hpp"
#include "server/store.hpp"

namespace hallway {

/// Borrows the shards, the store and the pool for slow work, which outlive it.
class ShardBackend final : public Backend {
 public:
  ShardBackend(std::vector<Shard*> shards, Store& store, boost::asio::thread_pool& slow)
      : shards_(std::move(shards)), store_(store), slow_(slow) {}

  void create_event(boost::asio::io_context& home, EventId event, EventSpec spec,
                    Done<EventView> done) override;
  void glimpse(boost::asio::io_context& home, EventId event, PersonId viewer,
               Done<Glimpse> done) override;
  void command(boost::asio::io_context& home, EventId event, PersonId person, bool as_operator,
               Command command, Done<Reply> done) override;
  void note(boost::asio::io_context& home, EventId event, PersonId by, AuditView act,
            Done<Reply> done) override;
  void forget_event(boost::asio::io_context& home, EventId event, Done<bool> done) override;
  void revoke_session(const TokenHash& hash) override;
  bool ready() const override { return ready_; }
  Registry& registry() override { return store_; }
  Accounts& accounts() override { return store_; }
  Groups& groups() override { return store_; }
  Privacy& privacy() override { return store_; }
  Journal& journal() override { return store_; }
  void aside(std::function<void()> work) override;
  void carry_out(PersonId person, Erasure erasure) override;

  void set_ready(bool ready) { ready_ = ready; }

 private:
  template <class T>
  void ask(boost::asio::io_context& home, PlaceMessage message, Done<T> done);

  const std::vector<Shard*> shards_;
  Store& store_;
  boost::asio::thread_pool& slow_;
  std::atomic<bool> ready_ = false;
};

}  // namespace hallway
