// Identities on the wire: opaque 64-bit ids, one type a thing, and the names of streams and places.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hallway {

/// Milliseconds since the Unix epoch (fields `*_at`).
using TimeMs = std::int64_t;
/// Position of a durable push in its stream: 1, 2, 3 … ; 0 means "none" (a transient push, an empty
/// stream).
using Offset = std::uint64_t;
/// Names one incarnation of a stream; offsets compare only within one. Opaque on the wire.
enum class Epoch : std::uint64_t {};

/// One id type a thing. The value is 64 random bits; 0 is nobody and is never issued.
template <class Tag>
struct Id {
  std::uint64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
  explicit operator bool() const { return value != 0; }
};

struct PersonTag {
  static constexpr std::string_view prefix = "p_";
};
struct EventTag {
  static constexpr std::string_view prefix = "ev_";
};
struct RoomTag {
  static constexpr std::string_view prefix = "rm_";
};
struct TableTag {
  static constexpr std::string_view prefix = "tb_";
};
struct ConversationTag {
  static constexpr std::string_view prefix = "cv_";
};
struct PlanTag {
  static constexpr std::string_view prefix = "pl_";
};
struct GroupTag {
  static constexpr std::string_view prefix = "g_";
};

using PersonId = Id<PersonTag>;
using EventId = Id<EventTag>;
using RoomId = Id<RoomTag>;
using TableId = Id<TableTag>;
using ConversationId = Id<ConversationTag>;
using PlanId = Id<PlanTag>;
using GroupId = Id<GroupTag>;

/// 13 characters of lower-case Crockford base32, fixed width.
std::string base32(std::uint64_t value);
/// The value, or nullopt when `text` is not exactly what `base32` writes.
std::optional<std::uint64_t> parse_base32(std::string_view text);

template <class Tag>
std::string to_text(Id<Tag> id) {
  return std::string(Tag::prefix) + base32(id.value);
}

/// An id somebody issued, or the id of nobody: text that is no id of ours names nothing,
/// which its reader answers `not_found`.
template <class Tag>
Id<Tag> parse_id(std::string_view text) {
  if (!text.starts_with(Tag::prefix)) return {};
  return {parse_base32(text.substr(Tag::prefix.size())).value_or(0)};
}

std::string to_text(Epoch epoch);

/// `facts` is received by no client: it holds what must survive a restart beside the pushes.
enum class StreamKind : std::uint8_t { event, room, table, desk, conversation, person, facts };

/// An ordered, numbered log of what happened in one place, e.g. `room:rm_…`.
struct StreamId {
  StreamKind kind = StreamKind::event;
  std::uint64_t value = 0;
  friend auto operator<=>(const StreamId&, const StreamId&) = default;
};

inline StreamId stream_of(EventId id) {
  return {StreamKind::event, id.value};
}
inline StreamId stream_of(RoomId id) {
  return {StreamKind::room, id.value};
}
inline StreamId stream_of(TableId id) {
  return {StreamKind::table, id.value};
}
inline StreamId stream_of(ConversationId id) {
  return {StreamKind::conversation, id.value};
}
inline StreamId stream_of(PersonId id) {
  return {StreamKind::person, id.value};
}
inline StreamId desk_of(EventId id) {
  return {StreamKind::desk, id.value};
}

/// `room:rm_…`; for facts `facts:` and the bare value.
std::string to_text(StreamId stream);
/// nullopt when the text is not `kind:…` of a kind that clients know; an unknown id is value 0.
std::optional<StreamId> parse_stream(std::string_view text);

enum class PlaceKind : std::uint8_t { event, conversation, person };

/// The aggregate that decides: it lives whole on one shard.
struct PlaceId {
  PlaceKind kind = PlaceKind::event;
  std::uint64_t value = 0;
  friend auto operator<=>(const PlaceId&, const PlaceId&) = default;
};

inline PlaceId place_of(EventId id) {
  return {PlaceKind::event, id.value};
}
inline PlaceId place_of(ConversationId id) {
  return {PlaceKind::conversation, id.value};
}
inline PlaceId place_of(PersonId id) {
  return {PlaceKind::person, id.value};
}
inline StreamId facts_of(PlaceId place) {
  return {StreamKind::facts, place.value};
}

/// `ev_…`, `cv_…` or `p_…`.
std::string to_text(PlaceId place);
std::optional<PlaceId> parse_place(std::string_view text);

/// What one may do in an event, lowest first: each outranks the one before it.
enum class Role : std::uint8_t { member, facilitator, moderator, organiser };
std::string_view to_text(Role role);
std::optional<Role> parse_role(std::string_view text);

}  // namespace hallway

template <class Tag>
struct std::hash<hallway::Id<Tag>> {
  std::size_t operator()(hallway::Id<Tag> id) const noexcept {
    return static_cast<std::size_t>(id.value);  // already random bits
  }
};
template <>
struct std::hash<hallway::StreamId> {
  std::size_t operator()(hallway::StreamId s) const noexcept {
    return static_cast<std::size_t>(s.value ^
                                    (static_cast<std::uint64_t>(s.kind) * 0x9e3779b97f4a7c15ULL));
  }
};
template <>
struct std::hash<hallway::PlaceId> {
  std::size_t operator()(hallway::PlaceId p) const noexcept {
    return static_cast<std::size_t>(p.value ^
                                    (static_cast<std::uint64_t>(p.kind) * 0x9e3779b97f4a7c15ULL));
  }
};
