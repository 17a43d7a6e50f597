// See world.hpp.
#include "tests/simulation/world.hpp"

#include <algorithm>
#include <utility>

namespace hallway::simulation {
namespace {

constexpr ShardIndex shard_count = 2;
constexpr Settings settings{};

}  // namespace

/// One hub and one host with the tasks that were posted to them, as server/net/shard has them.
class World::Shard final : public Router {
 public:
  Shard(World& world, ShardIndex index)
      : world_(world),
        index_(index),
        host_(index, settings,
              HostPorts{world.journal_, world.registry_, *this, *world.observer_, clock(), random(),
                        [this](auto work) { post(work()); }}),
        hub_(index, SessionSettings{},
             HubPorts{world.registry_, *this, *world.observer_, clock(), random(),
                      [this](auto work) { post(work()); }}) {}

  void to_place(PlaceMessage message) override {
    Shard& home = *world_.shards_[home_of(message.place, shards())];
    if (&home == this) {
      host_.handle(std::move(message));
    } else {
      home.tasks_.push_back([&home, message = std::make_shared<PlaceMessage>(std::move(message))] {
        home.host_.handle(std::move(*message));
      });
    }
  }
  void to_shard(ShardIndex shard, Release release) override {
    if (shard == index_) {
      own_.push_back(std::move(release));
    } else {
      Shard& other = *world_.shards_[shard];
      other.tasks_.push_back([&other, release = std::make_shared<Release>(std::move(release))] {
        other.hub_.apply(std::move(*release));
      });
    }
  }
  void post(std::function<void()> work) override { tasks_.push_back(std::move(work)); }
  ShardIndex shards() const override { return shard_count; }

  /// Runs some of what waits, then lets go what became ready.
  bool turn() {
    if (tasks_.empty()) return false;
    const std::size_t count = 1 + world_.chance_.below(tasks_.size());
    for (std::size_t i = 0; i < count; ++i) {
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      task();
    }
    settle();
    return true;
  }
  void settle() {
    bool moved = true;
    while (moved) {
      moved = host_.end_turn();
      for (Release& release : std::exchange(own_, {})) {
        hub_.apply(std::move(release));
        moved = true;
      }
      moved = hub_.flush() || hub_.is_serving_crowd() || moved;
    }
  }
  void tick() {
    host_.probe();
    host_.tick();
    hub_.tick();
    settle();
  }
  std::optional<TimeMs> next_deadline() const {
    const auto host = host_.next_deadline();
    const auto hub = hub_.next_deadline();
    if (!host || !hub) return host ? host : hub;
    return std::min(*host, *hub);
  }
  Hub& hub() { return hub_; }

 private:
  std::function<TimeMs()> clock() {
    return [this] { return world_.now_; };
  }
  std::function<std::uint64_t()> random() {
    return [this] { return world_.chance_.next() | 1; };
  }

