// The people, places and messages that the golden frames show, as the structs of protocol/view.hpp.
#pragma once

#include <string>

#include "protocol/ids.hpp"
#include "protocol/view.hpp"

namespace hallway::test {

inline const auto event_id = parse_id<EventTag>("ev_5w8kz3m9q7x1a");
inline const auto anna_id = parse_id<PersonTag>("p_0d3k7vz2m8qrt");
inline const auto bo_id = parse_id<PersonTag>("p_4hn9c1xw6y2sg");
inline const auto cara_id = parse_id<PersonTag>("p_7tq2e5b8j0fkm");
inline const auto dev_id = parse_id<PersonTag>("p_9mz4r6a1p3vxd");
inline const auto eli_id = parse_id<PersonTag>("p_b2w8g5n7c9hqe");
inline const auto fay_id = parse_id<PersonTag>("p_1y6s3d0k4jtzn");
inline const auto lobby_id = parse_id<RoomTag>("rm_2c7x9f4a6e8hk");
inline const auto plenary_id = parse_id<RoomTag>("rm_6p1z8v3q5t0wy");
inline const auto tables_id = parse_id<RoomTag>("rm_8g4j2n7m9r5sb");
inline const auto table_1_id = parse_id<TableTag>("tb_3e6a9d2k5h8qz");
inline const auto table_2_id = parse_id<TableTag>("tb_a1v7c4x0m6ywt");
inline const auto sofa_id = parse_id<TableTag>("tb_c9n3j8t5p2grf");
inline const auto plan_id = parse_id<PlanTag>("pl_d5r0h8w2b7k3q");
inline const auto conversation_id = parse_id<ConversationTag>("cv_6k0s4y8b2f7eh");

inline const StreamId event_stream = stream_of(event_id);
inline const StreamId lobby_stream = stream_of(lobby_id);
inline const StreamId room_stream = stream_of(tables_id);
inline const StreamId table_stream = stream_of(table_1_id);
inline const StreamId desk_stream = desk_of(event_id);
inline const StreamId conversation_stream = stream_of(conversation_id);
inline const StreamId anna_stream = stream_of(anna_id);

Epoch epoch_of(StreamId stream);

inline constexpr TimeMs now = 1790000000123;
inline constexpr TimeMs round_starts_at = now + 30'000;
inline constexpr TimeMs round_ends_at = round_starts_at + 8 * 60'000;
inline const std::string own_opener = "Which system would you never buy again?";
inline const std::string broadcast_body = "Two minutes left: what will you try on Monday?";
inline const std::string mention_body = "<@p_4hn9c1xw6y2sg> how long did you run both?";
inline const std::string lines_body =
    "Tak for i aften! 🎉\n\n> \"We moved the batch jobs first.\"\n\tStill laughing \\o/";

PersonView anna();
PersonView bo();
PersonView cara();
PersonView devika();
PersonView elias();
PersonView fay();

TableView empty_table(TableId id, const std::string& name, const std::string& topic = "",
                      std::optional<std::int64_t> capacity = 6);
RoomView room(RoomId id, const std::string& name, RoomKind kind, std::int64_t count);
/// The room with tables: with seats as its own snapshot has it, without as the event's does.
RoomView tables_room(bool with_seats);
TableView table_1(bool with_seats);
EventView event();
std::vector<ProgrammeItem> programme();

/// Three rounds of fours, with everything that may be asked of a plan.
RoundOptions round_options();
/// The first of three: paused, one table with more time than the other.
RoundView running_round();
/// The second, as the event shows it, without its tables.
RoundView announced_round();

MessageView pinned_message();
MessageView edited_message();
MessageView deleted_message();
ConversationView conversation();

}  // namespace hallway::test
