// The fields of the commands that concern rounds: their options, moves, broadcasts and the chair.
#include <algorithm>

#include "protocol/codec_command_fields.hpp"

namespace hallway {
namespace {

constexpr Bounds table_size{limits::round_size_min, limits::round_size_max};
constexpr Bounds round_minutes{1, limits::round_minutes_max};
constexpr Bounds round_number{1, limits::rounds_max_of_series};
constexpr Bounds extend_seconds{limits::extend_s_min, limits::extend_s_max};

/// A switch among the options; not named, it stays as it is.
void read_switch(Fields& in, std::string_view key, bool& out) {
  if (in.has(key)) out = in.boolean(key);
}

void read_avoid(Fields& in, RoundOptions& out) {
  const json::Object* object = in.has("avoid") ? in.object("avoid") : nullptr;
  if (!object) return;
  Fields avoid(*object, in.path("avoid") + ".");
  read_switch(avoid, "met", out.avoid_met);
  read_switch(avoid, "org", out.avoid_org);
  read_switch(avoid, "came_with", out.avoid_came_with);
  in.adopt(avoid);
}

void read_match(Fields& in, RoundOptions& out) {
  const json::Object* object = in.has("match") ? in.object("match") : nullptr;
  if (!object) return;
  Fields match(*object, in.path("match") + ".");
  read_switch(match, "asks", out.match_asks);
  in.adopt(match);
}

void read_sizes(Fields& in, RoundOptions& out) {
  out.size = in.optional_integer("size", table_size).value_or(out.size);
  out.size_min = std::min(out.size_min, out.size);  // The default gives way to pairs.
  out.size_min = in.optional_integer("size_min", table_size).value_or(out.size_min);
  if (out.size_min > out.size) {
    in.refuse_field("size_min", "The least size is at most the size.");
  }
}

std::vector<std::vector<PersonId>> read_groups(Fields& in, std::string_view key) {
  if (!in.has(key)) return {};
  constexpr std::size_t people_min = 2;
  return in.id_groups<PersonId>(key, limits::round_groups_max, people_min,
                                limits::round_group_people_max);
}

RoundOptions read_options(Fields& outer) {
  RoundOptions out;
  const json::Object* object = outer.object("options");
  if (!object) return out;
  Fields in(*object, outer.path("options") + ".");
  read_sizes(in, out);
  out.minutes = in.optional_integer("minutes", round_minutes).value_or(out.minutes);
  out.rounds = in.optional_integer("rounds", round_number).value_or(out.rounds);
  read_avoid(in, out);
  read_match(in, out);
  out.together = read_groups(in, "together");
  out.apart = read_groups(in, "apart");
  if (in.has("hosts")) {
    out.hosts = in.id_pairs<PersonId, TableId>("hosts", limits::round_hosts_max);
  }
  if (in.has("seed")) out.seed = static_cast<std::uint64_t>(in.integer("seed"));
  out.opener = in.optional_line("opener", limits::opener_max).value_or("");
  outer.adopt(in);
  return out;
}

}  // namespace

void read_fields(Fields& in, RoundPreview& out) {
  out.room = in.id<RoomId>("room");
  out.options = read_options(in);
}

void read_fields(Fields& in, RoundPlan& out) {
  out.plan = in.id<PlanId>("plan");
  out.from = in.optional_integer("from", round_number).value_or(out.from);
}

void read_fields(Fields& in, RoundAnnounce& out) {
  out.nonce = in.nonce();
  out.room = in.id<RoomId>("room");
  if (in.has("options")) out.options = read_options(in);
  if (in.has("plan")) out.plan = in.id<PlanId>("plan");
  read_switch(in, "same_groups", out.same_groups);
  if (out.options && out.plan) {
    in.refuse_field("plan", "A round is announced from options or from a plan, not from both.");
  }
  if (out.same_groups && (out.options || out.plan)) {
    in.refuse_field("same_groups", "The same groups again need neither options nor a plan.");
  }
}

void read_fields(Fields& in, RoundCancel& out) {
  out.room = in.id<RoomId>("room");
}

void read_fields(Fields& in, RoundExtend& out) {
  out.room = in.id<RoomId>("room");
  out.seconds = in.integer("seconds", extend_seconds);
  if (in.has("table")) out.table = in.id<TableId>("table");
}

void read_fields(Fields& in, RoundPause& out) {
  out.room = in.id<RoomId>("room");
}
void read_fields(Fields& in, RoundResume& out) {
  out.room = in.id<RoomId>("room");
}
void read_fields(Fields& in, RoundEnd& out) {
  out.room = in.id<RoomId>("room");
}

void read_fields(Fields& in, RoundSitOut& out) {
  out.room = in.id<RoomId>("room");
  out.on = in.boolean("on");
}

void read_fields(Fields& in, RoundAskTime& out) {
  out.table = in.id<TableId>("table");
}

void read_fields(Fields& in, SeatMove& out) {
  out.person = in.id<PersonId>("person");
  out.table = in.id<TableId>("table");
}

void read_fields(Fields& in, SeatUndo& out) {
  out.move = in.integer("move", {1, integer_max});
}

void read_fields(Fields& in, Broadcast& out) {
  out.nonce = in.nonce();
  out.room = in.id<RoomId>("room");
  out.body = in.body("body");
}

void read_fields(Fields& in, BroadcastSeen& out) {
  out.room = in.id<RoomId>("room");
  out.offset = in.offset("offset");
}

void read_fields(Fields& in, ChairTake& out) {
  out.room = in.id<RoomId>("room");
}
void read_fields(Fields& in, TableMerge& out) {
  out.table = in.id<TableId>("table");
}
void read_fields(Fields& in, OpenerDraw& out) {
  out.table = in.id<TableId>("table");
}

}  // namespace hallway
