// The journal's side of the store: pushes and follow-ups, written in group commits, read at a
// start.
#include <utility>

#include "protocol/codec.hpp"
#include "server/log.hpp"
#include "server/sqlite_store.hpp"

namespace hallway {
namespace {

Error unreadable(const Query& row, int type_column) {
  log::error("journal.unreadable", {{"row", row.integer(0)}, {"type", row.text(type_column)}});
  return refuse(ErrorCode::internal, "The journal holds something that this version cannot read.");
}

}  // namespace

void SqliteStore::append(JournalBatch batch, Journal::Done done) {
  writer_->append(std::move(batch), std::move(done));
}

Result<std::vector<Push>> SqliteStore::read_place(PlaceId place) {
  return read<std::vector<Push>>([place](Database& database) -> Result<std::vector<Push>> {
    Query rows = database.query(
        "SELECT seq, stream_kind, stream, offset, at, by, type, version, data, nonce, digest "
        "FROM push WHERE place_kind = ? AND place = ? ORDER BY seq",
        static_cast<int>(place.kind), place.value);
    std::vector<Push> pushes;
    while (rows.step()) {
      auto data = decode_stored(rows.text(6), static_cast<int>(rows.integer(7)), rows.text(8));
      if (!data) return unreadable(rows, 6);
      const StreamId stream{static_cast<StreamKind>(rows.integer(1)), rows.bits(2)};
      pushes.push_back({stream, rows.bits(3), rows.integer(4), PersonId{rows.bits(5)},
                        std::move(*data), rows.text(9), rows.bits(10)});
    }
    return pushes;
  });
}

Result<std::vector<PendingFollowUp>> SqliteStore::pending_follow_ups() {
  using Pending = std::vector<PendingFollowUp>;
  return read<Pending>([](Database& database) -> Result<Pending> {
    Query rows = database.query(
        "SELECT id, source_kind, source, target_kind, target, by, type, version, data "
        "FROM follow_up ORDER BY seq");
    Pending pending;
    while (rows.step()) {
      auto data = decode_stored(rows.text(6), static_cast<int>(rows.integer(7)), rows.text(8));
      if (!data) return unreadable(rows, 6);
      const PlaceId source{static_cast<PlaceKind>(rows.integer(1)), rows.bits(2)};
      const PlaceId target{static_cast<PlaceKind>(rows.integer(3)), rows.bits(4)};
      pending.push_back({rows.bits(0), source, {target, PersonId{rows.bits(5)}, std::move(*data)}});
    }
    return pending;
  });
}

void SqliteStore::probe(Journal::Done done) {
  writer_->write(
      [](Database& database) -> std::optional<Error> {
        database.run("UPDATE meta SET value = value + 1 WHERE key = 'probe'");
        return std::nullopt;
      },
      std::move(done));
}

}  // namespace hallway
