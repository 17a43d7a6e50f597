// What every place does alike: numbering checked, logs kept, recovery planned. See place.hpp.
#include "rooms/place.hpp"

#include <algorithm>
#include <type_traits>

#include "protocol/limits.hpp"
#include "rooms/invariant.hpp"

namespace hallway {
namespace {

template <class T, class... Others>
constexpr bool is_among = (std::is_same_v<T, Others> || ...);

/// Pushes whose one `person` may receive other streams after it.
template <class T>
constexpr bool moves_its_person =
    is_among<T, SeatTaken, SeatLeft, TableVisited, PersonAdmitted, PersonRefused, PersonRemoved,
             PersonEntered, PersonLeft, RoleGiven, Disconnected, ConversationAccepted,
             ConversationDeclined, PersonBanned, RoleGranted, RoleRevoked, PersonErased>;

}  // namespace

void Place::apply(const Push& push) {
  const Lasting lasting = lasting_of(push.data);
  if (lasting == Lasting::durable || lasting == Lasting::fact) {
    // A report of which the desk is not told stands there too.
    invariant(push.stream.kind == StreamKind::facts || lasting == Lasting::durable,
              "facts stand on the facts stream");
    logs_[push.stream].apply(push);
  } else {
    invariant(push.offset == 0, "only durable pushes and facts are numbered");
  }
  fold(push);
}

std::vector<PersonId> Place::concerned(const Push& push) const {
  return std::visit(
      [](const auto& data) -> std::vector<PersonId> {
        using Data = std::decay_t<decltype(data)>;
        if constexpr (moves_its_person<Data>) {
          return {data.person};
        } else if constexpr (is_among<Data, Connected, PersonWaiting>) {
          return {data.person.id};
        } else if constexpr (std::is_same_v<Data, BlockSet>) {
          return {data.by};
        } else if constexpr (std::is_same_v<Data, ConversationOpened>) {
          return data.people;
        } else {
          return {};
        }
      },
      push.data);
}

Recovery Place::recover(const ResumePoint& point, PersonId viewer, Epoch epoch,
                        std::size_t pushes_left) const {
  Recovery recovery;
  recovery.from = point.offset;
  recovery.to = top(point.stream);
  const auto reset = [&](ResetReason reason) {
    recovery.reset = reason;
    return recovery;
  };
  if (point.epoch != to_text(epoch)) return reset(ResetReason::epoch);
  if (point.offset > recovery.to) return reset(ResetReason::future);
  const auto received = streams_of(viewer);
  if (std::find(received.begin(), received.end(), point.stream) == received.end()) {
    return reset(ResetReason::forbidden);
  }
  if (point.offset == recovery.to) return recovery;
  if (recovery.to - point.offset > pushes_left) return reset(ResetReason::gap);
  auto missed = find_log(point.stream)->since(point.offset);
  if (!missed) return reset(ResetReason::gap);
  if (!may_read_slice(point.stream, viewer, point.offset, recovery.to)) {
    return reset(ResetReason::sitting);
  }
  recovery.pushes = std::move(*missed);
  for (Push& push : recovery.pushes) complete(push);
  return recovery;
}

std::vector<MessageView> Place::messages_at(StreamId stream, PersonId viewer,
                                            const std::vector<Offset>& offsets) const {
  std::vector<MessageView> found;
  const StreamLog* kept = find_log(stream);
  if (kept == nullptr) return found;
  const Slices slices = readable(stream, viewer);
  for (const Offset offset : offsets) {
    const MessageView* message = kept->find_message(offset);
    if (message != nullptr && contains(slices, offset)) found.push_back(*message);
  }
  return found;
}

std::vector<MessageView> Place::messages_around(StreamId stream, PersonId viewer,
                                                Offset offset) const {
  const StreamLog* kept = find_log(stream);
  const Slices slices = readable(stream, viewer);
  if (kept == nullptr || !contains(slices, offset) || !kept->find_message(offset)) return {};
  return kept->around(slices, offset, limits::evidence_before, limits::evidence_after);
}

Offset Place::top(StreamId stream) const {
  const StreamLog* found = find_log(stream);
  return found ? found->top() : 0;
}

const StreamLog* Place::find_log(StreamId stream) const {
  const auto entry = logs_.find(stream);
  return entry == logs_.end() ? nullptr : &entry->second;
}

}  // namespace hallway
