// The one thread that computes passphrases' hashes: never a shard's, nicer than they are, and with
// a bounded queue, so that a crowd that signs in at once delays nobody's words and fills no memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "protocol/error.hpp"

namespace hallway {

class PassphrasePool {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  /// `waiting_max`: of jobs; one more is refused `unavailable` with when to come again, on the
  /// caller's thread.
  explicit PassphrasePool(std::size_t waiting_max);
  /// Ends after the job under way. Those that wait are never answered.
  ~PassphrasePool();
  PassphrasePool(const PassphrasePool&) = delete;
  PassphrasePool& operator=(const PassphrasePool&) = delete;

  // Any thread; `done` comes on the pool's.
  void hash(std::string passphrase, Done<std::string> done);
  /// Without a hash, which is where nobody has the login, it takes as long and does not fit.
  void check(std::optional<std::string> hash, std::string passphrase, Done<bool> done);

 private:
  using Job = std::function<void()>;
  bool enqueue(Job job);
  void run();

  const std::size_t waiting_max_;
  std::string nobodys_;  ///< A hash that nothing fits; the thread's alone.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // Last: it uses the rest.
};

}  // namespace hallway
