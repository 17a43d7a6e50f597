// The fields of the commands that concern rooms, tables, cards, the event and admission.
#include "protocol/codec_command_fields.hpp"

namespace hallway {
namespace {

constexpr Bounds capacity{limits::capacity_min, limits::capacity_max};
constexpr Bounds table_count{0, static_cast<std::int64_t>(limits::tables_max)};

/// What later versions offer is refused plainly, never dropped in silence.
void refuse_true(Fields& in, std::string_view key, std::string message) {
  if (in.has(key) && in.boolean(key)) in.refuse_field(key, std::move(message));
}

void refuse_later_features(Fields& in) {
  refuse_true(in, "confidential", "Confidential rooms are not available on this server.");
  refuse_true(in, "equality", "Equality mode is not available on this server.");
  if (in.has("rules")) {
    in.refuse_field("rules", "A room's own rules are not available on this server.");
  }
}

void read_table(Fields& in, std::optional<std::string>& name, std::optional<std::string>& topic,
                std::optional<std::int64_t>& seats, std::optional<Mood>& mood) {
  name = in.optional_name("name");
  topic = in.optional_line("topic", limits::about_max);
  seats = in.optional_integer("capacity", capacity);
  if (in.has("mood")) mood = in.word<Mood>("mood", parse_mood);
}

void read_line(Fields& in, std::string& out) {
  out = in.optional_line("line", limits::line_max).value_or("");
}

std::vector<ProgrammeItem> read_programme(Fields& in) {
  std::vector<ProgrammeItem> items;
  const json::Array* list = in.array("programme", limits::programme_max);
  if (!list) return items;
  for (const json::Value& value : *list) {
    if (!value.object()) {
      in.refuse_field("programme", "Each entry is an object.");
      break;
    }
    Fields item(*value.object(), in.path("programme") + ".");
    ProgrammeItem& read = items.emplace_back();
    read.at = item.integer("at");
    read.minutes = item.integer("minutes", {0, limits::programme_minutes_max});
    read.title = item.line("title", limits::event_title_max);
    if (item.has("room")) read.room = item.id<RoomId>("room");
    in.adopt(item);
  }
  return items;
}

void read_people_or_all(Fields& in, std::vector<PersonId>& people, bool& all) {
  all = in.is_text("people", "all");
  if (!all) people = in.ids<PersonId>("people", 1, limits::admit_people_max);
}

}  // namespace

void read_fields(Fields& in, RoomEnter& out) {
  out.room = in.id<RoomId>("room");
}

void read_fields(Fields& in, RoomCreate& out) {
  out.nonce = in.nonce();
  out.room_name = in.name("name");
  out.kind = in.word<RoomKind>("kind", parse_room_kind);
  if (out.kind == RoomKind::lobby)
    in.refuse_field("kind", "An event has one lobby, from its start.");
  out.tables = in.optional_integer("tables", table_count);
  out.capacity = in.optional_integer("capacity", capacity);
  refuse_later_features(in);
}

void read_fields(Fields& in, RoomUpdate& out) {
  out.room = in.id<RoomId>("room");
  out.room_name = in.optional_name("name");
  refuse_later_features(in);
}

void read_fields(Fields& in, RoomClose& out) {
  out.room = in.id<RoomId>("room");
}

void read_fields(Fields& in, TableCreate& out) {
  out.nonce = in.nonce();
  out.room = in.id<RoomId>("room");
  read_table(in, out.table_name, out.topic, out.capacity, out.mood);
}

void read_fields(Fields& in, TableUpdate& out) {
  out.table = in.id<TableId>("table");
  read_table(in, out.table_name, out.topic, out.capacity, out.mood);
}

void read_fields(Fields& in, TableRemove& out) {
  out.table = in.id<TableId>("table");
}
void read_fields(Fields& in, TableSit& out) {
  out.table = in.id<TableId>("table");
}
void read_fields(Fields& in, TableStand& out) {
  if (in.has("table")) out.table = in.id<TableId>("table");
}

void read_fields(Fields& in, TableInvite& out) {
  out.table = in.id<TableId>("table");
  out.person = in.id<PersonId>("person");
}

void read_fields(Fields& in, TableKnock& out) {
  out.table = in.id<TableId>("table");
  read_line(in, out.line);
}

void read_fields(Fields& in, TableAnswer& out) {
  if (in.has("table")) out.table = in.id<TableId>("table");
  out.knock = in.integer("knock");
  out.admit = in.boolean("admit");
}

void read_fields(Fields& in, TableLock& out) {
  out.table = in.id<TableId>("table");
}
void read_fields(Fields& in, TableUnlock& out) {
  out.table = in.id<TableId>("table");
}

void read_fields(Fields& in, TableVisit& out) {
  out.table = in.id<TableId>("table");
  out.on = in.boolean("on");
}

void read_fields(Fields& in, TableCallHelp& out) {
  out.table = in.id<TableId>("table");
  read_line(in, out.line);
}

void read_fields(Fields& in, TableHelpDone& out) {
  out.table = in.id<TableId>("table");
}

void read_fields(Fields& in, CardUpdate& out) {
  out.person_name = in.optional_name("name");
  out.about = in.optional_line("about", limits::about_max);
  out.ask = in.optional_line("ask", limits::about_max);
  out.offer = in.optional_line("offer", limits::about_max);
  out.org = in.optional_line("org", limits::org_max);
  out.title = in.optional_line("title", limits::org_max);
  if (in.has("came_with")) out.came_with = in.ids<PersonId>("came_with", 0, limits::came_with_max);
}

void read_fields(Fields& in, EventUpdate& out) {
  if (in.has("title")) out.title = in.line("title", limits::event_title_max);
  out.starts_at = in.optional_integer("starts_at");
  out.ends_at = in.optional_integer("ends_at");
  if (in.has("programme")) out.programme = read_programme(in);
  if (in.has("state")) out.state = in.word<EventState>("state", parse_event_state);
  if (in.has("timezone")) out.timezone = in.timezone("timezone");
  if (in.has("admission")) out.admission = in.word<Admission>("admission", parse_admission);
  out.retention_days = in.optional_integer("retention_days", Bounds{0, limits::retention_days_max});
}

void read_fields(Fields& in, AdmissionAdmit& out) {
  read_people_or_all(in, out.people, out.all);
  out.reason = read_optional_reason(in);
}
void read_fields(Fields& in, AdmissionRefuse& out) {
  read_people_or_all(in, out.people, out.all);
  out.reason = read_optional_reason(in);
}

}  // namespace hallway
