// What moderators do, and those who report: see acts.hpp. Whoever has no desk tries it blindly and
// is refused.
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/acts.hpp"

namespace hallway::simulation {
namespace {

const std::vector<std::string> outcomes{"dismissed", "warned", "deleted", "other"};
const std::vector<std::string> roles{"facilitator", "facilitator", "moderator", "organiser"};
const std::vector<std::vector<std::string>> filters{{"w1*"}, {"w2*", "w37"}, {"w*"}};

/// A number that is in no queue where there is none.
std::int64_t some_number(Chance& chance, const std::map<std::int64_t, Json>& queue) {
  if (queue.empty()) return static_cast<std::int64_t>(1 + chance.below(5));
  return std::next(queue.begin(), static_cast<std::ptrdiff_t>(chance.below(queue.size())))->first;
}

}  // namespace

void Acts::moderate(Client& client) {
  const DeskFold* desk = desk_of(client);
  const bool has_queue = desk != nullptr && !(desk->reports().empty() && desk->held().empty());
  switch (world_.chance().below(has_queue ? 6 : 4)) {
    case 0:
      return moderate_people(client);
    case 1:
      return moderate_places(client);
    case 2:
      return show_out_or_in(client);
    default:
      return work_the_queue(client);
  }
}

void Acts::moderate_people(Client& client) {
  Chance& chance = world_.chance();
  Json data{{"person", somebody()}, {"reason", "as agreed"}};
  switch (chance.below(8)) {
    case 0:
      return client.moderate("person.warn", data);
    case 1:
    case 2:
      data["minutes"] = 1 + chance.below(3);
      data["scope"] = chance.one_in(4) ? "voice" : "chat";
      return client.moderate("person.mute", data);
    case 3:
      return client.moderate("person.unmute", data);
    case 4:
      data["room"] = some_room(client);
      return client.moderate("person.move", data);
    case 5:
      return client.ask("admission.admit", Json{{"people", "all"}});
    case 6:
      if (chance.one_in(4)) client.ask("admission.refuse", Json{{"people", {somebody()}}});
      return;
    default:
      return change_role(client);
  }
}

void Acts::change_role(Client& client) {
  Chance& chance = world_.chance();
  std::string person = somebody();
  // Most stories keep those who lead in them.
  while (is_staff(parse_id<PersonTag>(person)) && !chance.one_in(6)) person = somebody();
  Json data{{"person", person}, {"reason", "as agreed"}};
  if (chance.one_in(2)) data["scope"] = some_room(client);
  if (chance.one_in(3)) return client.moderate("role.revoke", data);
  data["role"] = chance.of(roles);
  client.moderate("role.grant", data);
}

void Acts::moderate_places(Client& client) {
  Chance& chance = world_.chance();
  const std::string room = some_room(client);
  switch (chance.below(4)) {
    case 0:
      return client.moderate("room.slow_mode",
                             Json{{"room", room}, {"seconds", chance.one_in(2) ? 0 : 4}});
    case 1:
      return client.moderate("room.lock", Json{{"room", room}, {"on", chance.one_in(3)}});
    case 2:
      return client.moderate("event.lockdown", Json{{"on", chance.one_in(3)}});
    default:
      return client.moderate("filter.set",
                             Json{{"on", !chance.one_in(4)}, {"words", chance.of(filters)}});
  }
}

void Acts::show_out_or_in(Client& client) {
  Chance& chance = world_.chance();
  Json data{{"person", somebody()}, {"reason", "as agreed"}};
  switch (chance.below(8)) {
    case 0:
      return client.moderate("person.remove", data);
    case 1:
      if (chance.one_in(2)) {
        data["until"] = world_.now() + 1'000 + static_cast<std::int64_t>(chance.below(60'000));
      }
      return client.moderate("person.ban", data);
    default: {
      const DeskFold* desk = desk_of(client);
      if (desk != nullptr && !desk->removed().empty()) {
        const auto& removed = desk->removed();
        data["person"] =
            std::next(removed.begin(), static_cast<std::ptrdiff_t>(chance.below(removed.size())))
                ->first;
      }
      return client.moderate("person.unban", data);
    }
  }
}

void Acts::work_the_queue(Client& client) {
  static const std::map<std::int64_t, Json> nothing;
  Chance& chance = world_.chance();
  const DeskFold* desk = desk_of(client);
  const auto& reports = desk == nullptr ? nothing : desk->reports();
  const auto& held = desk == nullptr ? nothing : desk->held();
  const std::int64_t report = some_number(chance, reports);
  // Where nothing waits there is little to do.
  if (reports.empty() && held.empty() && !chance.one_in(3)) return moderate_places(client);
  if (!held.empty() && chance.one_in(2)) return review(client, held);
  switch (chance.below(6)) {
    case 0:
      return client.moderate("report.claim", Json{{"report", report}});
    case 1:
      return client.moderate("report.resolve",
                             Json{{"report", report}, {"outcome", chance.of(outcomes)}});
    case 2:
      if (!reports.contains(report)) return;
      return client.insist("message.delete", Json{{"stream", reports.at(report).at("stream")},
                                                  {"offset", reports.at(report).at("of")},
                                                  {"reason", "as agreed"}});
    case 3: {
      Json data{{"limit", 1 + chance.below(40)}};
      if (chance.one_in(2)) data["person"] = somebody();
      return client.moderate("audit.list", data);
    }
    default:
      return review(client, held);
  }
}

void Acts::review(Client& client, const std::map<std::int64_t, Json>& held) {
  Chance& chance = world_.chance();
  client.moderate("message.review",
                  Json{{"held", some_number(chance, held)}, {"approve", !chance.one_in(3)}});
}

void Acts::give_work(Client& client) {
  if (world_.chance().one_in(8)) return client.moderate("audit.list", Json{{"limit", 100}});
  const std::string stream = some_stream(client);
  const auto& messages = client.streams().at(stream).messages;
  if (messages.empty() || !world_.chance().one_in(3)) return talk(client);
  report(client, stream, std::prev(messages.end())->first);
}

void Acts::report(Client& client, const std::string& stream, Offset offset) {
  client.insist("report.file",
                Json{{"stream", stream}, {"offset", offset}, {"reason", "not here"}});
}

const DeskFold* Acts::desk_of(const Client& client) {
  for (const auto& [stream, fold] : client.streams()) {
    if (stream.starts_with("desk:")) return &fold.desk;
  }
  return nullptr;
}

}  // namespace hallway::simulation
