#include "tests/support/core_stage.hpp"

#include <algorithm>
#include <sstream>

namespace hallway::test {
namespace {

std::vector<PersonView> people_with(const std::vector<Role>& roles) {
  std::vector<PersonView> people;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    PersonView view;
    view.id = PersonId{i + 1};
    view.card.name = "Person " + std::to_string(i + 1);
    view.role = roles[i];
    people.push_back(std::move(view));
  }
  return people;
}

EventSpec small_spec() {
  EventSpec spec;
  spec.title = "An evening";
  spec.starts_at = CoreStage::start;
  spec.ends_at = CoreStage::start + 6 * 3'600'000;
  spec.timezone = "Europe/Copenhagen";
  spec.rooms = {{.name = "Lobby", .kind = RoomKind::lobby},
                {.name = "Tables", .kind = RoomKind::tables, .tables = 3, .capacity = 2}};
  return spec;
}

}  // namespace

bool Peer::send(const Frame& frame) {
  is_sending = true;
  std::istringstream lines{std::string(frame.text())};
  for (std::string line; std::getline(lines, line);) said_.push_back(Json::parse(line));
  return false;
}

void Peer::close(CloseCode code) {
  if (closed_) return;
  closed_ = code;
  on_close_(*this, code);
}

std::vector<Json> Peer::take() {
  std::vector<Json> news(said_.begin() + static_cast<std::ptrdiff_t>(taken_), said_.end());
  taken_ = said_.size();
  return news;
}

Json Peer::answer(std::int64_t id) const {
  for (const Json& said : said_) {
    if (said.contains("id") && said["id"] == id) return said;
  }
  return nullptr;
}

/// One hub and one host, with the tasks that were posted to them, as server/net/shard has them.
class CoreStage::Core final : public Router {
 public:
  explicit Core(CoreStage& stage)
      : host_(0, Settings{},
              HostPorts{stage.journal_, stage.registry_, *this, *stage.observer_, clock(stage),
                        random(stage), [this](auto work) { post(work()); }, stage.durability_}),
        hub_(0, SessionSettings{},
             HubPorts{stage.registry_, *this, *stage.observer_, clock(stage), random(stage),
                      [this](auto work) { post(work()); }}) {}

  void to_place(PlaceMessage message) override { host_.handle(std::move(message)); }
  void to_shard(ShardIndex, Release release) override { own_.push_back(std::move(release)); }
  void post(std::function<void()> work) override { tasks_.push_back(std::move(work)); }
  ShardIndex shards() const override { return 1; }

  bool settle() {
    bool moved = false;
    while (!tasks_.empty()) {
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      task();
      moved = true;
    }
    moved = host_.end_turn() || moved;
    for (Release& release : std::exchange(own_, {})) {
      hub_.apply(std::move(release));
      moved = true;
    }
    moved = hub_.flush() || moved;
    return moved || hub_.is_serving_crowd() || !tasks_.empty();
  }
  Hub& hub() { return hub_; }
  PlaceHost& host() { return host_; }

 private:
  static std::function<TimeMs()> clock(CoreStage& stage) {
    return [&stage] { return stage.now_; };
  }
  static std::function<std::uint64_t()> random(CoreStage& stage) {
    return [&stage] { return ++stage.chance_ * 0x9e3779b97f4a7c15ULL; };
  }

  std::deque<std::function<void()>> tasks_;
  std::vector<Release> own_;
  PlaceHost host_;
  Hub hub_;
};

CoreStage::CoreStage(std::vector<Role> roles, Durability durability)
    : durability_(durability),
      registry_(event_id, people_with(roles)),
      observer_(std::make_unique<Observer>()) {
  core_ = std::make_unique<Core>(*this);
  core_->hub().ask(PlaceMessage{place_of(event_id), {}, 0, {}, CreateEvent{small_spec()}},
                   [this](Result<Answered> made) { event_ = std::get<EventView>(*made); });
  settle();
}

CoreStage::~CoreStage() = default;

RoomId CoreStage::room(RoomKind kind) const {
  return std::find_if(event_.rooms.begin(), event_.rooms.end(),
                      [kind](const RoomView& room) { return room.kind == kind; })
      ->id;
}

TableId CoreStage::table(std::size_t index) const {
  return std::find_if(event_.rooms.begin(), event_.rooms.end(),
                      [](const RoomView& room) { return room.kind == RoomKind::tables; })
      ->tables.at(index)
      .id;
}

void CoreStage::settle() {
  bool moved = true;
  while (moved) {
    moved = core_->settle();
    for (const auto& peer : peers_) {
      if (peer->session != nullptr && peer->is_sending && peer->is_reading) {
        peer->is_sending = false;
        peer->session->on_sent();
        moved = true;
      }
      if (peer->session != nullptr && peer->closed_) drop(*peer);
    }
  }
}

void CoreStage::advance(std::int64_t ms) {
  now_ += ms;
  core_->host().probe();
  core_->host().tick();
  core_->hub().tick();
  settle();
}

Peer& CoreStage::connect(std::optional<PersonId> cookie) {
  Peer& peer = *peers_.emplace_back(std::make_unique<Peer>([](Peer&, CloseCode) {}));
  Principal principal;
  if (cookie) principal.cookie = simulation::MemoryRegistry::token_of(*cookie);
  peer.session = &core_->hub().open(peer, principal);
  settle();
  return peer;
}

Peer& CoreStage::enter(PersonId person, const Json& resume) {
  Peer& peer = connect(person);
  command(peer, "hello",
          {{"event", to_text(event_id)},
           {"client", {{"name", "test"}, {"version", "1"}}},
           {"resume", resume}});
  return peer;
}

void CoreStage::say(Peer& peer, const std::string& text) {
  if (peer.session == nullptr) return;
  peer.session->on_text(text);
  settle();
}

std::int64_t CoreStage::command(Peer& peer, const std::string& name, const Json& data) {
  const std::int64_t id = ++next_id_;
  say(peer, Json{{"id", id}, {"cmd", name}, {"d", data}}.dump());
  return id;
}

void CoreStage::drop(Peer& peer) {
  core_->hub().closed(*std::exchange(peer.session, nullptr));
  settle();
}

void CoreStage::tell(PlaceId place, PersonId by, PushData data) {
  PendingFollowUp pending{++chance_, place_of(by), FollowUp{place, by, std::move(data)}};
  core_->to_place(PlaceMessage{place, {}, 0, by, std::move(pending)});
  settle();
}

void CoreStage::restart() {
  for (const auto& peer : peers_) peer->session = nullptr;
  journal_.crash();
  core_ = std::make_unique<Core>(*this);
  settle();
}

}  // namespace hallway::test
