// What the core tells, for Prometheus and the log.
#pragma once

#include "server/core/observer.hpp"
#include "server/metrics.hpp"

namespace hallway {

class CoreObserver final : public Observer {
 public:
  explicit CoreObserver(Metrics& metrics) : metrics_(metrics) {}

  void command_answered(std::string_view command, std::string_view code) override;
  void frames_delivered(std::size_t frames, std::size_t bytes) override;
  void transient_dropped() override;
  void batch_committed(double seconds) override;
  void batches_waiting(std::int64_t change) override;
  void commit_failed(const Error& error) override;
  void connection_closed(CloseCode code) override;
  void connections(std::int64_t change) override;
  void sessions(std::int64_t change) override;
  void places(std::int64_t change) override;
  void place_failed(std::string_view operation, const Error& error) override;

 private:
  Metrics& metrics_;
};

}  // namespace hallway
