// All simulated people together: see crowd.hpp.
#include "bots/crowd.hpp"

#include <algorithm>
#include <utility>

#include "bots/profiles.hpp"

namespace hallway::load {
namespace {

constexpr double arrival_gap_s = 1.2;
constexpr std::int64_t company_max =
    4;  // of simulated people and guests before a table is full enough
constexpr std::int64_t chairs_for_guests = 2;  // always left free

}  // namespace

Crowd::Crowd(Loop& loop, const Link& link, const CrowdOptions& options, std::vector<Talk> talks)
    : loop_(loop),
      options_(options),
      chance_(options.seed),
      stage_(*this, std::move(talks)),
      manners_(*this),
      habits_(*this, options.trouble, options.count, options.seed * 104'729) {
  std::uint64_t seed = options.seed * 7'919;
  for (Profile& profile : make_profiles(options.count, options.seed)) {
    bots_.push_back(std::make_unique<Bot>(*this, link, std::move(profile), traffic_, ++seed));
  }
}

void Crowd::open_doors() {
  double at_s = 0;
  for (std::size_t i = 0; i < bots_.size(); ++i) {
    if (i + habits_.late_comers() >= bots_.size()) {
      habits_.wait_outside(*bots_[i]);
      continue;
    }
    // The first few come quickly, so that nobody opens an empty page.
    after_s(at_s, [this, i] { bots_[i]->arrive(); });
    at_s += i < 8 ? 0.2 : 2 * arrival_gap_s * share();
  }
  stage_.begin();
  manners_.begin();
}

void Crowd::send_home() {
  stage_.forget_everything();
  for (const auto& bot : bots_) {
    bot->go_home();
  }
}

void Crowd::after_s(double seconds, std::function<void()> action) {
  loop_.after_ms(static_cast<std::int64_t>(seconds * 1'000 / options_.speed) + 1,
                 std::move(action));
}

std::size_t Crowd::pick(std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(chance_);
}

double Crowd::share() {
  return std::uniform_real_distribution<double>(0, 1)(chance_);
}

void Crowd::learn_event(const wire::Value& event) {
  for (const wire::Value& room : event["rooms"].items()) {
    if (room["kind"].text() == "tables") {
      tables_room_ = room["id"].text();
      return;
    }
  }
}

void Crowd::learn_room(const std::string& stream, const wire::Value& data) {
  const auto offset = static_cast<std::uint64_t>(data["offset"].number());
  const std::string epoch = data["epoch"].text();
  const bool older = epoch == room_epoch_ && offset < room_offset_;
  if (stream != "room:" + tables_room_ || older) {
    return;
  }
  room_epoch_ = epoch;
  room_offset_ = offset;
  habits_.learn_state(data["state"]["room"]["round"]);
  tables_.clear();
  for (const wire::Value& table : data["state"]["room"]["tables"].items()) {
    learn_table(table["id"].text(), table);
  }
}

void Crowd::learn_table(const std::string& id, const wire::Value& table) {
  tables_[id] = {table["topic"].text(), table["capacity"].number(), table["taken"].number(),
                 table["locked"].flag()};
}

void Crowd::learn_push(const Push& push) {
  // Everybody in the room gets the same pushes; the first to get one tells the crowd.
  if (push.stream != "room:" + tables_room_ || push.offset <= room_offset_) {
    return;
  }
  room_offset_ = push.offset;
  if (push.name.starts_with("round.")) {
    learn_round(push);
  } else if (push.name == "table.created") {
    learn_table(push.data["table"].text(), push.data);
  } else if (push.name == "table.removed") {
    tables_.erase(push.data["table"].text());
  } else {
    learn_seat(push);
  }
}

void Crowd::learn_seat(const Push& push) {
  const auto found = tables_.find(push.data["table"].text());
  if (found == tables_.end()) {
    return;
  }
  Table& table = found->second;
  if (push.name == "seat.taken") {
    ++table.taken;
  } else if (push.name == "seat.left") {
    --table.taken;
  } else if (push.name == "table.locked" || push.name == "table.unlocked") {
    table.locked = push.name == "table.locked";
  } else if (push.name == "table.updated" && push.data.has("topic")) {
    table.topic = push.data["topic"].text();
  }
}

/// A round seats a room anew and frees it again: no seat.taken and no seat.left tell of that.
void Crowd::learn_round(const Push& push) {
  const bool started = push.name == "round.started";
  const bool all_free = started || (push.name == "round.ended" && !push.data.has("tables"));
  for (auto& [id, table] : tables_) {
    table.taken = all_free ? 0 : table.taken;
  }
  for (const wire::Value& entry : push.data["seats"].items()) {
    tables_[entry.at(0).text()].taken = static_cast<std::int64_t>(entry.at(1).size());
  }
  if (push.name == "round.ended") {
    for (const wire::Value& id : push.data["tables"].items()) {
      tables_[id.text()].taken = 0;
    }
  }
  if (all_free) {
    stage_.forget_everything();  // new faces, new talks
  }
  habits_.learn_push(push);
}

std::string Crowd::inviting_table(const std::string& but_not) {
  std::vector<std::string> with_company;
  std::vector<std::string> empty;
  std::size_t in_use = 0;
  for (const auto& [id, table] : tables_) {
    if (table.capacity == 0 || table.locked) {
      continue;
    }
    in_use += table.taken > 0 ? 1U : 0U;
    const bool room_left =
        table.taken + chairs_for_guests < table.capacity + 1 && table.taken < company_max;
    if (id == but_not || !room_left) {
      continue;
    }
    (table.taken > 0 ? with_company : empty).push_back(id);
  }
  // About one table for three people: enough to hop between, few enough that they are alive.
  const bool open_another = in_use < std::max<std::size_t>(1, bots_.size() / 4);
  if (!empty.empty() && (with_company.empty() || (open_another && share() < 0.5))) {
    return empty[pick(empty.size())];
  }
  return with_company.empty() ? std::string() : with_company[pick(with_company.size())];
}

std::string Crowd::sofa() const {
  for (const auto& [id, table] : tables_) {
    if (table.capacity == 0) {
      return id;
    }
  }
  return {};
}

bool Crowd::has_topic(const std::string& table) const {
  const auto found = tables_.find(table);
  return found != tables_.end() && !found->second.topic.empty();
}

Bot* Crowd::bot_of(const std::string& person) {
  const auto found = std::find_if(bots_.begin(), bots_.end(), [&](const auto& bot) {
    return !person.empty() && bot->person() == person;
  });
  return found == bots_.end() ? nullptr : found->get();
}

std::vector<Bot*> Crowd::bots_at(const std::string& stream) {
  std::vector<Bot*> here;
  for (const auto& bot : bots_) {
    const bool there = stream == "table:" + bot->table() || stream == "room:" + bot->room();
    if (there && !bot->is_gone()) {
      here.push_back(bot.get());
    }
  }
  return here;
}

std::vector<Bot*> Crowd::bots_here() {
  std::vector<Bot*> here;
  for (const auto& bot : bots_) {
    if (bot->is_here() && bot->room() == tables_room_) {
      here.push_back(bot.get());
    }
  }
  return here;
}

void Crowd::settle_everyone() {
  for (const auto& bot : bots_) {
    bot->settle_later();
  }
}

std::vector<std::string> Crowd::tables() const {
  std::vector<std::string> ids;
  for (const auto& [id, table] : tables_) {
    ids.push_back(id);
  }
  return ids;
}

}  // namespace hallway::load
