// A small client's memory of what the desk is told: part of the fold of its stream (fold.hpp).
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocol/ids.hpp"

namespace hallway::simulation {

using Json = nlohmann::json;

class DeskFold {
 public:
  /// From the state in `stream.opened`.
  void open(const Json& state);
  void apply(const Json& push);
  /// Bans that have run out by `now` are nobody's any more, whether somebody came since or not. A
  /// report about one of `staff` is told by the snapshot alone, and a room takes its mutes along.
  std::string differs_from(const DeskFold& server, std::int64_t now,
                           const std::set<PersonId>& staff) const;

  const std::map<std::int64_t, Json>& reports() const { return reports_; }
  const std::map<std::int64_t, Json>& held() const { return held_; }
  const std::map<std::string, Json>& removed() const { return removed_; }
  bool is_filtering() const { return filter_.value("on", false); }

 private:
  using Key = std::vector<std::string>;
  void apply_queue(const std::string& name, const Json& data, const Json& push);
  void apply_people(const std::string& name, const Json& data, const Json& push);
  std::map<std::string, Json> out_at(std::int64_t now) const;
  std::map<std::int64_t, Json> reports_besides(const std::set<PersonId>& staff) const;
  std::map<Key, Json> muted_everywhere() const;

  std::map<std::int64_t, Json> reports_;  ///< As in a snapshot, here and below.
  std::map<std::int64_t, Json> held_;
  std::map<Key, Json> muted_;  ///< By person, scope and room.
  std::map<std::string, Json> removed_;
  std::map<Key, Json> roles_;         ///< By person and scope.
  std::map<std::string, Json> help_;  ///< By table.
  Json filter_;
};

}  // namespace hallway::simulation
