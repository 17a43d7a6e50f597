// What is deleted because its time is over: events past the days they are to be kept, and guests
// who belong to nothing any more.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "server/backend.hpp"

namespace hallway {

inline constexpr std::int64_t retention_every_ms = 3'600'000;

struct Retired {
  std::size_t events = 0;
  std::size_t people = 0;
};

/// One run as of `now`, one thing after another: each event's place is forgotten, then its rows go;
/// then each guest it left behind is erased. `done` is called once, on `home`. What fails is logged
/// and tried again by the next run. `backend` outlives the run.
void enforce_retention(Backend& backend, boost::asio::io_context& home, TimeMs now,
                       std::function<void(Retired)> done);

}  // namespace hallway
