#include "server/core_observer.hpp"

#include "server/log.hpp"

namespace hallway {

void CoreObserver::command_answered(std::string_view command, std::string_view code) {
  metrics_.command_answered(command, code);
}

void CoreObserver::frames_delivered(std::size_t frames, std::size_t bytes) {
  metrics_.frames_delivered.add(frames);
  metrics_.bytes_delivered.add(bytes);
}

void CoreObserver::batch_committed(double seconds) {
  metrics_.journal_commit_s.observe(seconds);
}

void CoreObserver::transient_dropped() {
  metrics_.transients_dropped.add();
}

void CoreObserver::batches_waiting(std::int64_t change) {
  metrics_.journal_queue_batches.add(change);
}

void CoreObserver::sessions(std::int64_t change) {
  metrics_.sessions.add(change);
}

void CoreObserver::places(std::int64_t change) {
  metrics_.places.add(change);
}

void CoreObserver::commit_failed(const Error& error) {
  metrics_.journal_commits_failed.add();
  log::error("journal.commit_failed", {{"code", to_text(error.code)}, {"error", error.message}});
}

void CoreObserver::connection_closed(CloseCode code) {
  metrics_.connection_closed(code);
}

void CoreObserver::connections(std::int64_t change) {
  metrics_.websocket_connections.add(change);
}

void CoreObserver::place_failed(std::string_view operation, const Error& error) {
  log::error("place.failed",
             {{"operation", operation}, {"code", to_text(error.code)}, {"error", error.message}});
}

}  // namespace hallway
