// The demo: one live event without an end, and a fresh link for each role at every start.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "server/backend.hpp"
#include "server/clock.hpp"

namespace hallway {

/// Role and token of each link, lowest role first. Links of earlier starts stay valid.
using DemoLinks = std::vector<std::pair<Role, std::string>>;

/// Makes the demo event, or opens it again on existing data. `done` runs on `home`'s thread, once.
void open_demo(Backend& backend, ClockSource& clock, boost::asio::io_context& home,
               std::function<void(Result<DemoLinks>)> done);

}  // namespace hallway
