// Slow work of a place: done off the shard, and its outcome decided on like a command.
#include "protocol/codec.hpp"
#include "rooms/conversation_place.hpp"
#include "rooms/event_place.hpp"
#include "rooms/person_place.hpp"
#include "rooms/round_seating.hpp"
#include "server/core/place_host.hpp"

namespace hallway {
namespace {

/// Blocks, and who met at earlier events of the group, are read here and not by the place: nobody
/// is to know them, and storage may take its time.
Result<SeatingOutcome> do_work(const HostPorts& ports, PlaceId place, const SeatingTask& task) {
  const EventId event{place.value};
  const Result<std::vector<PeoplePair>> blocks = ports.registry.blocks(event);
  if (!blocks) return blocks.error();
  if (ports.groups == nullptr || !task.options.avoid_met) return carry_out(task, *blocks);
  const Result<std::vector<MetBefore>> met = ports.groups->met_before(event, task.people);
  if (!met) return met.error();
  return carry_out(task, *blocks, *met);
}

}  // namespace

void PlaceHost::start_work(const Hosted& h, std::shared_ptr<const SeatingTask> task,
                           const PlaceMessage* asker) {
  ++works_;
  PlaceMessage waiting{h.place->id(), {}, 0, {}, AskGlimpse{}};
  const bool answers = asker != nullptr && task->purpose == SeatingTask::Purpose::preview;
  if (answers) {
    waiting.caller = asker->caller;
    waiting.ticket = asker->ticket;
    waiting.person = asker->person;
  }
  ports_.slow([this, waiting = std::move(waiting), task = std::move(task)] {
    Result<SeatingOutcome> outcome = do_work(ports_, waiting.place, *task);
    return [this, waiting, outcome = std::move(outcome)] { work_done(waiting, outcome); };
  });
}

void PlaceHost::work_done(const PlaceMessage& asker, const Result<SeatingOutcome>& outcome) {
  --works_;
  Error error;
  Hosted* h = hosted(asker.place, error);
  if (h == nullptr || !outcome) {
    if (asker.caller.serial == 0) return;
    free_turn_.answer_in_order(
        Answer{asker.caller, asker.ticket, h == nullptr ? error : outcome.error()});
    return;
  }
  perform(*h, h->place->worked(*outcome, context()), &asker);
  reschedule(*h);
}

}  // namespace hallway