  World& world_;
  const ShardIndex index_;
  std::deque<std::function<void()>> tasks_;
  std::vector<Release> own_;
  PlaceHost host_;
  Hub hub_;
};

World::World(std::uint64_t seed, EventId event, std::vector<PersonView> people)
    : chance_(seed),
      event_(event),
      monitor_(event, people, settings),
      journal_(
          [this](const auto& entries) {
            note_blocks(entries);
            monitor_.committed(entries, now_);
          },
          [this] { monitor_.moderation().restarted(); }),
      registry_(event, std::move(people), monitor_.standings()),
      observer_(std::make_unique<Observer>()) {
  build();
}

World::~World() = default;

void World::build() {
  for (ShardIndex i = 0; i < shard_count; ++i) shards_.push_back(std::make_unique<Shard>(*this, i));
}

void World::create(const EventSpec& spec) {
  shards_.front()->to_place(PlaceMessage{place_of(event_), {}, 0, {}, CreateEvent{spec}});
  settle();
  run_until_idle();
}

Wire* World::connect(Listener& listener, PersonId person) {
  Wire& wire = *wires_.emplace_back(std::make_unique<Wire>());
  wire.listener_ = &listener;
  wire.shard_ = static_cast<ShardIndex>(chance_.below(shard_count));
  wire.session_ =
      &shards_[wire.shard_]->hub().open(wire, Principal{MemoryRegistry::token_of(person)});
  return &wire;
}

void World::say(Wire* wire, const std::string& text) {
  if (!is_open(wire) || wire->session_ == nullptr) return;
  wire->session_->on_text(text);
  shards_[wire->shard_]->settle();
}

bool World::is_open(const Wire* wire) const {
  return wire != nullptr && wire->listener_ != nullptr;
}

void World::drop(Wire* wire, bool silently) {
  wire->listener_ = nullptr;
  if (!silently) let_go(*wire);
}

void World::let_go(Wire& wire) {
  Session* session = std::exchange(wire.session_, nullptr);
  if (session == nullptr) return;
  shards_[wire.shard_]->hub().closed(*session);
  shards_[wire.shard_]->settle();
}

bool World::deliver(Wire& wire) {
  if (wire.session_ == nullptr) return false;
  const bool is_read = wire.listener_ != nullptr && !wire.stalled_;
  if (wire.under_way_ && is_read) {
    const Frame frame = std::exchange(wire.under_way_, {});
    wire.listener_->on_text(std::string(frame.text()));
    if (wire.session_ != nullptr) {
      wire.session_->on_sent();
      shards_[wire.shard_]->settle();
    }
    return true;
  }
  // A close waits for what is under way, but for two seconds at most.
  if (wire.closing_ && (!wire.under_way_ || !is_read)) {
    Listener* listener = std::exchange(wire.listener_, nullptr);
    let_go(wire);
    if (listener != nullptr) listener->on_close(*wire.closing_);
    return true;
  }
  return false;
}

bool World::step() {
  // Every kind of work gets its chance first, in an order that the seed chooses.
  const std::size_t kinds = shard_count + 1 + wires_.size();
  const std::size_t first = chance_.below(kinds);
  for (std::size_t i = 0; i < kinds; ++i) {
    const std::size_t kind = (first + i) % kinds;
    if (kind < shard_count) {
      if (shards_[kind]->turn()) return true;
    } else if (kind == shard_count) {
      if (journal_.waiting() > 0) {
        journal_.settle_one();
        return true;
      }
    } else if (deliver(*wires_[kind - shard_count - 1])) {
      return true;
    }
  }
  std::erase_if(wires_, [](const auto& wire) {
    return wire->session_ == nullptr && wire->listener_ == nullptr;
  });
  return false;
}

void World::run_until_idle() {
  constexpr int steps_max = 100'000;
  for (int i = 0; i < steps_max; ++i) {
    if (!step()) return;
  }
  throw Broken("the server comes to rest");
}

void World::settle() {
  for (const auto& shard : shards_) shard->settle();
}

void World::advance(std::int64_t ms) {
  const TimeMs until = now_ + ms;
  while (now_ < until) {
    TimeMs next = std::min(until, now_ + 1'000);  // a probe each second while the journal is shut
    for (const auto& shard : shards_) {
      if (const auto due = shard->next_deadline()) next = std::min(next, std::max(*due, now_ + 1));
    }
    now_ = next;
    for (const auto& shard : shards_) shard->tick();
    const std::size_t steps = chance_.below(20);
    for (std::size_t i = 0; i < steps; ++i) step();
    look_();
  }
}

void World::fail_journal(ErrorCode code) {
  journal_.fail(code);
  monitor_.outages().begin(Outage::journal, now_);
}

void World::heal_journal() {
  journal_.heal();
  monitor_.outages().end(Outage::journal, now_);
}

void World::served() {
  monitor_.outages().end(Outage::process, now_);
}

void World::note_blocks(const std::vector<JournalEntry>& entries) {
  for (const JournalEntry& entry : entries) {
    const PersonId by{entry.place.value};
    if (const auto* set = std::get_if<PersonBlocked>(&entry.push.data)) {
      blocks_.emplace(by, set->person);
    } else if (const auto* lifted = std::get_if<PersonUnblocked>(&entry.push.data)) {
      blocks_.erase({by, lifted->person});
    } else {
      continue;
    }
    registry_.set_blocks({blocks_.begin(), blocks_.end()});
  }
}

void World::crash() {
  monitor_.outages().begin(Outage::process, now_);
  journal_.crash(chance_.one_in(3));
  // Nothing of the old process runs any more: its sessions and places are simply gone.
  shards_.clear();
  std::vector<Listener*> cut_off;
  for (const auto& wire : wires_) {
    if (wire->listener_ != nullptr) cut_off.push_back(wire->listener_);
    wire->session_ = nullptr;
    wire->listener_ = nullptr;
  }
  wires_.clear();
  build();
  for (Listener* listener : cut_off) listener->on_close(CloseCode::internal);
  for (PendingFollowUp& pending : *journal_.pending_follow_ups()) {
    const PlaceId target = pending.follow_up.target;
    const PersonId by = pending.follow_up.by;
    shards_.front()->to_place(PlaceMessage{target, {}, 0, by, std::move(pending)});
  }
  settle();
}

}  // namespace hallway::simulation
