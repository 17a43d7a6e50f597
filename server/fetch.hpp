// Asking other servers over HTTP, which is libcurl's: a small bounded pool of threads, short
// patience, short answers, no redirects, and https alone but to this very machine.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "protocol/error.hpp"

namespace hallway {

struct FetchRequest {
  std::string url;
  bool is_post = false;
  std::string form;           ///< Of a POST, `application/x-www-form-urlencoded`.
  std::string authorization;  ///< The field's value; empty: none.
};
struct Fetched {
  long status = 0;
  std::string body;
};

/// Whether a provider may be asked at all: `https://`, or `http://` of a loopback host.
bool may_fetch(const std::string& url);

class Fetcher {
 public:
  using Done = std::function<void(Result<Fetched>)>;

  Fetcher(std::size_t threads, std::size_t waiting_max);
  /// Breaks off what is under way. Those who wait are never answered.
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// Any thread. `done` comes on one of the pool's, or at once where too many wait; its refusals
  /// are `unavailable`.
  void fetch(FetchRequest request, Done done);

 private:
  void run();

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::pair<FetchRequest, Done>> waiting_;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;  // Last: they use the rest.
};

}  // namespace hallway
