// See fold_desk.hpp.
#include "tests/simulation/fold_desk.hpp"

#include "tests/simulation/difference.hpp"

namespace hallway::simulation {
namespace {

std::string text(const Json& data, const char* key) {
  return data.at(key).get<std::string>();
}

}  // namespace

void DeskFold::open(const Json& state) {
  for (const Json& report : state.at("reports")) reports_[report.at("report")] = report;
  for (const Json& held : state.at("held")) held_[held.at("held")] = held;
  for (const Json& muted : state.at("muted")) {
    muted_[{text(muted, "person"), text(muted, "scope"), muted.value("room", "")}] = muted;
  }
  for (const Json& out : state.at("removed")) removed_[out.at("person")] = out;
  for (const Json& role : state.at("roles")) {
    roles_[{text(role, "person"), text(role, "scope")}] = role;
  }
  for (const Json& help : state.at("help")) help_[help.at("table")] = help;
  filter_ = state.at("filter");
}

void DeskFold::apply(const Json& push) {
  const std::string name = push.at("push");
  const Json& data = push.at("data");
  if (name == "filter.updated") {
    filter_ = Json{{"on", data.at("on")}, {"words", data.at("words")}};
  } else if (name == "help.called") {
    help_[data.at("table")] = data;
    help_[data.at("table")]["at"] = push.at("at");
  } else if (name == "help.done") {
    help_.erase(data.at("table"));
  } else {
    apply_queue(name, data, push);
    apply_people(name, data, push);
  }
}

void DeskFold::apply_queue(const std::string& name, const Json& data, const Json& push) {
  if (name == "report.filed") {
    Json report = data;
    report["at"] = push.at("at");
    report["by"] = push.at("by");
    report["state"] = "open";
    reports_[data.at("report")] = std::move(report);
  } else if (name == "report.claimed") {
    const auto report = reports_.find(data.at("report"));
    if (report == reports_.end()) return;  // Filed while the reported was of the desk.
    report->second["state"] = "claimed";
    report->second["owner"] = data.at("owner");
  } else if (name == "report.resolved") {
    reports_.erase(data.at("report").get<std::int64_t>());
  } else if (name == "message.held") {
    held_[data.at("held")] = Json{{"held", data.at("held")},
                                  {"at", push.at("at")},
                                  {"by", push.at("by")},
                                  {"stream", data.at("stream")},
                                  {"body", data.at("body")}};
  } else if (name == "message.reviewed") {
    held_.erase(data.at("held").get<std::int64_t>());
  }
}

void DeskFold::apply_people(const std::string& name, const Json& data, const Json& push) {
  if (name == "person.muted") {
    muted_[{text(data, "person"), text(data, "scope"), data.value("room", "")}] = data;
  } else if (name == "person.unmuted") {
    std::erase_if(muted_, [&](const auto& entry) {
      const bool is_there = !data.contains("room") || entry.first[2] == text(data, "room");
      return entry.first[0] == text(data, "person") && is_there;
    });
  } else if (name == "person.refused") {
    removed_[data.at("person")] =
        Json{{"person", data.at("person")}, {"at", 0},      {"banned", false},
             {"until_at", nullptr},         {"reason", ""}, {"refused", true}};
  } else if (name == "person.removed" || name == "person.banned") {
    removed_[data.at("person")] = Json{{"person", data.at("person")},
                                       {"at", push.at("at")},
                                       {"banned", name == "person.banned"},
                                       {"until_at", data.value("until_at", Json())},
                                       {"reason", data.at("reason")}};
  } else if (name == "person.unbanned") {
    removed_.erase(data.at("person"));
  } else if (name == "role.granted") {
    roles_[{text(data, "person"), text(data, "scope")}] =
        Json{{"person", data.at("person")}, {"role", data.at("role")}, {"scope", data.at("scope")}};
  } else if (name == "role.revoked") {
    roles_.erase({text(data, "person"), text(data, "scope")});
  }
}

std::map<std::string, Json> DeskFold::out_at(std::int64_t now) const {
  std::map<std::string, Json> out = removed_;
  std::erase_if(out, [now](const auto& entry) {
    const Json& until_at = entry.second.at("until_at");
    return !until_at.is_null() && until_at <= now;
  });
  return out;
}

std::map<std::int64_t, Json> DeskFold::reports_besides(const std::set<PersonId>& staff) const {
  std::map<std::int64_t, Json> reports = reports_;
  std::erase_if(reports, [&](const auto& entry) {
    return staff.contains(parse_id<PersonTag>(text(entry.second, "person")));
  });
  return reports;
}

std::map<DeskFold::Key, Json> DeskFold::muted_everywhere() const {
  std::map<Key, Json> muted = muted_;
  std::erase_if(muted, [](const auto& entry) { return !entry.first[2].empty(); });
  return muted;
}

std::string DeskFold::differs_from(const DeskFold& server, std::int64_t now,
                                   const std::set<PersonId>& staff) const {
  const auto reports = reports_besides(staff);
  const auto told = server.reports_besides(staff);
  if (reports != told) return difference("reports", reports, told);
  if (held_ != server.held_) return difference("held", held_, server.held_);
  const auto muted = muted_everywhere();
  if (muted != server.muted_everywhere()) {
    return difference("muted", muted, server.muted_everywhere());
  }
  if (roles_ != server.roles_) return difference("roles", roles_, server.roles_);
  if (help_ != server.help_) return difference("help", help_, server.help_);
  if (filter_ != server.filter_) return difference("filter", filter_, server.filter_);
  const auto mine = out_at(now);
  const auto theirs = server.out_at(now);
  return mine == theirs ? std::string() : difference("removed", mine, theirs);
}

}  // namespace hallway::simulation
