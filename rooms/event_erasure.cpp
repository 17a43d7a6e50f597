// An event forgets a person: their words on each of its streams, and their name. See
// event_place.hpp.
#include <algorithm>

#include "rooms/event_place.hpp"
#include "rooms/refusals.hpp"

namespace hallway {

Decision EventPlace::erase(PersonId person, const Context& context) const {
  EventDraft draft(event_, {}, context.now);
  const Member* member = event_.find(person);
  if (member && member->present) draft.leave(*member);
  if (member && member->view.role != Role::member) draft.fact(RoleGiven{person, Role::member});
  std::vector<StreamId> streams;
  for (const auto& [stream, log] : logs()) {
    if (stream.kind != StreamKind::facts) streams.push_back(stream);
  }
  std::sort(streams.begin(), streams.end());
  for (const StreamId stream : streams) draft.push(stream, PersonErased{person});
  draft.close(person, CloseCode::session_revoked);
  return draft.replied(NothingReply{});
}

}  // namespace hallway
