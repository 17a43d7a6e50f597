#include "server/shard_backend.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace hallway {

template <class T>
void ShardBackend::ask(boost::asio::io_context& home, PlaceMessage message, Done<T> done) {
  Shard* shard = shards_[home_of(message.place, static_cast<ShardIndex>(shards_.size()))];
  shard->post([shard, &home, message = std::move(message), done = std::move(done)] {
    shard->hub().ask(message, [&home, done](Result<Answered> outcome) {
      boost::asio::post(home, [done, outcome = std::move(outcome)]() mutable {
        if (outcome) {
          done(std::get<T>(std::move(*outcome)));
        } else {
          done(outcome.error());
        }
      });
    });
  });
}

void ShardBackend::create_event(boost::asio::io_context& home, EventId event, EventSpec spec,
                                Done<EventView> done) {
  ask<EventView>(home, PlaceMessage{place_of(event), {}, 0, {}, CreateEvent{std::move(spec)}},
                 std::move(done));
}

void ShardBackend::glimpse(boost::asio::io_context& home, EventId event, PersonId viewer,
                           Done<Glimpse> done) {
  ask<Glimpse>(home, PlaceMessage{place_of(event), {}, 0, viewer, AskGlimpse{}}, std::move(done));
}

void ShardBackend::command(boost::asio::io_context& home, EventId event, PersonId person,
                           bool as_operator, Command command, Done<Reply> done) {
  ask<Reply>(
      home,
      PlaceMessage{
          place_of(event), {}, 0, person, PlaceCommand{std::move(command), false, as_operator}},
      std::move(done));
}

void ShardBackend::note(boost::asio::io_context& home, EventId event, PersonId by, AuditView act,
                        Done<Reply> done) {
  ask<Reply>(home, PlaceMessage{place_of(event), {}, 0, by, NoteAct{std::move(act)}},
             std::move(done));
}

void ShardBackend::forget_event(boost::asio::io_context& home, EventId event, Done<bool> done) {
  ask<bool>(home, PlaceMessage{place_of(event), {}, 0, {}, Forget{}}, std::move(done));
}

void ShardBackend::aside(std::function<void()> work) {
  boost::asio::post(slow_, std::move(work));
}

void ShardBackend::carry_out(PersonId person, Erasure erasure) {
  const auto send = [this](PlaceMessage message) {
    Shard* shard = shards_[home_of(message.place, static_cast<ShardIndex>(shards_.size()))];
    shard->post([shard, message = std::move(message)]() mutable {
      shard->host().handle(std::move(message));
    });
  };
  for (PendingFollowUp& follow_up : erasure.follow_ups) {
    const PlaceId target = follow_up.follow_up.target;
    send(PlaceMessage{target, {}, 0, person, std::move(follow_up)});
  }
  for (const TokenHash& session : erasure.sessions) revoke_session(session);
}

void ShardBackend::revoke_session(const TokenHash& hash) {
  for (Shard* shard : shards_) {
    shard->post([shard, hash] { shard->hub().revoke(hash); });
  }
}

}  // namespace hallway
